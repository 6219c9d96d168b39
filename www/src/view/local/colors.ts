// A colour table as what the graphics card maps scalars with: one row of samples, and a few numbers.
import type { ColorTable } from "../../protocol.gen";
import { PLAIN, type Encoding } from "./scalars";

export interface Mapping {
  /** RGBA, sample after sample. */
  samples: Uint8Array<ArrayBuffer>;
  /** Where an encoded scalar lies on the row is (scalar - low) * scale, but no farther than `least` and `most`. */
  low: number;
  scale: number;
  least: number;
  most: number;
  encoding: Encoding;
  nan: readonly number[];
  below: readonly number[] | null;
  above: readonly number[] | null;
  translucent: boolean;
}

/** How far past a range ParaView goes, in widths of it: colours between a vertex there and one within depend on it. */
const FAR = 1000;

/** The mapping of a table for scalars that were encoded so. */
export function mappingOf(table: ColorTable, encoding: Encoding = PLAIN): Mapping {
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
  const place = (end: number) => ((table.log ? Math.log10(end) : end) - encoding.offset) / encoding.factor;
  const [low, high] = [place(from), place(to)];
  // A range without width: everything up to it is the first colour, everything past it the last.
  const scale = high > low ? 1 / (high - low) : 1e30;
  // ParaView's row has a sample more at each end, for what is below and above.
  const most = FAR * (1 + 2 / count) - 1 / count;
  const least = -FAR * (1 + 2 / count) - 1 / count;
  const { nan_color: nan, below, above } = table;
  return { samples, low, scale, least, most, encoding, nan, below, above, translucent };
}

/** Rounding of the graphics card must not push the ends of a range out of it. */
export const EDGE = 1e-5;
