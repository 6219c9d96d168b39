// A colour table as what the graphics card maps scalars with: one row of samples, and a few numbers.
import type { ColorTable } from "../protocol.gen";

export interface Mapping {
  /** RGBA, sample after sample. */
  samples: Uint8Array<ArrayBuffer>;
  /** Where a scalar lies on the row is (f(scalar) - low) * scale; f is log10 where `log`. */
  low: number;
  scale: number;
  log: boolean;
  nan: readonly number[];
  below: readonly number[] | null;
  above: readonly number[] | null;
  translucent: boolean;
}

/** The mapping of a table. `offset` was taken from the scalars before they became float32. */
export function mappingOf(table: ColorTable, offset = 0): Mapping {
  const count = Math.max(1, Math.floor(table.colors.length / 3));
  const samples = new Uint8Array(count * 4);
  let translucent = false;
  for (let at = 0; at < count; at++) {
    const opacity = table.opacity?.[at] ?? 1;
    translucent ||= opacity < 1;
    for (let channel = 0; channel < 3; channel++)
      samples[at * 4 + channel] = table.colors[at * 3 + channel] ?? 0;
    samples[at * 4 + 3] = Math.round(opacity * 255);
  }
  const [from, to] = table.range;
  const low = table.log ? Math.log10(from) : from - offset;
  const high = table.log ? Math.log10(to) : to - offset;
  // A range without width: everything up to it is the first colour, everything past it the last.
  const scale = high > low ? 1 / (high - low) : 1e30;
  const { log, nan_color: nan, below, above } = table;
  return { samples, low, scale, log, nan, below, above, translucent };
}

/** The colour of one scalar, 0 to 255, as the graphics card gives it. */
export function colorOf(mapping: Mapping, scalar: number): [number, number, number] {
  const fixed = (rgb: readonly number[]): [number, number, number] => [
    Math.round((rgb[0] ?? 0) * 255),
    Math.round((rgb[1] ?? 0) * 255),
    Math.round((rgb[2] ?? 0) * 255),
  ];
  if (Number.isNaN(scalar)) return fixed(mapping.nan);
  const value = mapping.log ? (scalar > 0 ? Math.log10(scalar) : -Infinity) : scalar;
  const at = (value - mapping.low) * mapping.scale;
  if (at < -EDGE && mapping.below) return fixed(mapping.below);
  if (at > 1 + EDGE && mapping.above) return fixed(mapping.above);
  const count = mapping.samples.length / 4;
  const index = Math.min(count - 1, Math.max(0, Math.floor(at * count))) * 4;
  const { samples } = mapping;
  return [samples[index] ?? 0, samples[index + 1] ?? 0, samples[index + 2] ?? 0];
}

/** Rounding of the graphics card must not push the ends of a range out of it. */
export const EDGE = 1e-5;
