import { expect, test } from "vitest";
import type { Numbers } from "@/view/local/arrays/codec";
import { encoded, LOWEST, NONE, PLAIN, scalarsOf, within } from "@/view/local/scalars";
import { blob, mesh } from "./things";

const of = (source: Numbers, log = false) =>
  scalarsOf(mesh({ scalars: blob("s", source.length, 1), association: "POINTS" }), source, 0, log);

test("infinities stay numbers past every range, on their own side", () => {
  for (const source of [
    Float32Array.of(1, Infinity, -Infinity, NaN),
    Float64Array.of(1, Infinity, -Infinity, NaN),
  ]) {
    const { values } = of(source);
    expect([...values].every(Number.isFinite)).toBe(true);
    expect(values[2]).toBeGreaterThan(1e38);
    expect(values[4]).toBeLessThan(-1e38);
    expect([values[1], values[3], values[5], values[7]]).toEqual([0, 0, 0, NONE]);
  }
});

test("one infinity takes no digits from the others", () => {
  const { values, offset } = of(Float64Array.of(1e6, 1e6 + 0.001, Infinity, NaN));
  expect((values[2] ?? 0) - (values[0] ?? 0)).toBeCloseTo(0.001, 8);
  expect(offset).toBeCloseTo(1e6);
});

test("what float32 has no room for is made smaller", () => {
  const { values, factor } = of(Float64Array.of(-1e300, 1e300));
  expect([values[0], values[2]]).toEqual([-1, 1]);
  expect(factor).toBe(1e300);
  expect([...of(Float64Array.of(1e308, -1.7e308)).values].every(Number.isFinite)).toBe(true);
});

test("logarithms are taken of the scalar itself; what has none is at the low end", () => {
  const { values, offset } = of(Float64Array.of(1e200, 1e202, 0, -3), true);
  expect((values[0] ?? 0) + offset).toBeCloseTo(200);
  expect((values[2] ?? 0) + offset).toBeCloseTo(202);
  expect([values[5], values[7]]).toEqual([LOWEST, LOWEST]);
  expect(encoded(100, { ...PLAIN, log: true })).toEqual([2, 0]);
});

test("in a volume infinities are the ends of what is finite", () => {
  expect([...within(Float32Array.of(1, Infinity, 3, -Infinity, NaN))]).toEqual([1, 3, 3, 1, NaN]);
  const finite = Float32Array.of(5, 1);
  expect(within(finite)).toBe(finite);
});
