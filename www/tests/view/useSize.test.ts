import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { effectScope, nextTick, ref, toRef, type EffectScope } from "vue";
import { useSession } from "@/state/session";
import { useWorkspace } from "@/state/workspace";
import { usePlace } from "@/view/place";
import { devicePixels, useSize } from "@/view/useSize";
import { FakeOutside, pipeline, SERVER, snapshot, topics, view } from "../fakes";

let outside: FakeOutside;
let scope: EffectScope;
let sized: Readonly<{ value: boolean }>;
let version = 1;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} }); // prettier-ignore
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot({ pipeline: pipeline(), "view/7": view("7") }));
  await pass(0);
  const box = { getBoundingClientRect: () => ({ width: 972, height: 728 }) } as HTMLElement;
  scope = effectScope();
  scope.run(() => {
    const place = usePlace(toRef(() => useWorkspace().shown));
    const canvas = ref({ width: 0, height: 0 } as HTMLCanvasElement);
    sized = useSize(place, ref(box), canvas, () => undefined).sized;
  });
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const told = () => outside.socket.sent.filter(({ method }) => method === "view.size");

async function change(values: Record<string, unknown>): Promise<void> {
  const changes = topics(values, (version += 1));
  outside.socket.receive({ jsonrpc: "2.0", method: "state.changed", params: { changes } });
  await nextTick();
  await pass(0);
}

test("the size counts as known once the server said yes", async () => {
  expect(sized.value).toBe(false);
  await pass(200);
  expect(told().map(({ params }) => params)).toEqual([{ view: "7", width: 972, height: 728, ratio: 1 }]);
  expect(sized.value).toBe(false);
  outside.socket.answer("view.size", {});
  await pass(0);
  expect(sized.value).toBe(true);
});

test("a size that was refused is told again, whatever else happens", async () => {
  await pass(200);
  outside.socket.refuse("view.size", { code: -32001, message: "Busy.", data: { kind: "unavailable" } });
  await pass(2000);
  expect(told()).toHaveLength(2);
  outside.socket.answer("view.size", {});
  await pass(5000);
  expect(sized.value).toBe(true);
  expect(told()).toHaveLength(2);
});

test("what else changes of the view puts the telling off no more than once", async () => {
  for (let step = 0; step < 20; step += 1) {
    await change({ "view/7": view("7", { bounds: [0, step, 0, 1, 0, 1] }) });
    await pass(50);
  }
  expect(told()).toHaveLength(1);
});

test("one that makes no sense is not told over and over", async () => {
  await pass(200);
  outside.socket.refuse("view.size", { code: -32001, message: "No.", data: { kind: "bad_request" } });
  await pass(10_000);
  expect(told()).toHaveLength(1);
});

test("a view that takes another's place, and another ParaView, are told again", async () => {
  await pass(200);
  outside.socket.answer("view.size", {});
  await change({ pipeline: { nodes: [], view: "8" }, "view/7": null, "view/8": view("8") });
  await pass(200);
  expect(told().map(({ params }) => params.view)).toEqual(["7", "8"]);
  outside.socket.answer("view.size", {});
  await change({ server: { ...SERVER, state: "crashed" } });
  expect(sized.value).toBe(false);
  await change({ server: SERVER });
  await pass(200);
  expect(told()).toHaveLength(3);
});

test("who may not set the size has nothing to wait for", async () => {
  useSession().role = "watch";
  expect(sized.value).toBe(true);
});

describe("the size in device pixels", () => {
  test("follows the ratio", () => expect(devicePixels(640.4, 480, 2)).toEqual({ width: 1281, height: 960 }));
  test("is at most 8K, with the shape kept", () => {
    const size = devicePixels(6000, 3000, 2);
    expect(size).toEqual({ width: 7680, height: 3840 });
  });
  test("is never nothing", () => expect(devicePixels(0.2, 0.2, 1)).toEqual({ width: 1, height: 1 }));
});
