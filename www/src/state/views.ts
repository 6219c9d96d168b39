// What is measured of the views on the page, by their ids, for the status bar, the statistics and tests. The views
// themselves are in src/view.
import { defineStore } from "pinia";
import { computed, shallowReactive, watch, type Ref } from "vue";
import type { Frame, ViewMode } from "../protocol.gen";
import { useWorkspace } from "./workspace";

/** Who draws. */
export type RenderMode = ViewMode["mode"];

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
  /** Bytes that came, and bytes that are kept, for all views. */
  received: number;
  cached: number;
}

export interface ViewMetrics {
  /** Grows with each picture that is shown, whoever drew it. */
  seq: number;
  still: boolean;
  width: number;
  height: number;
  rate: number;
  latency: number | null;
  /** Bytes a second of the server's images. */
  traffic: number;
  mode: RenderMode;
  /** Whether this page could draw what is there at once. */
  ready: boolean;
  /** Why it is that mode: a sentence. */
  why: string;
  /** How much of the geometry is there while it is on its way, 0 to 1. */
  loading: number | null;
  localRate: number;
  image: ImageFigures | null;
  local: LocalFigures;
  /** Whether the pointer is asked what it points at. */
  hover: boolean;
  /** Gives what is on screen as a file; set while there is something. */
  screenshot: (() => Promise<Blob | null>) | null;
}

const unmeasured = (): ViewMetrics => ({
  seq: 0, still: false, width: 0, height: 0, rate: 0, latency: null, traffic: 0, mode: "remote", ready: false, why: "",
  loading: null, localRate: 0, image: null, hover: false, screenshot: null,
  local: { version: null, triangles: 0, drawMs: 0, received: 0, cached: 0 },
}); // prettier-ignore
const NONE = Object.freeze(unmeasured());

export const useViews = defineStore("views", () => {
  const workspace = useWorkspace();
  const known = shallowReactive(new Map<string, ViewMetrics>());

  /** What is measured of a view; nothing of one that is not on the page. */
  const of = (view: string | null): ViewMetrics => (view === null ? undefined : known.get(view)) ?? NONE;
  const shown = computed(() => of(workspace.shown));

  /** Lists a view's figures until the returned function is called. */
  function list(view: string, metrics: ViewMetrics): () => void {
    known.set(view, metrics);
    return () => void (known.get(view) === metrics && known.delete(view));
  }

  return { of, shown, list };
});

/** Figures for whatever view is in a place, while the calling component is there. They go on where another view takes
 * the place: what counts pictures never starts anew. */
export function useMetrics(view: Readonly<Ref<string | null>>): ViewMetrics {
  const views = useViews();
  const metrics = shallowReactive(unmeasured());
  forView(view, (id) => views.list(id, metrics));
  return metrics;
}

/** Begins something for the view that is in a place, and ends it when another takes its place or the calling component
 * goes. At once: what comes for the next view may come with the news of it. */
export function forView(view: Readonly<Ref<string | null>>, begin: (id: string) => () => void): void {
  watch(
    view,
    (id, _before, onCleanup) => {
      if (id !== null) onCleanup(begin(id));
    },
    { immediate: true, flush: "sync" },
  );
}
