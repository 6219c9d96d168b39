// Asks what lies under the pointer, once for each animation frame at most, while nobody holds the picture.
import { shallowRef, watch, type Ref } from "vue";
import type { Camera } from "../../protocol.gen";
import { ray } from "../camera/projection";
import type { Hit, pick as Pick } from "./hover";
import type { LoadedScene } from "./loader";

/** How far aside of a line or a vertex the pointer may be, CSS pixels. */
const REACH_PX = 4;

export interface Pointed {
  hit: Hit;
  x: number;
  y: number;
  /** World units that a pixel spans there. */
  pixel: number;
}

interface Source {
  box: Readonly<Ref<HTMLElement | null>>;
  camera: Readonly<Ref<Camera | null>>;
  loaded(): LoadedScene | null;
  /** Whether somebody wants to know and this page can tell. */
  on: Readonly<Ref<boolean>>;
}

export function useHover({ box, camera, loaded, on }: Source) {
  const pointed = shallowRef<Pointed | null>(null);
  let place: { x: number; y: number } | null = null;
  let scheduled = false;
  let pick: typeof Pick | null = null;

  function look(): void {
    scheduled = false;
    const scene = loaded();
    const element = box.value;
    if (!pick || !on.value || !place || !scene || !element || !camera.value) {
      pointed.value = null;
      return;
    }
    const { clientWidth: width, clientHeight: height } = element;
    const at = ray(camera.value, width / height, (2 * place.x) / width - 1, 1 - (2 * place.y) / height);
    const pixel = 2 / height;
    const { parallel, parallel_scale: scale, view_angle: angle } = camera.value;
    const near = parallel ? REACH_PX * pixel * scale : 0;
    const spread = parallel ? 0 : REACH_PX * pixel * Math.tan((angle * Math.PI) / 360);
    const hit = pick(scene, { ...at, near, spread });
    const size = (near + spread * (hit?.distance ?? 0)) / REACH_PX;
    pointed.value = hit ? { hit, ...place, pixel: size } : null;
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(look);
  }

  function moved(event: PointerEvent): void {
    place =
      event.buttons === 0 && event.pointerType !== "touch" ? { x: event.offsetX, y: event.offsetY } : null;
    if (on.value) schedule();
  }

  function left(): void {
    place = null;
    pointed.value = null;
  }

  watch([on, camera], async () => {
    // Fetched when somebody first wants to know.
    if (on.value) pick ??= (await import("./hover")).pick;
    schedule();
  });
  return { pointed, moved, left };
}
