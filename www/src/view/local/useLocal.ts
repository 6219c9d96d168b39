// What this page draws itself, drawn when something changed: one picture for each animation frame at most, none at rest.
import { watch, type Ref } from "vue";
import type { Camera } from "../../protocol.gen";
import { whenIdle } from "./context";
import { LocalDrawing, trianglesOf, type Which } from "./drawing";
import { FrameMeter } from "./meter";
import { drawnBySoftware } from "./software";
import { usePrefs } from "../../state/prefs";
import type { Canvases } from "../canvases";
import type { Place } from "../place";
import type { Resources } from "./resources";

/** Pixels along a side, beside the whole picture's, of a first try. */
const SMALL = 1 / 8;
const small = ({ width, height }: HTMLCanvasElement) =>
  [Math.max(1, Math.round(width * SMALL)), Math.max(1, Math.round(height * SMALL))] as const;

interface Watcher {
  /** The hand moves: pictures are to be quick. */
  moving(): boolean;
  taken(which: Which): void;
  /** A picture was drawn; `fresh`: because something changed. */
  drawn(fresh: boolean): void;
  changed(): void;
}

export type Local = ReturnType<typeof useLocal>;

export function useLocal(
  { metrics }: Place,
  canvases: Canvases,
  camera: Readonly<Ref<Camera | null>>,
  resources: Resources,
  watcher: Watcher,
) {
  const meter = new FrameMeter();
  let due = false;
  let running = false;

  const drawing = new LocalDrawing(
    {
      canvases: () => {
        const geometry = canvases.geometry.value;
        const annotations = canvases.annotations.value;
        const letters = canvases.letters.value;
        return geometry && annotations && letters ? { geometry, annotations, letters } : null;
      },
      changed: () => {
        figures();
        watcher.changed();
      },
      taken: (which) => {
        figures();
        watcher.taken(which);
      },
      now: () => performance.now(),
      later: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    resources,
  );

  watch(
    canvases.geometry,
    (canvas) => {
      if (canvas && drawing.noWebgl === null && usePrefs().renderMode !== "remote")
        whenIdle(() => resources.contextOf(canvas));
    },
    { immediate: true },
  );

  function figures(): void {
    const scene = drawing.loaded?.scene;
    const triangles = scene ? trianglesOf(scene) : 0;
    if (triangles !== metrics.local.triangles) meter.clear();
    const { received, cached } = resources.blobs;
    metrics.local = { ...metrics.local, version: scene?.version ?? null, triangles, received, cached };
  }

  /** Draws now, with smooth edges where there is time for it; false where there is nothing to draw. */
  function paint(smooth = !drawnBySoftware() || !watcher.moving()): boolean {
    const size = canvases.image.value;
    if (!size || !camera.value || size.width === 0 || size.height === 0) return false;
    const started = performance.now();
    const drawn = drawing.draw(camera.value, size.width, size.height, smooth);
    if (drawn) metrics.local = { ...metrics.local, drawMs: performance.now() - started };
    return drawn;
  }

  /** Draws in the next animation frame. One more frame is awaited after it, to know how long it took. */
  function request(): void {
    due = true;
    if (running) return;
    running = true;
    requestAnimationFrame(step);
  }

  function step(now: number): void {
    running = due;
    if (!due) {
      meter.rested();
      return;
    }
    due = false;
    if (paint()) {
      meter.drawn(now);
      metrics.localRate = meter.rate ?? metrics.localRate;
      watcher.drawn(true);
    }
    requestAnimationFrame(step);
  }

  /** Draws a small picture out of sight, step by step; how long the longest step took, ms, or null where it cannot. It
   * brings everything to the graphics card and compiles the shaders, so that the first picture that is seen does not
   * stop the page for that as well. */
  async function warm(): Promise<number | null> {
    const size = canvases.image.value;
    return size && camera.value ? drawing.rehearse(camera.value, ...small(size)) : null;
  }

  /** How long one picture takes, ms, after `warm`. */
  async function time(): Promise<number | null> {
    const started = performance.now();
    if (!paint(false)) return null;
    await drawing.finish();
    return performance.now() - started;
  }

  return {
    paint,
    request,
    warm,
    time,
    pixels: () => (canvases.image.value?.width ?? 0) * (canvases.image.value?.height ?? 0),
    offer: drawing.offer.bind(drawing),
    want: drawing.want.bind(drawing),
    known: drawing.known.bind(drawing),
    noWebgl: () => drawing.noWebgl,
    lostForNow: () => drawing.lostForNow,
    loaded: () => drawing.loaded,
    /** Whether a scene is in the local view: this one, or any. */
    ready: (which?: Which) => (which ? drawing.shows(which) : drawing.loaded !== null),
    /** Whether what is in the local view is the newest the server has. */
    newest: (which: Which) => drawing.shows(which) && drawing.known(which)?.fraction === null,
    release: () => drawing.release(),
    delete: () => drawing.delete(),
  };
}
