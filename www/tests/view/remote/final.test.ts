import { expect, test } from "vitest";
import type { Camera, Frame, View } from "@/protocol.gen";
import { isFinal, type Wanted } from "@/view/remote/final";

const camera = (x = 0): Camera => ({
  position: [x, 0, 5], focal_point: [0, 0, 0], view_up: [0, 1, 0], view_angle: 30, parallel_scale: 1, parallel: false,
}); // prettier-ignore
const frame = (changes: Partial<Frame> = {}) =>
  ({
    view: "7",
    still: true,
    width: 972,
    height: 728,
    full: [972, 728],
    camera: camera(),
    ...changes,
  }) as Frame;
const wanted = (changes: Partial<Wanted> = {}): Wanted => ({
  view: { view: "7", width: 972, height: 728 } as View,
  camera: camera(),
  sized: true,
  ...changes,
});

test("a full image of the view, its size and its camera is the picture", () => {
  expect(isFinal(frame(), wanted())).toBe(true);
  // A narrow connection gets fewer pixels of the same picture.
  expect(isFinal(frame({ width: 486, height: 364 }), wanted())).toBe(true);
});

test.each<[string, Partial<Frame>]>([
  ["an image of a motion", { still: false }],
  ["one of a view that another took the place of", { view: "6" }],
  ["one of the size before", { full: [1280, 800] }],
  ["one of the camera before", { camera: camera(1) }],
])("%s is shown until the right one comes", (_, changes) => {
  expect(isFinal(frame(changes), wanted())).toBe(false);
});

test("while the server does not know the size of this page, no image is the last word", () => {
  expect(isFinal(frame(), wanted({ sized: false }))).toBe(false);
  expect(isFinal(frame(), wanted({ view: null }))).toBe(false);
});
