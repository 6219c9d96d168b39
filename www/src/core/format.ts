// Numbers, sizes and dates as people read them. Pure functions.

/** At most seven digits, without the noise of float32 values (0.10000000149 is 0.1). */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return trimExponent(value.toExponential(5));
  return String(Number(value.toPrecision(7)));
}

/** Four digits, for places with little room. */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return trimExponent(value.toExponential(2));
  return String(Number(value.toPrecision(4)));
}

function trimExponent(text: string): string {
  return text.replace(/\.?0+e/, "e").replace("e+", "e");
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
    return date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  }
  const year = date.getFullYear() === today.getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString(undefined, { day: "numeric", month: "short", year });
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
