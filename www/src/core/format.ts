// Numbers, sizes and dates as people read them. Pure functions.
//
// One rule for every number that a person sees: two that differ are never written alike where they stand together (ends
// of a range, steps of time), and no number is rounded past its neighbour. Integers are written in full. What is left
// may be short.

/** Beside others, a number may be off by this much of the way to the nearest of them. */
const SHARE = 0.005;
const MOST_DIGITS = 17;
const WHOLE_BELOW = 2 ** 53;

/** Seven digits, and more where `among` has a number that they do not tell it from. */
export function formatNumber(value: number, among: readonly number[] = []): string {
  return write(value, 7, room(value, among));
}

/** Four digits, for places with little room; more where `among` has a number that they do not tell it from. */
export function formatShort(value: number, among: readonly number[] = []): string {
  return Number.isFinite(value) ? write(value, 4, room(value, among)) : "–";
}

/** Every digit there is, for a number that may be changed; without the noise of how it is kept (a float32 of 0.1 is
 * 0.10000000149, a double of 0.1 + 0.2 is 0.30000000000000004). */
export function formatTyped(value: number, among: readonly number[] = []): string {
  const error = room(value, among);
  if (
    Number.isFinite(value) &&
    String(value).replace(/e.*|\D/g, "").length > 10 &&
    Math.fround(value) === value
  ) {
    for (let digits = 1; digits < 10; digits++) {
      const near = Number(value.toPrecision(digits));
      if (Math.fround(near) === value && Math.abs(near - value) <= error) return plain(near, digits);
    }
  }
  return write(value, 15, error);
}

/** A measured number that is good to a size, such as a place to that of a pixel: no digits beyond it. */
export function formatWithin(value: number, size: number): string {
  if (!Number.isFinite(value) || !(size > 0)) return formatNumber(value);
  const decimals = Math.max(0, Math.ceil(-Math.log10(size)));
  if (decimals <= 100 && Math.abs(value) < 1e15) {
    const rounded = Number(value.toFixed(decimals));
    return plain(rounded, MOST_DIGITS);
  }
  return formatNumber(value);
}

/** How far a text may be off and still tell a number from its nearest neighbour. */
function room(value: number, among: readonly number[]): number {
  let gap = Infinity;
  for (const other of among) if (other !== value) gap = Math.min(gap, Math.abs(other - value));
  return Number.isNaN(gap) ? Infinity : SHARE * gap;
}

/** A number in at least so many digits, within an error. */
function write(value: number, digits: number, error: number): string {
  if (!Number.isFinite(value)) return String(value);
  let enough = digits;
  while (enough < MOST_DIGITS && Math.abs(Number(value.toPrecision(enough)) - value) > error) enough += 1;
  return plain(value, enough);
}

function plain(value: number, digits: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < WHOLE_BELOW) return String(value);
  const rounded = Number(value.toPrecision(digits));
  // A point may stand within the digits that are sure, or up to three zeros before them.
  if (size >= 10 ** Math.max(5, digits) || size < 1e-4) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}

/** A number somebody typed, or null where it is none. A decimal comma is taken for a point. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace(/^(-?\d*),(\d+)$/, "$1.$2");
  if (plain === "" || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** Bytes with a unit: 1.4 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ""}`;
}

/** 79k, 1.4M: with two or three digits. */
export function formatThousands(count: number): string {
  if (count < 1000) return String(count);
  const [size, unit] = count < 999_500 ? [count / 1000, "k"] : [count / 1e6, "M"];
  return `${size < 9.95 ? size.toFixed(1).replace(".0", "") : Math.round(size)}${unit}`;
}

/** 12,345,678 */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** Today as a time, this year without the year. */
export function formatDate(seconds: number, now = Date.now()): string {
  const date = new Date(seconds * 1000);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) {
    return writer("time", { hour: "2-digit", minute: "2-digit" }).format(date);
  }
  const day = { day: "numeric", month: "short" } as const;
  if (date.getFullYear() === today.getFullYear()) return writer("day", day).format(date);
  return writer("year", { ...day, year: "numeric" }).format(date);
}

const writers = new Map<string, Intl.DateTimeFormat>();

/** Made once: that takes a hundred times as long as writing a date, and a folder has a date for each file. */
function writer(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const found = writers.get(name) ?? new Intl.DateTimeFormat(undefined, options);
  writers.set(name, found);
  return found;
}

/** Seconds to go, for a countdown. */
export function secondsUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 1000));
}

/** `#rrggbb` of red, green, blue in 0 to 1. */
export function toHex(rgb: readonly number[]): string {
  const part = (value: number | undefined) =>
    Math.round(Math.min(1, Math.max(0, value ?? 0)) * 255)
      .toString(16)
      .padStart(2, "0");
  return `#${part(rgb[0])}${part(rgb[1])}${part(rgb[2])}`;
}

/** Red, green, blue in 0 to 1 of `#rrggbb`; null where it is none. */
export function fromHex(hex: string): [number, number, number] | null {
  const match = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex.trim());
  if (!match) return null;
  const part = (index: number) => parseInt(match[index] ?? "0", 16) / 255;
  return [part(1), part(2), part(3)];
}

/** A CSS gradient of a colour map. */
export function gradient(colors: readonly string[]): string {
  if (colors.length === 0) return "none";
  if (colors.length === 1) return `linear-gradient(${colors[0]}, ${colors[0]})`;
  return `linear-gradient(to right, ${colors.join(", ")})`;
}
