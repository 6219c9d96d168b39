// Where the keyboard is: when what has the focus is taken away (a dialog, a menu, a row), the focus goes back to where
// it was, and never to nowhere. Knows the document alone.
import { useEventListener, useMutationObserver } from "@vueuse/core";

const MOST = 32;
/** Widgets that are one stop for Tab: what is left of one is nearer than what was before it. */
const GROUPS = "[role=tree], [role=grid], [role=toolbar], [role=tablist], [role=radiogroup]";

interface Place {
  element: HTMLElement;
  group: HTMLElement | null;
}

let finger = false;

/** Whether a finger did what was done last. */
export const byFinger = () => finger;

/** The newest last. */
let past: Place[] = [];

function isThere(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    element.checkVisibility() &&
    !element.matches(":disabled") &&
    !element.closest("[inert]")
  );
}

/** The element to go back to after what had the focus is gone, or null. */
function findPlace(): HTMLElement | null {
  for (const { element, group } of [...past].reverse()) {
    if (isThere(element)) return element;
    const stop = group && isThere(group) ? group.querySelector<HTMLElement>('[tabindex="0"]') : null;
    if (stop && isThere(stop)) return stop;
  }
  return null;
}

/** Puts the focus back where it was, if it is nowhere now, or on something that cannot be seen. */
export function returnFocus(): void {
  const now = document.activeElement;
  if (now instanceof HTMLElement && now !== document.body && isThere(now)) return;
  findPlace()?.focus({ preventScroll: true });
}

/** Gives something the focus as soon as it can take it: what Vuetify has no place for yet is hidden, and takes none. */
export function focusSoon(find: () => HTMLElement | null | undefined, tries = 10): void {
  const element = find();
  element?.focus({ preventScroll: true });
  if ((!element || document.activeElement !== element) && tries > 0)
    requestAnimationFrame(() => focusSoon(find, tries - 1));
}

/** Watches over the focus of the page while the calling component is there. */
export function useFocusKeeper(): void {
  let held: HTMLElement | null = null;
  useEventListener(document, "pointerdown", (event) => (finger = event.pointerType === "touch"), {
    capture: true,
    passive: true,
  });
  useEventListener(document, "keydown", () => (finger = false), { capture: true, passive: true });
  useEventListener(document, "focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    held = target;
    past = past.filter(({ element }) => element !== target && element.isConnected).slice(1 - MOST);
    past.push({ element: target, group: target.closest<HTMLElement>(GROUPS) });
  });
  // A person who clicks beside everything has let go; what is taken away has not.
  useEventListener(document, "focusout", ({ target, relatedTarget }) => {
    if (!relatedTarget && target instanceof HTMLElement)
      queueMicrotask(() => {
        if (target.isConnected && document.activeElement === document.body) held = null;
      });
  });
  useMutationObserver(
    () => document.body,
    () => {
      if (!held || held.isConnected) return;
      held = null;
      returnFocus();
    },
    { childList: true, subtree: true },
  );
}
