// Who draws a view, as it is decided from the preference, the scenes and what was measured; and what the gateway is told.
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { decide, expectedRate, learn, mostBytes, NO_PACE, PATIENCE_MS, wished, type Known } from "./renderMode"; // prettier-ignore
import type { Which } from "./local/drawing";
import { drawnBySoftware } from "./local/software";
import { usePrefs } from "../state/prefs";
import { useSession } from "../state/session";
import type { Local } from "./local/useLocal";
import type { Place } from "./place";

const MB = 1e6;
/** What a page asks for that was told to draw itself, whatever it is. */
const MOST_BYTES = 1 << 30;
/** What is expected to be drawn more often than this a second is not tried out before it is shown. */
const SURELY_SMOOTH = 30;
/** Where a step of the first picture took longer than this, no second one is drawn to measure it, ms. */
const LONG_MS = 1000;
/** Pixels of the view are counted in steps, so that resizing it says nothing new at every move. */
const PIXELS = 250_000;

export function useRenderMode({ metrics }: Place, local: Local) {
  const prefs = usePrefs();
  const session = useSession();
  const changes = ref(0);
  const pace = shallowRef(NO_PACE);
  /** How many scenes are being tried out: nobody is to see them yet. */
  const trying = ref(0);
  /** Bytes of the scene that was tried last. */
  let tried: number | null = null;

  const limit = computed(() => Math.max(0, Math.min(MOST_BYTES, prefs.geometryLimit * MB)));
  const which = computed<Which>(() => (prefs.renderMode === "hybrid" ? "lod" : "full"));
  const pixels = computed(() => (changes.value >= 0 ? Math.ceil(local.pixels() / PIXELS) * PIXELS : 0));
  const canvas = computed(() => ({ software: drawnBySoftware(), pixels: pixels.value }));
  const busy = computed(() => session.server?.state === "busy");
  const situation = computed(() => ({
    preference: prefs.renderMode,
    noWebgl: changes.value >= 0 ? local.noWebgl() : null,
    limit: limit.value,
    scene: local.known("full"),
    lod: local.known("lod"),
    pace: pace.value,
    canvas: canvas.value,
    busy: busy.value,
  }));
  const current = computed((before?: ReturnType<typeof decide>) => {
    const next = decide(situation.value);
    return before?.mode === next.mode && before.why === next.why ? before : next;
  });
  const told = computed(() => {
    const { preference, noWebgl } = situation.value;
    const none = preference === "remote" || (noWebgl !== null && !local.lostForNow());
    const most = preference === "local" ? MOST_BYTES : mostBytes(limit.value, canvas.value);
    // Images go on coming until something else is on screen.
    const images = none || (trying.value > 0 && preference !== "hybrid");
    return { mode: images ? ("remote" as const) : wished(preference, current.value), limit: none ? 0 : most };
  });

  /** Whether a scene is worth fetching: everything but its arrays speaks for drawing it. */
  function worth(item: Which, known: Known | null): boolean {
    if (item !== which.value || prefs.renderMode === "remote" || !known) return false;
    if (busy.value && canvas.value.software) return false;
    const there = { ...known, ready: true, fraction: null, failed: null };
    const asked = { ...situation.value, noWebgl: null, scene: there, lod: there };
    return decide(asked).mode !== "remote";
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function refresh(): void {
    changes.value += 1;
    for (const item of ["full", "lod"] as const) local.want(item, worth(item, local.known(item)));
    const known = local.known(which.value);
    metrics.loading = known && worth(which.value, known) ? known.fraction : null;
    // What takes too long is noticed although nothing happens.
    clearTimeout(timer);
    if (metrics.loading !== null) timer = setTimeout(refresh, PATIENCE_MS / 3);
  }
  watch([() => prefs.renderMode, limit, pace, busy], refresh);
  // Whoever chooses anew may mean it: what was slow once is tried again.
  watch([() => prefs.renderMode, limit], () => (pace.value = { ...NO_PACE, remote: pace.value.remote }));
  onScopeDispose(() => clearTimeout(timer));

  function measured(bytes: number, rate: number): void {
    if (prefs.renderMode === "automatic")
      pace.value = learn(pace.value, { bytes, local: rate, remote: pace.value.remote });
  }

  const sure = ({ work }: Known) => expectedRate(canvas.value, work) > SURELY_SMOOTH;

  /** Draws out of sight, before it is shown, what is in the local view; tries out what may turn out to be slow. `first` is
   * what somebody waits for, and comes before. */
  async function probe(item: Which, first: () => Promise<unknown>): Promise<void> {
    const known = local.known(item);
    if (!known) return;
    trying.value += 1;
    try {
      await first();
      const longest = await local.warm();
      if (longest === null || item !== "full" || prefs.renderMode !== "automatic") return;
      if (known.bytes === tried || sure(known)) return;
      tried = known.bytes;
      const ms = longest > LONG_MS ? longest : await local.time();
      if (ms !== null) measured(known.bytes, 1000 / ms);
    } finally {
      trying.value -= 1;
    }
  }

  watch(
    () => metrics.localRate,
    (rate) => {
      const known = local.known("full");
      if (rate > 0 && known && which.value === "full" && !sure(known)) measured(known.bytes, rate);
    },
  );

  /** How many images a second the server gives while something moves. */
  function remoteRate(rate: number): void {
    pace.value = { ...pace.value, remote: rate };
  }

  return { current, told, which, trying, refresh, probe, remoteRate };
}
