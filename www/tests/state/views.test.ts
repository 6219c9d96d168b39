import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { effectScope, ref } from "vue";
import { forView, useMetrics, useViews } from "@/state/views";

beforeEach(() => setActivePinia(createPinia()));

test("figures are found by the view's id while its place is there, and go on with the next view in it", () => {
  const views = useViews();
  const id = ref<string | null>(null);
  const scope = effectScope();
  const metrics = scope.run(() => useMetrics(id));
  if (!metrics) throw new Error("no figures");
  metrics.seq = 4;
  expect(views.of("7").seq).toBe(0);
  id.value = "7";
  expect(views.of("7").seq).toBe(4);
  id.value = "8";
  expect([views.of("7").seq, views.of("8").seq]).toEqual([0, 4]);
  scope.stop();
  expect(views.of("8").seq).toBe(0);
});

test("nothing is measured of a view that is not there, and nothing can be written there", () => {
  expect(() => (useViews().of("9").seq = 1)).toThrow();
});

test("what is begun for a view ends with it, before the next is begun", () => {
  const log: string[] = [];
  const id = ref<string | null>("7");
  const scope = effectScope();
  scope.run(() =>
    forView(id, (view) => {
      log.push(`+${view}`);
      return () => log.push(`-${view}`);
    }),
  );
  id.value = "8";
  id.value = null;
  id.value = "9";
  scope.stop();
  expect(log).toEqual(["+7", "-7", "+8", "-8", "+9", "-9"]);
});
