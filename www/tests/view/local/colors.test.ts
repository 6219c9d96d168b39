import { expect, test } from "vitest";
import type { ColorTable } from "@/protocol.gen";
import { EDGE, mappingOf, type Mapping } from "@/view/local/colors";
import { encoded, LOWEST, NONE, PLAIN } from "@/view/local/scalars";

const table = (changes: Partial<ColorTable> = {}): ColorTable => ({
  colors: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9], range: [0, 4], log: false, nan_color: [1, 1, 0], below: null,
  above: null, component: 0, opacity: null, ...changes,
}); // prettier-ignore

/** The colour of one scalar, 0 to 255, by the same steps as shader.ts tells the graphics card. */
function colorOf(mapping: Mapping, scalar: number): [number, number, number] {
  const fixed = (rgb: readonly number[]): [number, number, number] => [
    Math.round((rgb[0] ?? 0) * 255),
    Math.round((rgb[1] ?? 0) * 255),
    Math.round((rgb[2] ?? 0) * 255),
  ];
  const [value, kind] = encoded(scalar, mapping.encoding);
  if (kind === NONE) return fixed(mapping.nan);
  const at = kind === LOWEST ? 0 : Math.min(mapping.most, Math.max(mapping.least, (value - mapping.low) * mapping.scale)); // prettier-ignore
  if (at < -EDGE && mapping.below) return fixed(mapping.below);
  if (at > 1 + EDGE && mapping.above) return fixed(mapping.above);
  const count = mapping.samples.length / 4;
  const index = Math.min(count - 1, Math.max(0, Math.floor(at * count))) * 4;
  const { samples } = mapping;
  return [samples[index] ?? 0, samples[index + 1] ?? 0, samples[index + 2] ?? 0];
}

test("each sample has an equal part of the range, the ends included", () => {
  const mapping = mappingOf(table());
  expect([0, 0.99, 1.01, 2.5, 4].map((scalar) => colorOf(mapping, scalar))).toEqual([
    [255, 0, 0], [255, 0, 0], [0, 255, 0], [0, 0, 255], [9, 9, 9],
  ]); // prettier-ignore
  expect(mapping.translucent).toBe(false);
});

test("past the range there is the last colour, or one of its own", () => {
  expect(colorOf(mappingOf(table()), -5)).toEqual([255, 0, 0]);
  const ends = mappingOf(table({ below: [0, 1, 1], above: [1, 0, 1] }));
  expect(colorOf(ends, -0.1)).toEqual([0, 255, 255]);
  expect(colorOf(ends, 4.1)).toEqual([255, 0, 255]);
  expect(colorOf(ends, 0)).toEqual([255, 0, 0]);
  expect(colorOf(ends, 4)).toEqual([9, 9, 9]);
  expect(colorOf(ends, NaN)).toEqual([255, 255, 0]);
});

test("a logarithmic range counts powers", () => {
  const mapping = mappingOf(table({ log: true, range: [1, 10_000], below: [0, 1, 1] }), {
    ...PLAIN,
    log: true,
  });
  expect(colorOf(mapping, 5)).toEqual([255, 0, 0]);
  expect(colorOf(mapping, 50)).toEqual([0, 255, 0]);
  expect(colorOf(mapping, -1)).toEqual([255, 0, 0]);
});

test("an offset that was taken from the scalars is taken from the range", () => {
  const mapping = mappingOf(table({ range: [1000, 1004] }), { log: false, offset: 1002, factor: 1 });
  expect(colorOf(mapping, 1000.5)).toEqual([255, 0, 0]);
  expect(colorOf(mapping, 1003.5)).toEqual([9, 9, 9]);
});

test("a table with opacity is translucent, and a range without width breaks nothing", () => {
  expect(mappingOf(table({ opacity: [0, 0.5, 1, 1] })).translucent).toBe(true);
  const narrow = mappingOf(table({ range: [2, 2] }));
  expect(colorOf(narrow, 1)).toEqual([255, 0, 0]);
  expect(colorOf(narrow, 3)).toEqual([9, 9, 9]);
});

test("infinities are past the range, whatever it is", () => {
  const ends = mappingOf(table({ below: [0, 1, 1], above: [1, 0, 1] }));
  expect(colorOf(ends, Infinity)).toEqual([255, 0, 255]);
  expect(colorOf(ends, -Infinity)).toEqual([0, 255, 255]);
  expect(colorOf(mappingOf(table()), Infinity)).toEqual([9, 9, 9]);
  expect(colorOf(mappingOf(table()), -Infinity)).toEqual([255, 0, 0]);
});
