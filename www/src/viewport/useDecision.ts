// Who draws, as it is decided from the preference, the scenes and what was measured; and what the gateway is told.
import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { decide, learn, NO_PACE, PATIENCE_MS, wished, type Known } from "../scene/decision";
import type { Which } from "../scene/local";
import { usePrefs } from "../state/prefs";
import { useViewport } from "../state/viewport";
import type { useLocal } from "./useLocal";

const MB = 1e6;
/** What a page asks for that was told to draw itself, whatever it is. */
const MOST_BYTES = 1 << 30;
/** Fewer triangles any browser draws: there is nothing to try out. */
const WORTH_A_TRY = 150_000;

export function useDecision(local: ReturnType<typeof useLocal>) {
  const prefs = usePrefs();
  const metrics = useViewport();
  const changes = ref(0);
  const pace = shallowRef(NO_PACE);
  let remoteRate: number | null = null;
  let tried = 0;

  const limit = computed(() => Math.max(0, Math.min(MOST_BYTES, prefs.pictureLimit * MB)));
  const which = computed<Which>(() => (prefs.picture === "hybrid" ? "light" : "full"));
  const situation = computed(() => ({
    preference: prefs.picture,
    noWebgl: changes.value >= 0 ? local.noWebgl() : null,
    limit: limit.value,
    scene: local.known("full"),
    light: local.known("light"),
    pace: pace.value,
  }));
  const current = computed((before?: ReturnType<typeof decide>) => {
    const next = decide(situation.value);
    return before?.mode === next.mode && before.why === next.why ? before : next;
  });
  const told = computed(() => {
    const { preference, noWebgl } = situation.value;
    const none = preference === "remote" || (noWebgl !== null && !local.lostForNow());
    const most = preference === "local" ? MOST_BYTES : limit.value;
    return { mode: none ? ("remote" as const) : wished(preference, current.value), limit: none ? 0 : most };
  });

  /** Whether a scene is worth fetching: everything but its arrays speaks for drawing it. */
  function worth(item: Which, known: Known | null): boolean {
    if (item !== which.value || prefs.picture === "remote" || !known) return false;
    const there = { ...known, ready: true, fraction: null, failed: null };
    const asked = { ...situation.value, noWebgl: null, scene: there, light: there };
    return decide(asked).mode !== "remote";
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function refresh(): void {
    changes.value += 1;
    for (const item of ["full", "light"] as const) local.want(item, worth(item, local.known(item)));
    const known = local.known(which.value);
    metrics.loading = known && worth(which.value, known) ? known.fraction : null;
    // What takes too long is noticed although nothing happens.
    clearTimeout(timer);
    if (metrics.loading !== null) timer = setTimeout(refresh, PATIENCE_MS / 3);
  }
  watch([() => prefs.picture, limit, pace], refresh);
  // Whoever chooses anew may mean it: what was slow once is tried again.
  watch([() => prefs.picture, limit], () => (pace.value = NO_PACE));
  onScopeDispose(() => clearTimeout(timer));

  function measured(bytes: number, rate: number): void {
    if (prefs.picture === "automatic")
      pace.value = learn(pace.value, { bytes, local: rate, remote: remoteRate });
  }

  /** Tries a large scene out before it is shown. */
  function probe(item: Which): void {
    const bytes = local.known(item)?.bytes ?? 0;
    if (item !== "full" || prefs.picture !== "automatic" || bytes <= tried) return;
    if (metrics.local.triangles < WORTH_A_TRY) return;
    const ms = local.time();
    if (ms !== null) measured(bytes, 1000 / ms);
    tried = bytes;
  }

  watch(
    () => metrics.localRate,
    (rate) => {
      const bytes = local.known("full")?.bytes;
      if (rate > 0 && bytes && which.value === "full" && metrics.local.triangles >= WORTH_A_TRY / 3)
        measured(bytes, rate);
    },
  );

  return { current, told, which, refresh, probe, remoteRate: (rate: number) => (remoteRate = rate) };
}
