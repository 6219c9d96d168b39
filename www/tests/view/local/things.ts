// Scenes for tests: a blob is its numbers, by hash.
import type { Appearance, Blob as BlobName, Mesh, Scene, ScenePart } from "@/protocol.gen";
import { decode, type Numbers } from "@/view/local/arrays/codec";

export function blob(hash: string, items: number, components = 3, changes: Partial<BlobName> = {}): BlobName {
  return { hash, items, components, type: "float32", use: "points", ...changes };
}

export const ids = (hash: string, items: number, components: number): BlobName =>
  blob(hash, items, components, { type: "uint32", use: "indices" });

export function mesh(changes: Partial<Mesh> = {}): Mesh {
  return {
    points: blob("points", 3), normals: null, triangles: ids("triangles", 1, 3), lines: null, vertices: null, edges: null,
    scalars: null, association: null, direct_colors: false, texcoords: null, texture: null, texture_size: null, ...changes,
  }; // prettier-ignore
}

export const LOOK: Appearance = {
  style: "surface", color: [1, 1, 1], opacity: 1, edges: false, edge_color: [0, 0, 0], line_width: 1, point_size: 1,
  flat: false, lighting: true, ambient: 0, diffuse: 1, specular: 0, specular_power: 1, specular_color: [1, 1, 1],
  ambient_color: [1, 1, 1], cull: "none",
}; // prettier-ignore

export function part(changes: Partial<ScenePart> = {}): ScenePart {
  return {
    id: "a", node: "1", port: 0, block: null, appearance: LOOK, matrix: null, colors: null, mesh: mesh(), volume: null,
    array: null, ...changes,
  }; // prettier-ignore
}

export function scene(version: number, changes: Partial<Scene> = {}): Scene {
  return {
    view: "7", version, lod: false, bytes: 100, unsupported_reason: null, parts: [part()], lights: [], background: [[0, 0, 0]],
    annotations: null, annotations_size: null, orientation_axes: false, axes_grid: null, ...changes,
  }; // prettier-ignore
}

/** A gateway with blobs that a test answers by hand. */
export class FakeGateway {
  asked: string[] = [];
  private waiting = new Map<string, { resolve(response: Response): void; reject(error: unknown): void }>();

  fetch = (url: string, { signal }: { signal: AbortSignal }): Promise<Response> => {
    const hash = url.replace("blob/", "");
    this.asked.push(hash);
    return new Promise((resolve, reject) => {
      this.waiting.set(hash, { resolve, reject });
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
  decode = (bytes: Uint8Array<ArrayBuffer>, codec: string, shape: BlobName | Parameters<typeof decode>[2]) =>
    new Promise<Numbers>((resolve) => resolve(decode(bytes, codec, shape)));

  answer(hash: string, body: BufferSource, status = 200): void {
    this.waiting.get(hash)?.resolve(new Response(status === 200 ? body : null, { status }));
  }
  fail(hash: string): void {
    this.waiting.get(hash)?.reject(new TypeError("Failed to fetch"));
  }
}
