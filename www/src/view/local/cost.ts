// What a picture drawn by this page would cost, before it is tried. Pure: sizes in, milliseconds out. It knows no scene
// in the local view and no clock; what was measured is told to renderMode.ts.
import type { Scene, ScenePart } from "../../protocol.gen";

/** What there is to draw, counted from the description of a scene alone: no array has to be there. */
export interface Work {
  triangles: number;
  lines: number;
  vertices: number;
  /** Pictures' worth of pixels that are mixed: 1 for what is opaque. */
  layers: number;
  /** Whether a volume is sampled for every pixel. */
  volume: boolean;
}

/** Milliseconds: of a picture as such, and of each thing in it. */
export interface Cost {
  picture: number;
  triangle: number;
  line: number;
  vertex: number;
  pixel: number;
  volumePixel: number;
}

/** SwiftShader on two cores: 80,000 triangles over a view of 970 × 730 take 45 ms, 600,000 take 170 ms. */
export const SOFTWARE: Cost = {
  picture: 6, triangle: 2.5e-4, line: 4e-4, vertex: 1e-4, pixel: 2.5e-5, volumePixel: 1.5e-3,
}; // prettier-ignore
/** A graphics card of a laptop. */
export const HARDWARE: Cost = {
  picture: 1, triangle: 4e-6, line: 8e-6, vertex: 4e-6, pixel: 2e-6, volumePixel: 1e-5,
}; // prettier-ignore

/** Opaque and translucent parts are mixed in passes of their own. */
const MIXED_LAYERS = 3;
/** Bytes of a triangle with all that belongs to it, where its points are hardly shared. */
const TRIANGLE_BYTES = 48;

export function workOf(scene: Scene): Work {
  const total: Work = { triangles: 0, lines: 0, vertices: 0, layers: 1, volume: false };
  for (const part of scene.parts) {
    if (part.volume) total.volume = true;
    if (part.mesh) add(total, part);
    if (part.appearance.opacity < 1 || part.colors?.opacity) total.layers = MIXED_LAYERS;
  }
  return total;
}

function add(total: Work, { mesh, appearance }: ScenePart): void {
  const triangles = mesh?.triangles?.items ?? 0;
  if (appearance.style === "surface") total.triangles += triangles;
  else if (appearance.style === "wireframe") total.lines += 3 * triangles;
  else total.vertices += mesh?.points.items ?? 0;
  if (appearance.edges) total.lines += mesh?.edges?.items ?? 3 * triangles;
  total.lines += mesh?.lines?.items ?? 0;
  total.vertices += mesh?.vertices?.items ?? 0;
}

/** How long one picture takes, everything being on the graphics card. */
export function expected(cost: Cost, work: Work, pixels: number): number {
  return (
    cost.picture +
    work.triangles * cost.triangle +
    work.lines * cost.line +
    work.vertices * cost.vertex +
    pixels * (work.layers * cost.pixel + (work.volume ? cost.volumePixel : 0))
  );
}

/** Bytes of geometry that can be drawn within so many milliseconds. More is not worth describing. */
export function bytesWithin(cost: Cost, ms: number, pixels: number): number {
  const left = ms - cost.picture - pixels * cost.pixel;
  return Math.round((Math.max(0, left) / cost.triangle) * TRIANGLE_BYTES);
}
