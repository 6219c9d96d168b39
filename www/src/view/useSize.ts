// The size of a view in device pixels: the canvas follows at once, the server when the hand rests.
import { useDevicePixelRatio, useResizeObserver } from "@vueuse/core";
import { computed, onScopeDispose, ref, watch, type Ref } from "vue";
import { toFailure } from "../core/errors";
import { MAX_IMAGE } from "../protocol.gen";
import { useSession } from "../state/session";
import type { Place } from "./place";

const REST_MS = 100;
/** A size that could not be told is told again. */
const AGAIN_MS = 1000;

/** Whole device pixels, at most as many as an image may have, the shape kept. */
export function devicePixels(
  width: number,
  height: number,
  ratio: number,
): { width: number; height: number } {
  const scale = Math.min(ratio, MAX_IMAGE.width / Math.max(1, width), MAX_IMAGE.height / Math.max(1, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function useSize(
  place: Place,
  box: Readonly<Ref<HTMLElement | null>>,
  canvas: Readonly<Ref<HTMLCanvasElement | null>>,
  paint: () => void,
): { sized: Readonly<Ref<boolean>> } {
  const session = useSession();
  const { pixelRatio } = useDevicePixelRatio();
  /** What this page wants, and what the server said yes to, as texts. */
  const wanted = ref("");
  const told = ref("");
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = "";

  function measure(): void {
    const rect = box.value?.getBoundingClientRect();
    if (!rect || !canvas.value || rect.width < 1 || rect.height < 1) return;
    const size = devicePixels(rect.width, rect.height, pixelRatio.value);
    if (canvas.value.width !== size.width || canvas.value.height !== size.height) {
      Object.assign(canvas.value, size);
      paint();
    }
    wanted.value = `${size.width} ${size.height} ${pixelRatio.value}`;
    later(REST_MS);
  }

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void send(), ms);
  }

  async function send(): Promise<void> {
    const view = place.view.value?.view;
    if (!canvas.value || !view || !session.usable || !session.may("view.size")) return;
    const { width, height } = canvas.value;
    const ratio = Math.min(4, Math.max(0.5, pixelRatio.value));
    const what = wanted.value;
    const key = `${view} ${what}`;
    if (key === sent) return;
    sent = key;
    try {
      await session.request("view.size", { view, width, height, ratio });
      if (sent === key) told.value = what;
    } catch (error) {
      if (sent !== key) return;
      sent = "";
      if (toFailure(error).kind !== "bad_request") later(AGAIN_MS);
    }
  }

  useResizeObserver(box, measure);
  watch(pixelRatio, measure);
  watch(
    // One by one: the view's topic changes at every step of time, and each measuring puts off the telling.
    [() => place.view.value?.view, () => session.usable],
    ([, usable]) => {
      // A new ParaView knows nothing of this page.
      if (!usable) sent = told.value = "";
      measure();
    },
    { immediate: true, flush: "post" },
  );
  onScopeDispose(() => clearTimeout(timer));

  return { sized: computed(() => told.value === wanted.value || !session.may("view.size")) };
}
