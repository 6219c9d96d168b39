import { expect, test } from "vitest";
import type { Camera, ScenePart } from "@/protocol.gen";
import { projection, ray } from "@/view/camera/projection";
import { pick } from "@/view/local/hover";
import type { Numbers } from "@/view/local/arrays/codec";
import { blob, ids, mesh, part, scene } from "./things";

const camera: Camera = {
  position: [0, 0, 10], focal_point: [0, 0, 0], view_up: [0, 1, 0], view_angle: 30, parallel_scale: 2, parallel: false,
}; // prettier-ignore

const NUMBERS: Record<string, Numbers> = {
  points: Float32Array.from([-1, -1, 0, 1, -1, 0, 0, 1, 0]),
  triangles: Uint32Array.from([0, 1, 2]),
  values: Float32Array.from([10, 20, 30]),
  cell: Float32Array.from([7]),
  line: Uint32Array.from([0, 1]),
};
const loaded = (...parts: ScenePart[]) => ({
  scene: scene(1, { parts }),
  numbers: ({ hash }: { hash: string }) => NUMBERS[hash] as Numbers,
});
const through = (x: number, y: number, from = camera) => ({ ...ray(from, 1, x, y), near: 0, spread: 0.01 });

test("a triangle gives the value between its points, and the nearest of them", () => {
  const colored = part({ mesh: mesh({ scalars: blob("values", 3, 1), association: "POINTS" }) });
  const hit = pick(loaded(colored), through(0, 0));
  expect(hit?.value).toBeCloseTo(22.5);
  expect(hit?.pointId).toBe(2);
  expect(hit?.point[2]).toBeCloseTo(0);
  expect(pick(loaded(colored), through(0.9, 0.9))).toBeNull();
});

test("a cell gives its own value", () => {
  const colored = part({ mesh: mesh({ scalars: blob("cell", 1, 1), association: "CELLS" }) });
  expect(pick(loaded(colored), through(0, 0))).toMatchObject({ value: 7, cellId: 0, kind: "triangle" });
});

test("the nearest part counts, wherever its matrix puts it", () => {
  const nearer = part({ id: "b", matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 0, 0, 0, 1] });
  const hit = pick(loaded(part(), nearer), through(0, 0));
  expect(hit?.part.id).toBe("b");
  expect(hit?.point[2]).toBeCloseTo(3);
});

test("a place in projected coordinates is as good as the data, not as a float32", () => {
  const [east, north] = [448262.325, 6200475.380468];
  const points = Float64Array.from([
    east - 0.2,
    north - 0.2,
    0,
    east + 0.2,
    north - 0.2,
    0,
    east,
    north + 0.2,
    0,
  ]);
  const there = {
    scene: scene(1, { parts: [part()] }),
    numbers: ({ hash }: { hash: string }) => (hash === "points" ? points : NUMBERS[hash]) as Numbers,
  };
  for (const parallel of [false, true]) {
    const above = {
      ...camera,
      parallel,
      parallel_scale: 0.3,
      position: [east, north, 1],
      focal_point: [east, north, 0],
    } as Camera;
    const [x, y] = projection(above, 1.5)([east + 0.03, north - 0.1, 0]);
    const hit = pick(there, { ...ray(above, 1.5, x, y), near: 0, spread: 0.01 });
    expect(hit?.point[0]).toBeCloseTo(east + 0.03, 6);
    expect(hit?.point[1]).toBeCloseTo(north - 0.1, 6);
  }
});

test("a line is met by what passes near it", () => {
  const outline = part({ mesh: mesh({ triangles: null, lines: ids("line", 1, 2) }) });
  const [x, y] = projection(camera, 1)([0.5, -1, 0]);
  expect(pick(loaded(outline), through(x, y + 0.01))).toMatchObject({ kind: "line", pointId: 1 });
  expect(pick(loaded(outline), through(x, y + 0.2))).toBeNull();
});
