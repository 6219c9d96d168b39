import { expect, test } from "vitest";
import type { Blob as BlobName } from "@/protocol.gen";
import { counted, edgeLines, extentOf, geometryKey, geometryOf, moved } from "@/view/local/geometry";
import { scalarAt } from "@/view/local/scalars";
import type { Numbers } from "@/view/local/arrays/codec";
import { blob, ids, mesh } from "./things";

const SQUARE = Float32Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);
const TWO = Uint32Array.from([0, 1, 2, 0, 2, 3]);
const get = (values: Record<string, Numbers>) => (name: BlobName) => values[name.hash] as Numbers;
const square = mesh({ points: blob("points", 4), triangles: ids("triangles", 2, 3) });

test("scalars of points stay with their points", () => {
  const colored = { ...square, scalars: blob("s", 4, 1), association: "POINTS" } as const;
  const values = { points: SQUARE, triangles: TWO, s: Float32Array.from([1, 2, NaN, 4]) };
  const geometry = geometryOf(colored, get(values), 0);
  expect(geometry.points).toBe(SQUARE);
  expect([...(geometry.triangles ?? [])]).toEqual([3, 0, 1, 2, 3, 0, 2, 3]);
  expect([...(geometry.scalars ?? [])]).toEqual([1, 0, 2, 0, 0, 1, 4, 0]);
  expect(geometry.bounds).toEqual([0, 1, 0, 1, 0, 0]);
});

test("scalars of cells give each cell points of its own", () => {
  const colored = { ...square, scalars: blob("s", 2, 1), association: "CELLS" } as const;
  const values = { points: SQUARE, triangles: TWO, s: Float32Array.from([5, 6]) };
  const geometry = geometryOf(colored, get(values), 0);
  expect(geometry.points.length).toBe(18);
  expect([...geometry.points.slice(9, 18)]).toEqual([0, 0, 0, 1, 1, 0, 0, 1, 0]);
  expect([...(geometry.triangles ?? [])]).toEqual([3, 0, 1, 2, 3, 3, 4, 5]);
  expect([...(geometry.scalars ?? [])].filter((_, at) => at % 2 === 0)).toEqual([5, 5, 5, 6, 6, 6]);
});

test("a vector is taken by its magnitude or by a component", () => {
  const vectors = Float32Array.from([3, 4, 0, 1, 2, 2]);
  expect(scalarAt(vectors, 3, -1, 0)).toBe(5);
  expect(scalarAt(vectors, 3, 1, 1)).toBe(2);
  expect(scalarAt(Float32Array.from([7]), 1, 0, 0)).toBe(7);
  expect(scalarAt(Float32Array.from([-7]), 1, -1, 0)).toBe(-7);
});

test("scalars that need many digits keep them", () => {
  const colored = {
    ...square,
    scalars: blob("s", 4, 1, { type: "float64" }),
    association: "POINTS",
  } as const;
  const values = { points: SQUARE, triangles: TWO, s: Float64Array.from([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3]) };
  const { scalars, encoding } = geometryOf(colored, get(values), 0);
  const { offset } = encoding;
  expect([0, 2, 4, 6].map((at) => (scalars?.[at] ?? 0) + offset)).toEqual([...values.s]);
});

test("colours that are colours already are shares of one", () => {
  const colored = {
    ...square,
    scalars: blob("s", 4, 3, { type: "uint8" }),
    association: "POINTS",
    direct_colors: true,
  } as const;
  const values = {
    points: SQUARE,
    triangles: TWO,
    s: Uint8Array.from([255, 0, 51, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  };
  const { scalars, scalarSize } = geometryOf(colored, get(values), 0);
  expect(scalarSize).toBe(4);
  expect([...(scalars ?? [])].slice(0, 4).map((part) => part.toFixed(2))).toEqual([
    "1.00",
    "0.00",
    "0.20",
    "1.00",
  ]);
});

test("cells with a point that is nowhere are left out, and no bounds come from it", () => {
  const points = Float32Array.from([...SQUARE.slice(0, 9), NaN, 1, 0]);
  const geometry = geometryOf(square, get({ points, triangles: TWO }), 0);
  expect([...(geometry.triangles ?? [])]).toEqual([3, 0, 1, 2]);
  expect(geometry.bounds).toEqual([0, 1, 0, 1, 0, 0]);
  expect([...geometry.points].every(Number.isFinite)).toBe(true);
  expect(extentOf(new Float32Array()).bounds[0]).toBe(Infinity);
});

test("what a colour or an opacity does not change is not made again", () => {
  expect(geometryKey(square, 0, false)).toBe(geometryKey({ ...square, edges: ids("e", 1, 2) }, 1, true));
  expect(geometryKey(square, 0, false)).not.toBe(geometryKey({ ...square, points: blob("q", 4) }, 0, false));
});

test("each triangle has three edges, and no cells are no array", () => {
  expect([...edgeLines(Uint32Array.from([4, 5, 6]))]).toEqual([4, 5, 5, 6, 6, 4]);
  expect(counted(new Uint32Array(), 2)).toBeNull();
});

test("bounds move with a matrix, row by row", () => {
  const matrix = [2, 0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  expect(moved([0, 1, 0, 1, 0, 1], matrix)).toEqual([5, 7, 0, 1, 0, 1]);
});
