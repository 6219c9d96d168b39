// Puts a view's picture together: the server's images and what this page draws, which of them is shown, and what the gateway
// is told of it. The decisions themselves are pure and live in renderMode.ts and handover.ts.
import { until } from "@vueuse/core";
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from "vue";
import type { Camera, Frame } from "../protocol.gen";
import type { Which } from "./local/drawing";
import { usePrefs } from "../state/prefs";
import { useSession } from "../state/session";
import { sceneOf } from "../state/topics";
import { isFinal } from "./remote/final";
import type { Canvases } from "./canvases";
import { handOver, type Shown } from "./handover";
import { useRenderMode } from "./useRenderMode";
import type { Resources } from "./local/resources";
import { useLocal } from "./local/useLocal";
import type { Place } from "./place";

/** For so long the server's image is awaited before this page tries to draw the same, ms. */
const IMAGE_MS = 5000;

interface CameraSource {
  camera: Readonly<Ref<Camera | null>>;
  seen(frame: Frame): void;
  ask(): void;
}

export function useRendering(
  place: Place,
  canvases: Canvases,
  moving: Readonly<Ref<boolean>>,
  source: CameraSource,
  sized: Readonly<Ref<boolean>>,
  resources: Resources,
) {
  const session = useSession();
  const prefs = usePrefs();
  const { metrics } = place;
  const shown = ref<Shown>("remote");
  const lastImage = shallowRef<Frame | null>(null);

  /** Whether the newest image is what the view is to look like, and not only shown until that comes. */
  const final = computed(() => {
    const wanted = { view: place.view.value, camera: source.camera.value, sized: sized.value };
    return !!lastImage.value && isFinal(lastImage.value, wanted);
  });

  const local = useLocal(place, canvases, source.camera, resources, {
    moving: () => moving.value,
    taken: (which) => void settled(which),
    drawn: (fresh) => shown.value === "local" && fresh && count(),
    changed: () => decision.refresh(),
  });
  const decision = useRenderMode(place, local);

  /** One more picture is on screen. */
  function count(): void {
    metrics.seq += 1;
    metrics.still = !moving.value && local.newest(decision.which.value);
  }

  /** The server's image of what is new comes first: trying things out takes the processor from it. */
  const imageThere = () => until(final).toBe(true, { timeout: IMAGE_MS });

  async function settled(which: Which): Promise<void> {
    if (shown.value !== "local") await decision.probe(which, imageThere);
    if (shown.value === "local") local.request();
    settle();
  }

  /** Shows the right one of the two. Whatever may change the answer calls this. */
  function settle(): void {
    const { mode } = decision.current.value;
    const localReady = mode === "remote" ? local.ready() : local.ready(decision.which.value);
    metrics.ready = localReady && decision.trying.value === 0;
    if (shown.value === "remote" && decision.trying.value > 0) return;
    const image = lastImage.value;
    const remoteMatches = final.value;
    const next = handOver(shown.value, { mode, localReady, moving: moving.value, remoteMatches });
    if (next === shown.value) return;
    // It must be there before it is shown.
    if (next === "local" && !local.paint()) return;
    shown.value = next;
    if (next === "local") count();
    else if (image) countImage(image);
    if (next === "remote") local.release();
  }

  function countImage(frame: Frame): void {
    metrics.seq = Math.max(metrics.seq + 1, frame.seq);
    metrics.still = final.value;
  }

  /** An image of the server is on its canvas. */
  function drawn(frame: Frame): void {
    const before = shown.value;
    lastImage.value = frame;
    source.seen(frame);
    settle();
    if (before === "remote" && shown.value === "remote") countImage(frame);
    if (metrics.rate > 0 && !frame.still) decision.remoteRate(metrics.rate);
  }

  watch(
    () => decision.current.value,
    ({ mode, why }) => {
      metrics.why = why;
      metrics.mode = mode;
      settle();
    },
    { immediate: true },
  );
  // Sync: no moment at which something older passes for the picture of what was just asked for.
  watch(
    final,
    (now) => {
      if (shown.value === "remote") metrics.still = now;
      if (now) settle();
    },
    { flush: "sync" },
  );
  watch(source.camera, () => {
    if (decision.current.value.mode !== "remote" || shown.value === "local") local.request();
    settle();
  });
  watch(moving, (now) => {
    settle();
    // Once more, with all the time it takes: the picture is not still before.
    if (!now && shown.value === "local") local.request();
  });

  // Scenes of the view.
  for (const which of ["full", "lod"] as const)
    watch(() => sceneOf(place.id.value, which), (now) => local.offer(which, now), { immediate: true }); // prettier-ignore

  // What the gateway is told.
  watch(
    [
      () => (session.online ? place.view.value?.view : undefined),
      () => decision.told.value.mode,
      () => decision.told.value.limit,
    ] as const,
    ([view, mode, limit], before) => {
      if (!view) return;
      session.notify("view.mode", { view, mode, limit });
      if (mode === "local") lastImage.value = null;
      else if (before[0] && before[1] === "local") source.ask();
    },
    { immediate: true },
  );
  watch(
    [
      () => place.view.value?.view,
      () => session.usable,
      () => prefs.imageRate,
      () => prefs.imageFullSize,
      () => prefs.imageLod,
    ] as const,
    ([view, usable, rate, full_size, lod]) => {
      const now = place.view.value?.quality;
      if (!view || !usable || !now || !session.may("view.quality")) return;
      const quality = { rate: Math.min(60, Math.max(1, rate)), full_size, lod };
      if (JSON.stringify(quality) === JSON.stringify({ ...now })) return;
      void session.attempt("view.quality", { view, quality });
    },
    { immediate: true },
  );

  const alone = computed(() => (session.topic("audience")?.clients ?? 1) <= 1);

  onScopeDispose(() => local.delete());
  return {
    shown,
    drawn,
    local,
    // Nobody else looks, and our own picture needs no server.
    quiet: () => decision.current.value.mode !== "remote" && shown.value === "local" && alone.value,
  };
}
