// The canvases of a view, one above the other.
import type { Ref } from "vue";

export interface Canvases {
  image: Readonly<Ref<HTMLCanvasElement | null>>;
  geometry: Readonly<Ref<HTMLCanvasElement | null>>;
  annotations: Readonly<Ref<HTMLCanvasElement | null>>;
  letters: Readonly<Ref<HTMLCanvasElement | null>>;
}
