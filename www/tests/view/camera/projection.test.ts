import { expect, test } from "vitest";
import type { Camera } from "@/protocol.gen";
import { projection, ray, sameView } from "@/view/camera/projection";

const camera: Camera = {
  position: [0, 0, 10], focal_point: [0, 0, 0], view_up: [0, 1, 0], view_angle: 30, parallel_scale: 2, parallel: false,
}; // prettier-ignore

test("a camera's ray goes through the point that it shows there", () => {
  for (const parallel of [false, true]) {
    const from = { ...camera, parallel, position: [3, 4, 5], view_up: [0, 0, 1] } as Camera;
    const [x, y] = projection(from, 1.5)([0.5, -0.3, 0.2]);
    const { origin, direction } = ray(from, 1.5, x, y);
    const to = [0.5, -0.3, 0.2].map((value, axis) => value - (origin[axis] ?? 0));
    const along = to.reduce((sum, value, axis) => sum + value * (direction[axis] ?? 0), 0);
    direction.forEach((value, axis) => expect(value * along).toBeCloseTo(to[axis] ?? 0, 5));
  }
});

test("cameras are the same but for rounding", () => {
  const near = { ...camera, position: [0, 1e-7, 10] } as Camera;
  expect(sameView(camera, near)).toBe(true);
  expect(sameView(camera, { ...camera, position: [0, 0.01, 10] })).toBe(false);
  expect(sameView(camera, { ...camera, parallel: true })).toBe(false);
  expect(sameView({ ...camera, parallel: true }, { ...camera, parallel: true, parallel_scale: 3 })).toBe(
    false,
  );
});

test("the focal point is in the middle, and up is up", () => {
  for (const parallel of [false, true]) {
    const project = projection({ ...camera, parallel }, 2);
    expect(project([0, 0, 0]).slice(0, 2)).toEqual([0, 0]);
    expect(project([0, 1, 0])[1]).toBeGreaterThan(0);
    expect(project([0, 0, 1])[2]).toBeLessThan(project([0, 0, -1])[2]);
  }
  // The picture is two of these high and four wide.
  const [x, y] = projection({ ...camera, parallel: true }, 2)([4, 2, 0]);
  expect([x, y].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 1]);
});
