// What a camera sees: whether two see the same, points of the world to places in the picture, and places to rays.
import { mat4, vec4 } from "../../core/matrices";
import type { Camera } from "../../protocol.gen";

/** Whether two cameras show the same, but for rounding on the way. */
export function sameView(a: Camera, b: Camera): boolean {
  if (a.parallel !== b.parallel) return false;
  const length = Math.hypot(...[0, 1, 2].map((at) => (a.position[at] ?? 0) - (a.focal_point[at] ?? 0)));
  const near = (x: readonly number[], y: readonly number[], size: number) =>
    x.every((value, at) => Math.abs(value - (y[at] ?? NaN)) <= 1e-5 * size);
  const scale = a.parallel ? [a.parallel_scale] : [a.view_angle];
  const other = a.parallel ? [b.parallel_scale] : [b.view_angle];
  return (
    near(a.position, b.position, length) &&
    near(a.focal_point, b.focal_point, length) &&
    near(a.view_up, b.view_up, 1) &&
    near(scale, other, scale[0] ?? 1)
  );
}

/** World to picture: x and y from -1 to 1, z the depth, which grows away from the camera. Near and far do not matter here. */
export function projection(
  camera: Camera,
  aspect: number,
): (point: readonly number[]) => [number, number, number] {
  const view = mat4.lookAt(mat4.create(), camera.position, camera.focal_point, camera.view_up);
  const project = mat4.create();
  const { parallel_scale: scale } = camera;
  if (camera.parallel) mat4.ortho(project, -scale * aspect, scale * aspect, -scale, scale, -1, 1);
  else mat4.perspective(project, (camera.view_angle * Math.PI) / 180, aspect, 0.1, 1);
  const both = mat4.multiply(mat4.create(), project, view);
  return (point) => {
    const at = vec4.transformMat4(vec4.create(), [point[0] ?? 0, point[1] ?? 0, point[2] ?? 0, 1], both);
    const w = at[3] || 1e-12;
    return [at[0] / w, at[1] / w, camera.parallel ? at[2] : w];
  };
}

/** From the camera, the ray through a place in the picture (-1 to 1): where it starts and where it goes. */
export function ray(camera: Camera, aspect: number, x: number, y: number) {
  const view = mat4.lookAt(mat4.create(), camera.position, camera.focal_point, camera.view_up);
  const back = mat4.invert(mat4.create(), view) ?? mat4.create();
  const half = camera.parallel ? camera.parallel_scale : Math.tan((camera.view_angle * Math.PI) / 360);
  const aside: [number, number] = [x * half * aspect, y * half];
  const from = camera.parallel ? [aside[0], aside[1], 0, 1] : [0, 0, 0, 1];
  const to = camera.parallel ? [0, 0, -1, 0] : [aside[0], aside[1], -1, 0];
  const origin = vec4.transformMat4(vec4.create(), from as vec4, back);
  const direction = vec4.transformMat4(vec4.create(), to as vec4, back);
  const length = Math.hypot(direction[0], direction[1], direction[2]) || 1;
  return {
    origin: [origin[0], origin[1], origin[2]] as [number, number, number],
    direction: [direction[0] / length, direction[1] / length, direction[2] / length] as [
      number,
      number,
      number,
    ],
  };
}
