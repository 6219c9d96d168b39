// A mesh of the wire as vertices and cells for vtk.js. Pure. Where scalars belong to cells each cell gets vertices of
// its own: WebGL knows values of vertices only.
import type { Blob as BlobName, Mesh } from "../../protocol.gen";
import type { Numbers } from "./arrays/codec";
import { PLAIN, scalarsOf, type Encoding } from "./scalars";

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
  /** For each vertex; see scalars.ts. */
  scalars: Float32Array<ArrayBuffer> | null;
  scalarSize: number;
  encoding: Encoding;
  bounds: Bounds;
}

type Get = (blob: BlobName) => Numbers;

/** What a geometry is made from; it has to be made again when this differs. */
export function geometryKey(mesh: Mesh, component: number, log: boolean): string {
  const { points, normals, triangles, lines, vertices, scalars, texcoords } = mesh;
  const hashes = [points, normals, triangles, lines, vertices, scalars, texcoords].map((blob) => blob?.hash);
  return [...hashes, mesh.association, mesh.direct_colors, scalars ? `${component} ${log}` : ""].join();
}

export function geometryOf(mesh: Mesh, get: Get, component: number, log = false): Geometry {
  let points = get(mesh.points) as Geometry["points"];
  const { bounds, broken } = extentOf(points);
  let normals = mesh.normals ? (get(mesh.normals) as Float32Array<ArrayBuffer>) : null;
  let texcoords = mesh.texcoords ? (get(mesh.texcoords) as Float32Array<ArrayBuffer>) : null;
  const colors = mesh.scalars ? scalarsOf(mesh, get(mesh.scalars), component, log) : null;
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
    encoding: colors ?? PLAIN,
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
