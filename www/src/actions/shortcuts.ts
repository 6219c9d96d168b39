// Key presses as names like "Ctrl+Shift+Z", and the action they stand for.
import type { Action } from "./registry";

export interface KeyPress {
  key: string;
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** The name of a key press. Shift counts with letters and named keys; in "?" it is part of the sign. */
export function pressName(press: KeyPress): string {
  const key = press.key === " " ? "Space" : press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const sign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  const parts = [
    press.ctrlKey || press.metaKey ? "Ctrl" : "",
    press.altKey ? "Alt" : "",
    press.shiftKey && !sign ? "Shift" : "",
    key,
  ];
  return parts.filter(Boolean).join("+");
}

const SIGNS: Record<string, string> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Delete: "Del",
};

/** A shortcut as it is written on the page. */
export function shortcutLabel(shortcut: string, mac = /Mac/.test(navigator.platform)): string {
  return shortcut
    .split("+")
    .map((part) => SIGNS[part] ?? (mac && part === "Ctrl" ? "⌘" : part))
    .join(mac ? "" : "+");
}

/** Where a key press lands: text takes letters, a control takes its own keys. */
export type Target = "text" | "control" | "page";

const CONTROL_KEYS = new Set([
  "Space",
  "Enter",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
]);

/** The action for a key press, or null. */
export function actionFor(actions: readonly Action[], press: KeyPress, target: Target): Action | null {
  const name = pressName(press);
  const chord = name.startsWith("Ctrl+") || /^F\d+$/.test(name);
  if (target === "text" && !chord) return null;
  if (target === "control" && CONTROL_KEYS.has(name)) return null;
  return actions.find((action) => action.shortcuts?.includes(name)) ?? null;
}

const PRESSING = new Set([" ", "Enter"]);
const SLIDING = new Set([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

/** Whether a browser would press a button or move a slider though Ctrl, Alt or Meta is held: then it is another key. */
export function isChordOnControl(press: KeyPress, element: EventTarget | null): boolean {
  if (!(press.ctrlKey || press.metaKey || press.altKey) || targetOf(element) !== "control") return false;
  const slider = element instanceof HTMLInputElement && element.type === "range";
  return (slider ? SLIDING : PRESSING).has(press.key);
}

const TEXT_TYPES = new Set(["text", "search", "number", "email", "url", "password", "tel"]);

/** What kind of element has the focus. */
export function targetOf(element: EventTarget | null): Target {
  if (!(element instanceof HTMLElement)) return "page";
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return "text";
  if (element instanceof HTMLInputElement) return TEXT_TYPES.has(element.type) ? "text" : "control";
  return element.closest("button, select, summary, a, [role=tree], [role=listbox], [role=menu]")
    ? "control"
    : "page";
}
