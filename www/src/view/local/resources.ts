// What all views of the page share for drawing by themselves: the arrays by their hash, the module with vtk.js, and who
// gives a canvas its WebGL context. Made once, and handed to each view.
import { contextOf } from "./context";
import { BlobStore } from "./arrays/blobs";
import { ByteCache } from "./arrays/cache";
import type { Numbers } from "./arrays/codec";
import { workerDecoder } from "./arrays/decoder";
import type * as ViewModule from "./vtk/localView";

export interface Resources {
  blobs: BlobStore;
  /** The context to draw a canvas with, the same one whenever it is asked for; null where there is no WebGL. */
  contextOf(canvas: HTMLCanvasElement): WebGL2RenderingContext | null;
  /** Fetched with the first scene. */
  load(): Promise<typeof ViewModule>;
}

/** Arrays of time steps and of what was hidden, so that they need not come again. */
const CACHE_BYTES = 512e6;

export function makeResources(): Resources {
  const cache = new ByteCache<Numbers>(CACHE_BYTES);
  return {
    blobs: new BlobStore((url, options) => fetch(url, options), workerDecoder(), cache),
    contextOf,
    load: () => import("./vtk/localView"),
  };
}
