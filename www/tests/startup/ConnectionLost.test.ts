import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useSession } from "@/state/session";
import ConnectionLost from "@/startup/ConnectionLost.vue";
import { FakeOutside, snapshot } from "../fakes";

let outside: FakeOutside;

beforeEach(async () => {
  vi.useFakeTimers({ now: 0 });
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot());
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => vi.useRealTimers());

test("it counts down to the next attempt, says what the other side said, and tries at once where told to", async () => {
  useSession().connection = {
    ...useSession().connection,
    phase: "waiting",
    retryAt: 3000,
    sentence: "It went home.",
  };
  const wrapper = mount(ConnectionLost);
  const card = wrapper.get("[data-testid=connection-lost]");
  expect(card.text()).toContain("Connection lost");
  expect(card.text()).toContain("It went home. Trying again in 3 s.");
  await vi.advanceTimersByTimeAsync(2000);
  expect(card.text()).toContain("in 1 s.");
  await vi.advanceTimersByTimeAsync(1500);
  expect(card.text()).toContain("Trying again…");
  expect(outside.sockets).toHaveLength(1);
  await card.get("button").trigger("click");
  expect(outside.sockets).toHaveLength(2);
  wrapper.unmount();
});
