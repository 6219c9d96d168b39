// What the viewport measures, for the status bar and for tests. The picture itself is in src/viewport.
import { defineStore } from "pinia";
import { ref } from "vue";

export const useViewport = defineStore("viewport", () => {
  const seq = ref(0);
  const still = ref(false);
  const width = ref(0);
  const height = ref(0);
  const rate = ref(0);
  const latency = ref<number | null>(null);
  /** Gives the image on screen as a file; set by the viewport while it is there. */
  const capture = ref<(() => Promise<Blob | null>) | null>(null);
  return { seq, still, width, height, rate, latency, capture };
});
