// Camera maths: a camera and a movement of the hand in, a new camera out. Knows no canvas and no server.
// Movements are in fractions of the view's height, y upward, so that they mean the same at every size.
import { mat4, vec3 } from "../../core/matrices";
import type { Camera } from "../../protocol.gen";

export type Point = [number, number, number];

const asPoint = (v: vec3): Point => [v[0], v[1], v[2]];

/** Distance from the camera to its focal point. */
export function distance(camera: Camera): number {
  return vec3.distance(camera.position, camera.focal_point);
}

interface Axes {
  forward: vec3;
  right: vec3;
  up: vec3;
}

/** The camera's own directions, `up` at a right angle to `forward` whatever view_up is. */
export function axes(camera: Camera): Axes {
  const forward = vec3.subtract(vec3.create(), camera.focal_point, camera.position);
  if (vec3.length(forward) === 0) vec3.set(forward, 0, 0, -1);
  vec3.normalize(forward, forward);
  const right = vec3.cross(vec3.create(), forward, camera.view_up);
  if (vec3.length(right) < 1e-12)
    vec3.cross(right, forward, Math.abs(forward[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]);
  vec3.normalize(right, right);
  return { forward, right, up: vec3.cross(vec3.create(), right, forward) };
}

/** World units that one height of the view spans at the focal point. */
export function worldHeight(camera: Camera): number {
  if (camera.parallel) return 2 * camera.parallel_scale;
  return 2 * distance(camera) * Math.tan((camera.view_angle * Math.PI) / 360);
}

/** Turns the camera around a point, like a trackball: across the whole view is one full turn. */
export function rotate(camera: Camera, center: Readonly<Point>, dx: number, dy: number): Camera {
  const { right, up } = axes(camera);
  const turn = mat4.create();
  mat4.rotate(turn, turn, -dx * 2 * Math.PI, up);
  mat4.rotate(turn, turn, dy * 2 * Math.PI, right);
  return turned(camera, center, turn);
}

function turned(camera: Camera, center: Readonly<Point>, turn: mat4): Camera {
  const around = (point: Readonly<Point>): Point => {
    const v = vec3.subtract(vec3.create(), point, center);
    vec3.transformMat4(v, v, turn);
    return asPoint(vec3.add(v, v, center));
  };
  const next = { ...camera, position: around(camera.position), focal_point: around(camera.focal_point) };
  const up = vec3.transformMat4(vec3.create(), axes(camera).up, turn);
  return { ...next, view_up: asPoint(axes({ ...next, view_up: asPoint(up) }).up) };
}

/** Moves camera and focal point so that the picture follows the hand. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  const { right, up } = axes(camera);
  const size = worldHeight(camera);
  const shift = vec3.create();
  vec3.scaleAndAdd(shift, shift, right, -dx * size);
  vec3.scaleAndAdd(shift, shift, up, -dy * size);
  return shifted(camera, shift);
}

function shifted(camera: Camera, shift: vec3): Camera {
  return {
    ...camera,
    position: asPoint(vec3.add(vec3.create(), camera.position, shift)),
    focal_point: asPoint(vec3.add(vec3.create(), camera.focal_point, shift)),
  };
}

/** Brings things nearer by `factor`. What lies at (x, y) from the middle, in the focal plane, stays under the hand. */
export function zoom(camera: Camera, factor: number, x = 0, y = 0): Camera {
  const { right, up, forward } = axes(camera);
  const stays = worldHeight(camera) * (1 - 1 / factor);
  const shift = vec3.create();
  vec3.scaleAndAdd(shift, shift, right, x * stays);
  vec3.scaleAndAdd(shift, shift, up, y * stays);
  const moved = shifted(camera, shift);
  if (camera.parallel) return { ...moved, parallel_scale: camera.parallel_scale / factor };
  const back = vec3.scaleAndAdd(vec3.create(), moved.focal_point, forward, -distance(camera) / factor);
  return { ...moved, position: asPoint(back) };
}
