// Where the orientation axes lie and how they are looked at. Knows no vtk.js: the letters are drawn with the annotations.
import type { Camera } from "../../protocol.gen";
import { axes } from "../camera/maths";
import { projection } from "../camera/projection";

export const AXES = [
  { axis: 0, letter: "X", color: [1, 0, 0] },
  { axis: 1, letter: "Y", color: [1, 1, 0] },
  { axis: 2, letter: "Z", color: [0, 1, 0] },
] as const;

/** From where a box of two units fills a view of 30 degrees. */
const DISTANCE = Math.sqrt(3) / Math.sin(Math.PI / 12);
/** Letters, in parts of the corner's side; and where they stand along an axis. */
export const LETTER_SIZE = 0.088;
const LETTER_AT = 0.82;
const LETTER_ASIDE = 0.02;

/** Side of the square in the corner, in pixels. */
export function cornerOf(height: number): number {
  return Math.round(height / 4);
}

/** The camera of the axes: it looks the way the view's camera does. */
export function axesCamera(camera: Camera): Camera {
  const { forward, up } = axes(camera);
  const position: [number, number, number] = [
    -forward[0] * DISTANCE,
    -forward[1] * DISTANCE,
    -forward[2] * DISTANCE,
  ];
  const view_up: [number, number, number] = [up[0], up[1], up[2]];
  return { position, focal_point: [0, 0, 0], view_up, view_angle: 30, parallel_scale: 1, parallel: false };
}

/** Lower left ends of the letters, in pixels from the corner's upper left; the nearest comes last. */
export function letters(camera: Camera, side: number) {
  const project = projection(axesCamera(camera), 1);
  return AXES.map(({ axis, letter }) => {
    const point = [0, 0, 0];
    point[axis] = LETTER_AT;
    const [x, y, depth] = project(point);
    return { letter, depth, x: ((x + 1) / 2 + LETTER_ASIDE) * side, y: ((1 - y) / 2) * side };
  }).sort((a, b) => b.depth - a.depth);
}
