// A mesh of the wire as vertices and cells for vtk.js. Pure. Where scalars belong to cells each cell gets vertices of
// its own: WebGL knows values of vertices only.
import type { Blob as BlobName, Mesh } from "../protocol.gen";
import type { Numbers } from "./codec";

export type Bounds = [number, number, number, number, number, number];
export const NO_BOUNDS: Bounds = [Infinity, -Infinity, Infinity, -Infinity, Infinity, -Infinity];

export interface Geometry {
  points: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  normals: Float32Array<ArrayBuffer> | null;
  texcoords: Float32Array<ArrayBuffer> | null;
  /** Cells as vtk.js has them: a count, then so many ids. */
  triangles: Uint32Array<ArrayBuffer> | null;
  lines: Uint32Array<ArrayBuffer> | null;
  vertices: Uint32Array<ArrayBuffer> | null;
  /** For each vertex: a scalar and whether it is none (NaN), or a direct colour of four, 0 to 1. */
  scalars: Float32Array<ArrayBuffer> | null;
  scalarSize: number;
  /** Was taken from scalars that need more digits than float32 has. */
  offset: number;
  bounds: Bounds;
}

type Get = (blob: BlobName) => Numbers;

/** What a geometry is made from; it has to be made again when this differs. */
export function geometryKey(mesh: Mesh, component: number): string {
  const { points, normals, triangles, lines, vertices, scalars, texcoords } = mesh;
  const hashes = [points, normals, triangles, lines, vertices, scalars, texcoords].map((blob) => blob?.hash);
  return [...hashes, mesh.association, mesh.direct_colors, scalars ? component : ""].join();
}

export function geometryOf(mesh: Mesh, get: Get, component: number): Geometry {
  let points = get(mesh.points) as Geometry["points"];
  const { bounds, broken } = extentOf(points);
  let normals = mesh.normals ? (get(mesh.normals) as Float32Array<ArrayBuffer>) : null;
  let texcoords = mesh.texcoords ? (get(mesh.texcoords) as Float32Array<ArrayBuffer>) : null;
  const colors = mesh.scalars ? scalarsOf(mesh, get(mesh.scalars), component) : null;
  let scalars = colors?.values ?? null;
  const size = colors?.size ?? 0;
  const cells = {
    triangles: mesh.triangles ? (get(mesh.triangles) as Uint32Array<ArrayBuffer>) : null,
    lines: mesh.lines ? (get(mesh.lines) as Uint32Array<ArrayBuffer>) : null,
    vertices: mesh.vertices ? (get(mesh.vertices) as Uint32Array<ArrayBuffer>) : null,
  };
  if (scalars && mesh.association === "CELLS") {
    const [kind, corners] = cells.triangles ? KINDS[0] : cells.lines ? KINDS[1] : KINDS[2];
    const ids = cells[kind] ?? new Uint32Array();
    points = gathered(points, ids, 3);
    normals = normals && gathered(normals, ids, 3);
    texcoords = texcoords && gathered(texcoords, ids, 2);
    scalars = repeated(scalars, size, corners, ids.length / corners);
    cells[kind] = Uint32Array.from(ids.keys());
  }
  const good = broken ? (id: number) => Number.isFinite(sumAt(points, id)) : null;
  const whole = broken ? points.map((value) => (Number.isFinite(value) ? value : 0)) : points;
  return {
    points: whole as Geometry["points"],
    normals,
    texcoords,
    triangles: counted(cells.triangles, 3, good),
    lines: counted(cells.lines, 2, good),
    vertices: counted(cells.vertices, 1, good),
    scalars,
    scalarSize: size,
    offset: colors?.offset ?? 0,
    bounds,
  };
}

const KINDS = [
  ["triangles", 3],
  ["lines", 2],
  ["vertices", 1],
] as const;

/** Lines around every triangle, where no outlines of the real cells were given. */
export function edgeLines(triangles: Uint32Array): Uint32Array<ArrayBuffer> {
  const lines = new Uint32Array((triangles.length / 3) * 6);
  for (let from = 0, to = 0; from < triangles.length; from += 3) {
    for (let corner = 0; corner < 3; corner++) {
      lines[to++] = triangles[from + corner] ?? 0;
      lines[to++] = triangles[from + ((corner + 1) % 3)] ?? 0;
    }
  }
  return lines;
}

/** Where points lie, and whether some are nowhere. */
export function extentOf(points: ArrayLike<number>): { bounds: Bounds; broken: boolean } {
  const bounds: Bounds = [...NO_BOUNDS];
  let broken = false;
  for (let at = 0; at < points.length; at += 3) {
    if (!Number.isFinite(sumAt(points, at / 3))) {
      broken = true;
      continue;
    }
    for (let axis = 0; axis < 3; axis++) {
      const value = points[at + axis] ?? 0;
      if (value < (bounds[2 * axis] ?? 0)) bounds[2 * axis] = value;
      if (value > (bounds[2 * axis + 1] ?? 0)) bounds[2 * axis + 1] = value;
    }
  }
  return { bounds, broken };
}

const sumAt = (points: ArrayLike<number>, id: number) =>
  (points[3 * id] ?? 0) + (points[3 * id + 1] ?? 0) + (points[3 * id + 2] ?? 0);

interface Scalars {
  values: Float32Array<ArrayBuffer>;
  size: number;
  offset: number;
}

function scalarsOf(mesh: Mesh, source: Numbers, component: number): Scalars {
  const components = mesh.scalars?.components ?? 1;
  const count = source.length / components;
  if (mesh.direct_colors) return { values: directColors(source, components), size: 4, offset: 0 };
  const offset = source instanceof Float64Array && components === 1 ? middleOf(source) : 0;
  const values = new Float32Array(count * 2);
  for (let item = 0; item < count; item++) {
    const value = scalarAt(source, components, component, item) - offset;
    values[2 * item] = Number.isNaN(value) ? 0 : value;
    values[2 * item + 1] = Number.isNaN(value) ? 1 : 0;
  }
  return { values, size: 2, offset };
}

/** One scalar of an item: a component, or the magnitude (-1). */
export function scalarAt(
  source: ArrayLike<number>,
  components: number,
  component: number,
  item: number,
): number {
  const first = item * components;
  if (component >= 0 || components === 1) return source[first + Math.max(0, component)] ?? NaN;
  let sum = 0;
  for (let at = first; at < first + components; at++) sum += (source[at] ?? NaN) ** 2;
  return Math.sqrt(sum);
}

function middleOf(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return Number.isFinite(low + high) ? (low + high) / 2 : 0;
}

function directColors(source: Numbers, components: number): Float32Array<ArrayBuffer> {
  const count = source.length / components;
  const values = new Float32Array(count * 4);
  for (let item = 0; item < count; item++) {
    // One component is grey, two are grey and opacity.
    const color = (channel: number) => (source[item * components + channel] ?? 255) / 255;
    const grey = components < 3;
    for (let channel = 0; channel < 3; channel++) values[4 * item + channel] = color(grey ? 0 : channel);
    values[4 * item + 3] = components % 2 === 0 ? color(components - 1) : 1;
  }
  return values;
}

function gathered<T extends Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  source: T,
  ids: Uint32Array,
  size: number,
): T {
  const result = new (source.constructor as new (length: number) => T)(ids.length * size);
  for (let to = 0; to < ids.length; to++) {
    const from = (ids[to] ?? 0) * size;
    for (let at = 0; at < size; at++) result[to * size + at] = source[from + at] ?? 0;
  }
  return result;
}

function repeated(source: Float32Array, size: number, times: number, count: number) {
  const result = new Float32Array(count * times * size);
  for (let item = 0, to = 0; item < count; item++)
    for (let time = 0; time < times; time++)
      for (let at = 0; at < size; at++) result[to++] = source[item * size + at] ?? 0;
  return result;
}

/** Ids with the number of them before each cell; cells with a point that is nowhere are left out. */
export function counted(
  ids: Uint32Array | null,
  size: number,
  good: ((id: number) => boolean) | null = null,
): Uint32Array<ArrayBuffer> | null {
  if (!ids || ids.length === 0) return null;
  const result = new Uint32Array((ids.length / size) * (size + 1));
  let to = 0;
  for (let from = 0; from < ids.length; from += size) {
    if (good && !ids.subarray(from, from + size).every(good)) continue;
    result[to++] = size;
    for (let at = 0; at < size; at++) result[to++] = ids[from + at] ?? 0;
  }
  return to === result.length ? result : result.slice(0, to);
}

/** Bounds after a matrix, row by row. */
export function moved(bounds: Bounds, matrix: readonly number[] | null): Bounds {
  if (!matrix || bounds[0] > bounds[1]) return bounds;
  const result: Bounds = [...NO_BOUNDS];
  for (let corner = 0; corner < 8; corner++) {
    const point = [0, 1, 2].map((axis) => bounds[2 * axis + ((corner >> axis) & 1)] ?? 0);
    for (let axis = 0; axis < 3; axis++) {
      const row = matrix.slice(4 * axis, 4 * axis + 4);
      const value = point.reduce((sum, part, at) => sum + part * (row[at] ?? 0), row[3] ?? 0);
      result[2 * axis] = Math.min(result[2 * axis] ?? 0, value);
      result[2 * axis + 1] = Math.max(result[2 * axis + 1] ?? 0, value);
    }
  }
  return result;
}

export function union(a: Bounds, b: Bounds): Bounds {
  const least = (at: number) => Math.min(a[at] ?? 0, b[at] ?? 0);
  const most = (at: number) => Math.max(a[at] ?? 0, b[at] ?? 0);
  return [least(0), most(1), least(2), most(3), least(4), most(5)];
}
