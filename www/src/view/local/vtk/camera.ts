// The page's camera, and bounds, as vtk.js takes them.
import type { Camera } from "../../../protocol.gen";
import type { Bounds } from "../geometry";

/** What vtk.js's camera is set to. */
export function settings(camera: Camera) {
  return {
    position: [...camera.position],
    focalPoint: [...camera.focal_point],
    viewUp: [...camera.view_up],
    viewAngle: camera.view_angle,
    parallelScale: camera.parallel_scale,
    parallelProjection: camera.parallel,
  };
}

/** Bounds that vtk.js can make a clipping range of. */
export function clippable(bounds: Bounds): Bounds {
  return bounds[0] <= bounds[1] ? bounds : [-1, 1, -1, 1, -1, 1];
}
