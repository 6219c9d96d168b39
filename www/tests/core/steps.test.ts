import { expect, test } from "vitest";
import { formatNumber, formatTyped } from "@/core/format";
import { nearestStep, neighbours } from "@/core/steps";

const WIDE = [0, 1e-8, 4e6, 8e6, 8000000.00000001, 8000000.00000002, 8000000.00000003];
const PULSE = [0, 4.58e-14, 9.16e-14, 1.374e-13, 1.832e-13];

test("a step is its index, whatever is near it", () => {
  expect(nearestStep(WIDE, 8e6, 5)).toBe(5);
  expect(nearestStep(PULSE, 1e-13, null)).toBe(2);
  expect(nearestStep([], 1, null)).toBe(0);
});

test.each([[WIDE], [PULSE]])("no two of the steps %j are written alike", (steps) => {
  for (const format of [formatNumber, formatTyped]) {
    const texts = steps.map((value, at) => format(value, neighbours(steps, at)));
    expect(new Set(texts).size).toBe(steps.length);
    expect(texts.map(Number)).toEqual(steps);
  }
});
