// Scalars as the graphics card gets them: two numbers a vertex, where the scalar lies and what it is. Pure. Logarithms,
// and what float32 has no digits or no room for, are done here, once: the colour map and its range stay a few numbers.
import type { Mesh } from "../../protocol.gen";
import type { Numbers } from "./arrays/codec";

/** How a scalar became the number that was sent: ((log10 of) scalar - offset) / factor. */
export interface Encoding {
  log: boolean;
  offset: number;
  factor: number;
}

export const PLAIN: Encoding = { log: false, offset: 0, factor: 1 };

/** What a scalar is besides a number: none at all (NaN), or one without a logarithm, which ParaView puts at the low end. */
export const NONE = 1;
export const LOWEST = -1;
/** Infinities are numbers past every range: between two vertices the card would make NaN of them. */
const FARTHEST = 3e38;
/** Of numbers that lie past these, float32 has none or too few. */
const LARGE = 1e37;
const TINY = 1e-30;

/** A scalar as it is sent, and what it is. */
export function encoded(scalar: number, { log, offset, factor }: Encoding): [number, number] {
  if (Number.isNaN(scalar)) return [0, NONE];
  if (log && scalar <= 0) return [0, LOWEST];
  const value = ((log ? Math.log10(scalar) : scalar) - offset) / factor;
  return [Math.min(FARTHEST, Math.max(-FARTHEST, value)), 0];
}

export interface Scalars extends Encoding {
  /** For each item `encoded`, or a direct colour of four, 0 to 1. */
  values: Float32Array<ArrayBuffer>;
  size: number;
}

export function scalarsOf(mesh: Mesh, source: Numbers, component: number, log: boolean): Scalars {
  const components = mesh.scalars?.components ?? 1;
  const count = source.length / components;
  if (mesh.direct_colors) return { values: directColors(source, components), size: 4, ...PLAIN };
  const scalar = (item: number) => scalarAt(source, components, component, item);
  const encoding = encodingOf(source, count, scalar, log);
  const values = new Float32Array(count * 2);
  for (let item = 0; item < count; item++) {
    const [value, kind] = encoded(scalar(item), encoding);
    values[2 * item] = value;
    values[2 * item + 1] = kind;
  }
  return { values, size: 2, ...encoding };
}

/** One scalar of an item: a component, or the magnitude (-1). */
export function scalarAt(
  source: ArrayLike<number>,
  components: number,
  component: number,
  item: number,
): number {
  const first = item * components;
  if (component >= 0 || components === 1) return source[first + Math.max(0, component)] ?? NaN;
  let sum = 0;
  for (let at = first; at < first + components; at++) sum += (source[at] ?? NaN) ** 2;
  return Math.sqrt(sum);
}

/** Only doubles can hold what float32 does not. Infinities and NaN say nothing of the others. */
function encodingOf(
  source: Numbers,
  count: number,
  scalar: (item: number) => number,
  log: boolean,
): Encoding {
  if (!(source instanceof Float64Array)) return { ...PLAIN, log };
  let low = Infinity;
  let high = -Infinity;
  for (let item = 0; item < count; item++) {
    const value = log ? Math.log10(scalar(item)) : scalar(item);
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { ...PLAIN, log };
  // Halves: the sum and the difference of two doubles may be none.
  const half = high / 2 - low / 2;
  const factor = half > LARGE || (half > 0 && half < TINY) ? half : 1;
  return { log, offset: low / 2 + high / 2, factor };
}

/** The same numbers, infinities among them at the ends of the others: a texture is scaled by its least and greatest. */
export function within(source: Numbers): Numbers {
  if (!(source instanceof Float32Array || source instanceof Float64Array)) return source;
  let low = Infinity;
  let high = -Infinity;
  let infinite = false;
  for (const value of source) {
    if (value === Infinity || value === -Infinity) infinite = true;
    else if (value < low) low = value;
    if (value > high && value !== Infinity) high = value;
  }
  return infinite && low <= high ? source.map((value) => Math.min(high, Math.max(low, value))) : source;
}

function directColors(source: Numbers, components: number): Float32Array<ArrayBuffer> {
  const count = source.length / components;
  const values = new Float32Array(count * 4);
  for (let item = 0; item < count; item++) {
    // One component is grey, two are grey and opacity.
    const color = (channel: number) => (source[item * components + channel] ?? 255) / 255;
    const grey = components < 3;
    for (let channel = 0; channel < 3; channel++) values[4 * item + channel] = color(grey ? 0 : channel);
    values[4 * item + 3] = components % 2 === 0 ? color(components - 1) : 1;
  }
  return values;
}
