import { describe, expect, test } from "vitest";
import type { Camera } from "@/protocol.gen";
import { axes, distance, pan, rotate, worldHeight, zoom } from "@/view/camera/maths";

const camera: Camera = {
  position: [0, 0, 10],
  focal_point: [0, 0, 0],
  view_up: [0, 1, 0],
  view_angle: 30,
  parallel_scale: 5,
  parallel: false,
};
const near = (actual: readonly number[], expected: readonly number[]) =>
  expected.forEach((value, index) => expect(actual[index]).toBeCloseTo(value, 6));

/** Where a world point lands in the view, in heights from the middle. */
function project(view: Camera, point: readonly number[]): [number, number] {
  const { right, up, forward } = axes(view);
  const offset = point.map((value, index) => value - (view.position[index] ?? 0));
  const along = (axis: ArrayLike<number>) =>
    offset.reduce((sum, value, index) => sum + value * (axis[index] ?? 0), 0);
  const size = view.parallel
    ? 2 * view.parallel_scale
    : 2 * along(forward) * Math.tan((view.view_angle * Math.PI) / 360);
  return [along(right) / size, along(up) / size];
}

describe("turning", () => {
  test("across the view is one full turn", () => {
    const turned = rotate(camera, [0, 0, 0], 1, 0);
    near(turned.position, camera.position);
    near(turned.view_up, camera.view_up);
  });

  test("a hand to the right brings the left side to the front", () => {
    near(rotate(camera, [0, 0, 0], 0.25, 0).position, [-10, 0, 0]);
  });

  test("a hand upward looks from below", () => {
    const turned = rotate(camera, [0, 0, 0], 0, 0.25);
    near(turned.position, [0, -10, 0]);
    near(turned.view_up, [0, 0, 1]);
  });

  test("keeps the distance to its centre, wherever that is", () => {
    const center: [number, number, number] = [1, 2, 3];
    let turned = camera;
    for (let step = 0; step < 200; step++) turned = rotate(turned, center, 0.013, -0.007);
    const away = (point: readonly number[]) =>
      Math.hypot(...point.map((value, index) => value - (center[index] ?? 0)));
    expect(away(turned.position)).toBeCloseTo(away(camera.position), 3);
    expect(distance(turned)).toBeCloseTo(10, 3);
    expect(Math.hypot(...turned.view_up)).toBeCloseTo(1, 4);
  });

  test("works where view_up lies along the line of sight", () => {
    const odd = rotate({ ...camera, view_up: [0, 0, 1] }, [0, 0, 0], 0.1, 0.1);
    expect(odd.position.every(Number.isFinite)).toBe(true);
  });
});

describe.each([false, true])("moving and zooming, parallel %s", (parallel) => {
  const view = { ...camera, parallel };

  test("the focal point follows the hand", () => {
    const [x, y] = project(pan(view, 0.2, -0.1), [0, 0, 0]);
    expect(x).toBeCloseTo(0.2, 6);
    expect(y).toBeCloseTo(-0.1, 6);
  });

  test("what is under the pointer stays there", () => {
    const at = { x: 0.3, y: -0.2 };
    const size = worldHeight(view);
    const point = [at.x * size, at.y * size, 0];
    const zoomed = zoom(view, 1.7, at.x, at.y);
    near(project(zoomed, point), [at.x, at.y]);
    expect(worldHeight(zoomed)).toBeCloseTo(size / 1.7, 6);
  });

  test("zooming in and out again comes back", () => {
    const back = zoom(zoom(view, 2, 0.1, 0.1), 0.5, 0.1, 0.1);
    near(back.position, view.position);
    near(back.focal_point, view.focal_point);
    expect(back.parallel_scale).toBeCloseTo(view.parallel_scale, 6);
  });
});

test("a camera in projected coordinates is turned and moved without jumps", () => {
  const there = {
    ...camera,
    position: [448262.325, 6200475.38, 1],
    focal_point: [448262.325, 6200475.38, 0],
  } as Camera;
  const back = rotate(
    rotate(there, there.focal_point as [number, number, number], 0.25, 0),
    there.focal_point as [number, number, number],
    -0.25,
    0,
  );
  back.position.forEach((part, axis) => expect(part).toBeCloseTo(there.position[axis] ?? 0, 6));
  const moved = pan(there, 0.001, 0);
  expect(distance(moved)).toBeCloseTo(1, 6);
  expect(moved.position[0]).not.toBe(there.position[0]);
});
