import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope, nextTick, ref } from "vue";
import { useSession } from "@/state/session";
import { usePlace } from "@/view/place";
import { useVisibility } from "@/view/useVisibility";
import { FakeOutside, settle, snapshot, view } from "../fakes";

let outside: FakeOutside;
const scope = effectScope();
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
  scope.run(() => useVisibility(usePlace(place)));
});

afterEach(() => {
  scope.stop();
  vi.restoreAllMocks();
});

test("a view that nobody sees is said to be hidden, to each gateway and of each view anew", async () => {
  await join();
  expect(told()).toEqual([]);
  await look("hidden");
  expect(told()).toEqual([["7", false]]);
  useSession().reconnect();
  await join();
  expect(told().slice(1)).toEqual([["7", false]]);
  place.value = "8";
  await nextTick();
  expect(told().slice(2)).toEqual([["8", false]]);
  await look("visible");
  expect(told().slice(3)).toEqual([["8", true]]);
});
