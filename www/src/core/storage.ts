// Small things a browser remembers. Where it refuses to (private windows, embedded pages), they last for this page.

const fallback = new Map<string, string>();
const PREFIX = "pvw.";

/** A remembered JSON value, or the one given. */
export function recall<T>(key: string, otherwise: T, fits: (value: unknown) => value is T): T {
  let raw: string | null = fallback.get(key) ?? null;
  try {
    raw = localStorage.getItem(PREFIX + key) ?? raw;
  } catch {
    // No storage here.
  }
  if (raw === null) return otherwise;
  try {
    const value: unknown = JSON.parse(raw);
    return fits(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** Remembers a JSON value. */
export function remember(key: string, value: unknown): void {
  const raw = JSON.stringify(value);
  fallback.set(key, raw);
  try {
    localStorage.setItem(PREFIX + key, raw);
  } catch {
    // It lasts for this page then.
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
export const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

/** A guard for one of some words. */
export function oneOf<T extends string>(...words: T[]): (value: unknown) => value is T {
  return (value): value is T => words.includes(value as T);
}
