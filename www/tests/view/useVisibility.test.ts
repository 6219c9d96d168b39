import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope, nextTick, ref, type EffectScope } from "vue";
import { useSession } from "@/state/session";
import { useVisibility } from "@/view/useVisibility";
import { FakeOutside, settle, snapshot, topics, view } from "../fakes";

let outside: FakeOutside;
let scope: EffectScope;
const told = () =>
  outside.sockets
    .flatMap(({ sent }) => sent)
    .filter(({ method }) => method === "view.visible")
    .map(({ params }) => [params.view, params.visible]);
const place = ref<string | null>(null);

async function look(state: "visible" | "hidden"): Promise<void> {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
  await nextTick();
}

async function join(): Promise<void> {
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot({ "view/7": view("7"), "view/8": view("8") }));
  await settle();
}

beforeEach(() => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  place.value = "7";
  scope = effectScope();
  scope.run(() => useVisibility((id) => id === place.value));
});

afterEach(() => {
  scope.stop();
  vi.restoreAllMocks();
});

test("of each view is said whether anybody sees it, to each gateway anew", async () => {
  await join();
  expect(told()).toEqual([["7", true], ["8", false]]); // prettier-ignore
  await look("hidden");
  expect(told().slice(2)).toEqual([["7", false]]);
  useSession().reconnect();
  await join();
  expect(told().slice(3)).toEqual([["7", false], ["8", false]]); // prettier-ignore
  place.value = "8";
  await nextTick();
  expect(told().slice(5)).toEqual([]);
  await look("visible");
  expect(told().slice(5)).toEqual([["8", true]]);
});

test("a view that was hidden when ParaView ended is said to be seen when it is back", async () => {
  await join();
  await look("hidden");
  const before = told().length;
  let version = 2;
  const change = (values: Record<string, unknown>) => {
    useSession().apply(topics(values, (version += 1)));
    return nextTick();
  };
  await change({ "view/7": null, "view/8": null });
  await look("visible");
  expect(told().slice(before)).toEqual([]);
  await change({ "view/7": view("7") });
  expect(told().slice(before)).toEqual([["7", true]]);
});
