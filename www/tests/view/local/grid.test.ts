import { expect, test } from "vitest";
import type { AxesGrid } from "@/protocol.gen";
import { farSides, gridLines, ticks } from "@/view/local/grid";
import { camera } from "../../fakes";

const grid: AxesGrid = {
  bounds: [0, 1, 0, 2, 0, 4], titles: ["X", "Y", "Z"], color: [1, 1, 1], font_size: 12, grid: false,
}; // prettier-ignore

test("ticks of a small range far from zero differ", () => {
  expect(ticks(448262.125, 448262.525).map(({ text }) => text)).toEqual([
    "448262.2",
    "448262.3",
    "448262.4",
    "448262.5",
  ]);
  expect(ticks(2e7, 2e7 + 10).map(({ text }) => text)[1]).toBe("20000002");
});

test("ticks are round numbers within the range", () => {
  expect(ticks(-10, 10).map(({ text }) => text)).toEqual(["-10", "-5", "0", "5", "10"]);
  expect(ticks(0.13, 0.42).map(({ text }) => text)).toEqual(["0.15", "0.2", "0.25", "0.3", "0.35", "0.4"]);
  expect(ticks(1, 1)).toEqual([]);
});

test("lines are drawn behind the data, from wherever one looks", () => {
  const from = (x: number, y: number, z: number) => ({
    ...camera(),
    position: [x, y, z] as [number, number, number],
  });
  expect(farSides(grid, from(9, 9, 9))).toEqual([false, false, false]);
  expect(farSides(grid, from(-9, 9, -9))).toEqual([true, false, true]);
});

test("without inner lines there are three edges along each axis, all on the box", () => {
  const points = gridLines(grid, [false, false, false]);
  expect(points).toHaveLength(3 * 3 * 2 * 3);
  points.forEach((value, at) => {
    const axis = at % 3;
    expect([grid.bounds[2 * axis], grid.bounds[2 * axis + 1]]).toContain(value);
  });
  expect(gridLines({ ...grid, grid: true }, [false, false, false]).length).toBeGreaterThan(points.length);
});
