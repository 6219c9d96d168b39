import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useSession } from "@/state/session";
import { useUi } from "@/state/ui";
import StartingCard from "@/startup/StartingCard.vue";
import { FakeOutside, SERVER, snapshot } from "../fakes";

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
});
afterEach(() => vi.useRealTimers());

async function join(role: "host" | "watch"): Promise<void> {
  const outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  const server = { ...SERVER, state: "starting", text: "Loading plugins" };
  outside.socket.answer("session.hello", snapshot({ server }, role));
  await vi.advanceTimersByTimeAsync(0);
}

test("before there is a connection it says so, then what ParaView does", async () => {
  const wrapper = mount(StartingCard);
  expect(wrapper.get("[data-testid=starting]").text()).toBe("Connecting to PVW Desktop");
  await join("host");
  expect(wrapper.get("[data-testid=starting]").text()).toBe("Loading plugins");
});

test.each([
  ["host", 1],
  ["watch", 0],
] as const)("after a while the log is a click away, for who may read it (%s)", async (role, buttons) => {
  await join(role);
  const wrapper = mount(StartingCard);
  expect(wrapper.findAll("button")).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(5000);
  expect(wrapper.text()).toContain("longer than usual");
  const found = wrapper.findAll("button");
  expect(found).toHaveLength(buttons);
  await found[0]?.trigger("click");
  expect(useUi().dialog).toBe(buttons ? "log" : null);
});
