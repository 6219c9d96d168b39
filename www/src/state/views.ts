// What the viewport measures, for the status bar, the statistics and tests. The picture itself is in src/viewport.
import { defineStore } from "pinia";
import { ref, shallowRef } from "vue";
import type { Frame } from "../protocol.gen";

/** Who draws. */
export type RenderMode = "remote" | "local" | "hybrid";

/** Figures of the newest image of the server. */
export interface ImageFigures {
  frame: Frame;
  bytes: number;
  decodeMs: number;
  /** From the movement to its image; null where it is not known. */
  totalMs: number | null;
}

/** Figures of what this page draws. */
export interface LocalFigures {
  version: number | null;
  triangles: number;
  /** The last picture, from the first call to the graphics card's answer where that was waited for. */
  drawMs: number;
  /** Bytes that came, and bytes that are kept. */
  received: number;
  cached: number;
}

export const useViewport = defineStore("viewport", () => {
  /** Grows with each picture that is shown, whoever drew it. */
  const seq = ref(0);
  const still = ref(false);
  const width = ref(0);
  const height = ref(0);
  const rate = ref(0);
  const latency = ref<number | null>(null);
  /** Bytes a second of the server's images. */
  const traffic = ref(0);
  const mode = ref<RenderMode>("remote");
  /** Whether this page could draw what is there at once. */
  const ready = ref(false);
  /** Why it is that mode: a sentence. */
  const why = ref("");
  /** How much of the geometry is there while it is on its way, 0 to 1. */
  const loading = ref<number | null>(null);
  const localRate = ref(0);
  const image = shallowRef<ImageFigures | null>(null);
  const local = shallowRef<LocalFigures>({ version: null, triangles: 0, drawMs: 0, received: 0, cached: 0 });
  /** Whether the pointer is asked what it points at. */
  const hover = ref(false);
  /** Gives the picture on screen as a file; set by the viewport while it is there. */
  const capture = ref<(() => Promise<Blob | null>) | null>(null);
  return { seq, still, width, height, rate, latency, traffic, mode, ready, why, loading, localRate, image, local, hover, capture }; // prettier-ignore
});
