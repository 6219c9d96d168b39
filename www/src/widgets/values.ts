// Property values from the wire as the widgets need them. A value of another shape becomes a harmless one.
import type { Decoration, Property } from "../protocol.gen";
import { isRecord } from "../core/errors";
import { formatTyped, formatWithin, parseNumber } from "../core/format";

export const asNumber = (value: unknown): number =>
  typeof value === "number" ? value : Number(value ?? 0) || 0;

export const asNumbers = (value: unknown): number[] => (Array.isArray(value) ? value.map(asNumber) : []);

export const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : String(value);

export const asBoolean = (value: unknown): boolean => value === true || value === 1;

/** Of widget `arrays`: names, each on or off. */
export function asSwitches(value: unknown): [string, boolean][] {
  if (!Array.isArray(value)) return [];
  return value.filter(Array.isArray).map((pair) => [asText(pair[0]), asBoolean(pair[1])]);
}

/** Of widget `array`: association and name. */
export function asArrayRef(value: unknown): [string, string] | null {
  return Array.isArray(value) && value.length >= 2 && value[1] ? [asText(value[0]), asText(value[1])] : null;
}

/** Of widget `input`: an output port. */
export function asPort(value: unknown): { node: string; port: number } | null {
  return isRecord(value) && value.node ? { node: asText(value.node), port: asNumber(value.port) } : null;
}

/** What a typed number comes to: the value, or a sentence that says what is wrong with it. */
export function readNumber(
  text: string,
  rule: { integer?: boolean; low?: number | null; high?: number | null },
): { value: number } | { problem: string } {
  const value = parseNumber(text);
  if (value === null) return { problem: "Type a number, such as 0.5 or 1e-3." };
  if (rule.integer && !Number.isInteger(value)) return { problem: "Type a whole number." };
  if (rule.low !== null && rule.low !== undefined && value < rule.low) {
    return { problem: `The smallest value is ${formatTyped(rule.low)}.` };
  }
  if (rule.high !== null && rule.high !== undefined && value > rule.high) {
    return { problem: `The largest value is ${formatTyped(rule.high)}.` };
  }
  return { value };
}

/** Numbers typed with blanks, commas, semicolons or lines between them, or a sentence. */
export function readNumbers(text: string): { values: number[] } | { problem: string } {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const values = parts.map(parseNumber);
  const bad = parts[values.indexOf(null)];
  if (bad !== undefined) return { problem: `“${bad}” is not a number.` };
  return { values: values.filter((value) => value !== null) };
}

/** Without digits that do not matter for steps of that size. */
export function rounded(value: number, step: number): number {
  return Number(formatWithin(value, Math.abs(step) / 1e6));
}

/** Evenly spaced numbers from low to high. */
export function spread(low: number, high: number, count: number): number[] {
  if (count <= 1) return count === 1 ? [(low + high) / 2] : [];
  const step = (high - low) / (count - 1);
  return Array.from({ length: count }, (_, index) => rounded(low + step * index, step));
}

/** Whether decorations let a property be seen, and be changed. */
export function decorated(
  decorations: readonly Decoration[],
  valueOf: (name: string) => unknown,
): { visible: boolean; enabled: boolean } {
  const state = { visible: true, enabled: true };
  for (const decoration of decorations) {
    const met = [decoration, ...decoration.alternatives].some((test) => holds(test, valueOf));
    if (!met) state[decoration.mode === "visibility" ? "visible" : "enabled"] = false;
  }
  return state;
}

function holds(test: Decoration, valueOf: (name: string) => unknown): boolean {
  const value = valueOf(test.property);
  return test.values.some((wanted) => COMPARE[test.compare](value, wanted)) !== test.inverse;
}

const COMPARE: Record<Decoration["compare"], (value: unknown, wanted: unknown) => boolean> = {
  equals: (value, wanted) => equals(wanted, value),
  greater: (value, wanted) => Number(value) > Number(wanted),
  less: (value, wanted) => Number(value) < Number(wanted),
  contains: (value, wanted) => String(value).includes(String(wanted)),
};

function equals(a: unknown, b: unknown): boolean {
  if (typeof a === "boolean" || typeof b === "boolean") return asBoolean(a) === asBoolean(b);
  return String(a) === String(b);
}

/** Text of a value, for the clipboard and for tips. */
export function valueText(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether a property differs from ParaView's default. */
export function changed(property: Property, value: unknown): boolean {
  return property.default !== null && JSON.stringify(property.default) !== JSON.stringify(value);
}
