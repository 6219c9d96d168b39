import { expect, test } from "vitest";
import { NO_BOUNDS } from "@/view/local/geometry";
import { clippable, settings } from "@/view/local/vtk/camera";
import { camera } from "../../../fakes";

test("a camera goes over under the names of vtk.js, as a copy", () => {
  const own = camera();
  const given = settings(own);
  expect(given).toEqual({
    position: [0, 0, 10], focalPoint: [0, 0, 0], viewUp: [0, 1, 0], viewAngle: 30, parallelScale: 1,
    parallelProjection: false,
  }); // prettier-ignore
  expect(given.position).not.toBe(own.position);
});

test("where nothing is there is still something to clip at", () => {
  expect(clippable(NO_BOUNDS)).toEqual([-1, 1, -1, 1, -1, 1]);
  expect(clippable([0, 1, 0, 2, 0, 3])).toEqual([0, 1, 0, 2, 0, 3]);
});
