// ParaView's axes grid. Its lines are drawn among the geometry, so that the data hides them; its numbers with the annotations.
// What lies in front of the data is left out: only the faces behind it have lines.
import type { AxesGrid, Camera } from "../../protocol.gen";
import { formatShort } from "../../core/format";
import { projection } from "../camera/projection";

type Vector = [number, number, number];
interface Tick {
  value: number;
  text: string;
}

/** Round numbers within a range, about so many. */
export function ticks(low: number, high: number, about = 6): Tick[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough * 0.999) ?? rough;
  const found: Tick[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9 * span; at++)
    found.push({ value: at * step, text: formatShort(at * step, [(at + 1) * step]) });
  return found;
}

/** For each axis whether its high end lies behind the data. */
export function farSides({ bounds }: AxesGrid, camera: Camera): boolean[] {
  return [0, 1, 2].map((axis) => {
    const from = camera.position[axis] ?? 0;
    const middle = ((bounds[2 * axis] ?? 0) + (bounds[2 * axis + 1] ?? 0)) / 2;
    return (camera.parallel ? (camera.focal_point[axis] ?? 0) : middle) > from;
  });
}

/** Of one axis: its ends, a point by its values along this axis and the two others, and those two's far and near ends. */
function along({ bounds }: AxesGrid, far: readonly boolean[], axis: number) {
  const [one, two] = [(axis + 1) % 3, (axis + 2) % 3];
  const end = (which: number, high: boolean) => bounds[2 * which + (high ? 1 : 0)] ?? 0;
  const at = (a: number, b: number, c: number): Vector => {
    const point: Vector = [0, 0, 0];
    point[axis] = a;
    point[one] = b;
    point[two] = c;
    return point;
  };
  const sides = (which: number) => ({ far: end(which, !!far[which]), near: end(which, !far[which]) });
  return { low: end(axis, false), high: end(axis, true), at, one: sides(one), two: sides(two) };
}

/** Ends of the lines, one pair after the other. */
export function gridLines(grid: AxesGrid, far: readonly boolean[]): Float64Array<ArrayBuffer> {
  const points: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const { low, high, at, one, two } = along(grid, far, axis);
    for (const [b, c] of [[one.far, two.far], [one.far, two.near], [one.near, two.far]] as const)
      points.push(...at(low, b, c), ...at(high, b, c)); // prettier-ignore
    if (!grid.grid) continue;
    for (const { value } of ticks(low, high)) {
      points.push(...at(value, one.far, two.far), ...at(value, one.far, two.near));
      points.push(...at(value, one.far, two.far), ...at(value, one.near, two.far));
    }
  }
  return Float64Array.from(points);
}

/** Numbers and titles along the edges where a face behind the data ends. */
export function drawNumbers(
  context: CanvasRenderingContext2D,
  grid: AxesGrid,
  camera: Camera,
  width: number,
  height: number,
): void {
  const project = projection(camera, width / height);
  const place = (point: Vector): [number, number] => {
    const [x, y] = project(point);
    return [((x + 1) / 2) * width, ((1 - y) / 2) * height];
  };
  const far = farSides(grid, camera);
  const middle = [0, 2, 4].map((at) => ((grid.bounds[at] ?? 0) + (grid.bounds[at + 1] ?? 0)) / 2);
  const center = place(middle as Vector);
  context.fillStyle = `rgb(${grid.color.map((part) => Math.round(part * 255)).join(" ")} / 75%)`;
  context.font = `${grid.font_size}px "Liberation Sans", Arial, Helvetica, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let axis = 0; axis < 3; axis++) {
    const { low, high, at, one, two } = along(grid, far, axis);
    for (const [b, c] of [[one.far, two.near], [one.near, two.far]] as const) {
      const aside = outward(place(at(low, b, c)), place(at(high, b, c)), center);
      const write = (value: number, text: string, away: number) => {
        const [x, y] = place(at(value, b, c));
        context.fillText(text, x + aside[0] * away, y + aside[1] * away);
      };
      for (const { value, text } of ticks(low, high)) write(value, text, grid.font_size * 1.3);
      write((low + high) / 2, grid.titles[axis] ?? "", grid.font_size * 3.4);
    } // prettier-ignore
  }
}

/** At a right angle to an edge, away from the middle of the box. */
function outward(a: [number, number], b: [number, number], center: [number, number]): [number, number] {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const aside: [number, number] = [(a[1] - b[1]) / length, (b[0] - a[0]) / length];
  const from = [(a[0] + b[0]) / 2 - center[0], (a[1] + b[1]) / 2 - center[1]];
  return aside[0] * (from[0] ?? 0) + aside[1] * (from[1] ?? 0) < 0 ? [-aside[0], -aside[1]] : aside;
}
