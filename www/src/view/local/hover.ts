// What lies under the pointer: a ray against every triangle, line and vertex of the scene. No index is kept: a search
// through 400,000 points takes a few milliseconds, and building an index would take longer than most hands stay.
import { mat4, vec3, vec4 } from "../../core/matrices";
import type { Mesh, ScenePart } from "../../protocol.gen";
import { scalarAt } from "./scalars";
import type { LoadedScene } from "./loader";

export type Vector = [number, number, number];

export interface Ray {
  origin: Vector;
  direction: Vector;
  /** How far aside of a line or vertex still counts: this much at any distance, and this much more for each unit of it. */
  near: number;
  spread: number;
}

export interface Hit {
  part: ScenePart;
  /** In the world. */
  point: Vector;
  /** The nearest point of what was hit, and the triangle, line or vertex. */
  pointId: number;
  cellId: number;
  kind: "triangle" | "line" | "vertex";
  /** The shown array here; null where there is none. */
  value: number | null;
  distance: number;
}

/** Where a ray meets one cell: how far along, and the share that each of its points has. */
interface Met {
  cell: number;
  at: number;
  weights: readonly number[];
}

const CORNERS = { triangle: 3, line: 2, vertex: 1 } as const;

/** The nearest thing that a ray meets. */
export function pick({ scene, numbers }: LoadedScene, ray: Ray): Hit | null {
  let best: Hit | null = null;
  for (const part of scene.parts) {
    const { mesh } = part;
    if (!mesh) continue;
    const local = inside(ray, part.matrix);
    const points = numbers(mesh.points);
    for (const kind of ["triangle", "line", "vertex"] as const) {
      const blob = { triangle: mesh.triangles, line: mesh.lines, vertex: mesh.vertices }[kind];
      if (!blob) continue;
      const ids = numbers(blob);
      const most = best?.distance ?? Infinity;
      const met =
        kind === "triangle" ? meetTriangles(points, ids, local, most) : meetThin(points, ids, CORNERS[kind], local, most); // prettier-ignore
      if (met) best = hitOf(part, mesh, kind, ids, met, ray, numbers);
    }
  }
  return best;
}

/** The ray in the coordinates of a part. A distance along it stays what it is. */
function inside(ray: Ray, matrix: readonly number[] | null): Ray {
  if (!matrix) return ray;
  const columns = matrix.map((_, at) => matrix[(at % 4) * 4 + Math.floor(at / 4)] ?? 0);
  const back = mat4.invert(mat4.create(), columns as unknown as mat4);
  if (!back) return ray;
  const turn = (v: Vector, w: number): Vector => {
    const turned = vec4.transformMat4(vec4.create(), [...v, w], back);
    return [turned[0], turned[1], turned[2]];
  };
  return { ...ray, origin: turn(ray.origin, 1), direction: turn(ray.direction, 0) };
}

type List = ArrayLike<number>;

function meetTriangles(points: List, ids: List, { origin, direction }: Ray, most: number): Met | null {
  const [ox, oy, oz] = origin;
  const [dx, dy, dz] = direction;
  let met: Met | null = null;
  let nearest = most;
  for (let from = 0; from < ids.length; from += 3) {
    const a = 3 * (ids[from] as number);
    const b = 3 * (ids[from + 1] as number);
    const c = 3 * (ids[from + 2] as number);
    const ax = points[a] as number;
    const ay = points[a + 1] as number;
    const az = points[a + 2] as number;
    const ux = (points[b] as number) - ax;
    const uy = (points[b + 1] as number) - ay;
    const uz = (points[b + 2] as number) - az;
    const vx = (points[c] as number) - ax;
    const vy = (points[c + 1] as number) - ay;
    const vz = (points[c + 2] as number) - az;
    const px = dy * vz - dz * vy;
    const py = dz * vx - dx * vz;
    const pz = dx * vy - dy * vx;
    const flat = ux * px + uy * py + uz * pz;
    const tx = ox - ax;
    const ty = oy - ay;
    const tz = oz - az;
    const u = (tx * px + ty * py + tz * pz) / flat;
    // Not-a-number fails every comparison, so a broken or flat triangle is never met.
    if (!(u >= 0 && u <= 1)) continue;
    const qx = ty * uz - tz * uy;
    const qy = tz * ux - tx * uz;
    const qz = tx * uy - ty * ux;
    const v = (dx * qx + dy * qy + dz * qz) / flat;
    if (!(v >= 0 && u + v <= 1)) continue;
    const at = (vx * qx + vy * qy + vz * qz) / flat;
    if (!(at > 0 && at < nearest)) continue;
    nearest = at;
    met = { cell: from / 3, at, weights: [1 - u - v, u, v] };
  }
  return met;
}

/** Lines and vertices: whichever passes near enough. */
function meetThin(points: List, ids: List, corners: 1 | 2, ray: Ray, most: number): Met | null {
  const { origin, direction, near, spread } = ray;
  const length = vec3.length(direction);
  let met: Met | null = null;
  let nearest = most;
  const at = (corner: number): Vector => {
    const first = 3 * (ids[corner] as number);
    return [points[first] as number, points[first + 1] as number, points[first + 2] as number];
  };
  for (let from = 0; from < ids.length; from += corners) {
    const a = at(from);
    const share = corners === 2 ? closest(origin, direction, a, at(from + 1)) : 0;
    const spot = corners === 2 ? (vec3.lerp(vec3.create(), a, at(from + 1), share) as Vector) : a;
    const away = vec3.subtract(vec3.create(), spot, origin);
    const along = vec3.dot(away, direction) / (length * length);
    const aside = vec3.distance(away, vec3.scale(vec3.create(), direction, along));
    // A little nearer than it is: a line on a surface is meant rather than the surface.
    const reach = (near + spread * along) / length;
    if (!(along > 0 && along - reach < nearest && aside <= near + spread * along)) continue;
    nearest = along - reach;
    met = { cell: from / corners, at: nearest, weights: corners === 2 ? [1 - share, share] : [1] };
  }
  return met;
}

/** Where on the segment from a to b a ray comes nearest, 0 to 1. */
function closest(origin: Vector, direction: Vector, a: Vector, b: Vector): number {
  const along = vec3.subtract(vec3.create(), b, a);
  const back = vec3.subtract(vec3.create(), a, origin);
  const dd = vec3.dot(direction, direction);
  const ee = vec3.dot(along, along);
  const de = vec3.dot(direction, along);
  const rest = dd * ee - de * de;
  if (!(rest > 1e-12 * dd * ee)) return 0;
  const share = (de * vec3.dot(direction, back) - dd * vec3.dot(along, back)) / rest;
  return Math.min(1, Math.max(0, share));
}

function hitOf(
  part: ScenePart,
  mesh: Mesh,
  kind: Hit["kind"],
  ids: List,
  met: Met,
  ray: Ray,
  numbers: LoadedScene["numbers"],
): Hit {
  const first = met.cell * CORNERS[kind];
  const heaviest = met.weights.indexOf(Math.max(...met.weights));
  const point = vec3.scaleAndAdd(vec3.create(), ray.origin, ray.direction, met.at);
  const component = part.colors?.component ?? 0;
  let value: number | null = null;
  if (mesh.scalars && !mesh.direct_colors) {
    const source = numbers(mesh.scalars);
    const of = (item: number) => scalarAt(source, mesh.scalars?.components ?? 1, component, item);
    value =
      mesh.association === "CELLS"
        ? of(met.cell)
        : met.weights.reduce((sum, weight, corner) => sum + weight * of(ids[first + corner] ?? 0), 0);
  }
  return {
    part,
    point: [point[0], point[1], point[2]],
    pointId: ids[first + heaviest] ?? 0,
    cellId: met.cell,
    kind,
    value,
    distance: met.at,
  };
}
