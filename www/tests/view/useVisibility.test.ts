import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope, nextTick } from "vue";
import { useSession } from "@/state/session";
import { useVisibility } from "@/view/useVisibility";
import { FakeOutside, settle, snapshot } from "../fakes";

let outside: FakeOutside;
const scope = effectScope();
const told = () =>
  outside.sockets
    .flatMap(({ sent }) => sent)
    .filter(({ method }) => method === "view.visible")
    .map(({ params }) => params.visible);

async function look(state: "visible" | "hidden"): Promise<void> {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
  await nextTick();
}

async function join(): Promise<void> {
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot());
  await settle();
}

beforeEach(() => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  scope.run(useVisibility);
});

afterEach(() => {
  scope.stop();
  vi.restoreAllMocks();
});

test("a page that nobody sees says so, to each gateway anew", async () => {
  await join();
  expect(told()).toEqual([]);
  await look("hidden");
  expect(told()).toEqual([false]);
  useSession().reconnect();
  await join();
  expect(told()).toEqual([false, false]);
  await look("visible");
  expect(told()).toEqual([false, false, true]);
});
