import { expect, test } from "vitest";
import { bytesWithin, expected, HARDWARE, SOFTWARE, workOf } from "@/view/local/cost";
import { blob, ids, LOOK, mesh, part, scene } from "./things";

const PIXELS = 970 * 730;
const surface = (triangles: number, look = LOOK) =>
  scene(1, { parts: [part({ appearance: look, mesh: mesh({ triangles: ids("t", triangles, 3) }) })] });

test("what there is to draw is known before any array is", () => {
  const triangles = mesh({ points: blob("p", 50), triangles: ids("t", 90, 3), lines: ids("l", 7, 2) });
  const of = (changes: Partial<typeof LOOK>) =>
    workOf(scene(1, { parts: [part({ appearance: { ...LOOK, ...changes }, mesh: triangles })] }));
  expect(of({})).toEqual({ triangles: 90, lines: 7, vertices: 0, layers: 1, volume: false });
  expect(of({ edges: true })).toMatchObject({ triangles: 90, lines: 277 });
  expect(of({ style: "wireframe" })).toMatchObject({ triangles: 0, lines: 277 });
  expect(of({ style: "points" })).toMatchObject({ triangles: 0, vertices: 50 });
  expect(of({ opacity: 0.5 }).layers).toBeGreaterThan(1);
});

test("without a graphics card pixels and triangles count; with one hardly", () => {
  const glyphs = workOf(surface(600_000));
  expect(expected(SOFTWARE, glyphs, PIXELS)).toBeGreaterThan(100);
  expect(expected(HARDWARE, glyphs, PIXELS)).toBeLessThan(10);
  const small = workOf(surface(20_000));
  expect(expected(SOFTWARE, small, PIXELS)).toBeLessThan(40);
  expect(expected(SOFTWARE, small, 4 * PIXELS)).toBeGreaterThan(50);
  expect(expected(SOFTWARE, { ...small, volume: true }, PIXELS)).toBeGreaterThan(500);
});

test("more bytes than can be drawn in time are not asked for", () => {
  const bytes = bytesWithin(SOFTWARE, 50, PIXELS);
  expect(bytes).toBeGreaterThan(1e6);
  expect(bytes).toBeLessThan(8e6);
  expect(bytesWithin(HARDWARE, 50, PIXELS)).toBeGreaterThan(400e6);
  expect(bytesWithin(SOFTWARE, 50, 40 * PIXELS)).toBe(0);
});
