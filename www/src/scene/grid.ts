// ParaView's axes grid, drawn on the overlay: the three far faces of the box with lines, and numbers along its edges.
// It lies above the geometry, not behind it: lines inside of the picture of the data are left out.
import type { AxesGrid, Camera } from "../protocol.gen";
import { projection } from "./camera";

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
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough) ?? rough;
  const found: Tick[] = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + 1e-9 * span; at++)
    found.push({ value: at * step, text: String(Number((at * step).toPrecision(6))) });
  return found;
}

export function drawGrid(
  context: CanvasRenderingContext2D,
  grid: AxesGrid,
  camera: Camera,
  width: number,
  height: number,
  ratio: number,
): void {
  const project = projection(camera, width / height);
  const place = (point: Vector): [number, number] => {
    const [x, y] = project(point);
    return [((x + 1) / 2) * width, ((1 - y) / 2) * height];
  };
  const low = (axis: number) => grid.bounds[2 * axis] ?? 0;
  const high = (axis: number) => grid.bounds[2 * axis + 1] ?? 0;
  const far = [0, 1, 2].map((axis) => farEnd(camera, low(axis), high(axis), axis));
  const color = grid.color.map((part) => Math.round(part * 255)).join(" ");
  context.strokeStyle = context.fillStyle = `rgb(${color})`;
  context.lineWidth = Math.max(1, Math.round(ratio));
  context.font = `${grid.font_size}px "Liberation Sans", Arial, Helvetica, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const line = (a: Vector, b: Vector, strength: number) => {
    context.globalAlpha = strength;
    context.beginPath();
    context.moveTo(...place(a));
    context.lineTo(...place(b));
    context.stroke();
    context.globalAlpha = 1;
  };
  const center = place([0, 1, 2].map((axis) => (low(axis) + high(axis)) / 2) as Vector);
  for (let axis = 0; axis < 3; axis++) {
    const [one, two] = [(axis + 1) % 3, (axis + 2) % 3];
    const at = (a: number, b: number, c: number): Vector => {
      const point: Vector = [0, 0, 0];
      point[axis] = a;
      point[one] = b;
      point[two] = c;
      return point;
    };
    const ends = (which: number): [number, number] => [low(which), high(which)];
    for (const b of ends(one)) for (const c of ends(two))
      if (b === far[one] || c === far[two]) line(at(low(axis), b, c), at(high(axis), b, c), 1); // prettier-ignore
    const marks = ticks(low(axis), high(axis));
    if (grid.grid)
      for (const { value } of marks) {
        line(at(value, far[one] ?? 0, low(two)), at(value, far[one] ?? 0, high(two)), 0.5);
        line(at(value, low(one), far[two] ?? 0), at(value, high(one), far[two] ?? 0), 0.5);
      }
    // Numbers stand where a far face ends at a near one.
    const near = (which: number) => (far[which] === low(which) ? high(which) : low(which));
    const label = (value: number, text: string, away: number) => {
      const [x, y] = place(at(value, near(one), far[two] ?? 0));
      const length = Math.hypot(x - center[0], y - center[1]) || 1;
      context.fillText(text, x + ((x - center[0]) / length) * away, y + ((y - center[1]) / length) * away);
    };
    for (const { value, text } of marks) label(value, text, grid.font_size * 1.4);
    label((low(axis) + high(axis)) / 2, grid.titles[axis] ?? "", grid.font_size * 3.2);
  }
}

/** The end of an axis whose face looks at the camera from behind the data. */
function farEnd(camera: Camera, low: number, high: number, axis: number): number {
  const toward = camera.parallel
    ? (camera.focal_point[axis] ?? 0) - (camera.position[axis] ?? 0)
    : (low + high) / 2 - (camera.position[axis] ?? 0);
  return toward > 0 ? high : low;
}
