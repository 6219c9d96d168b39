import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { effectScope, nextTick, ref, type EffectScope } from "vue";
import type { Frame } from "@/protocol.gen";
import { useSession } from "@/state/session";
import { useCamera } from "@/view/camera/useCamera";
import { usePlace } from "@/view/place";
import { camera, FakeOutside, pipeline, snapshot, topics, view } from "../../fakes";

let outside: FakeOutside;
let scope: EffectScope;
let quiet: boolean;
let moving: boolean[];
let source: ReturnType<typeof useCamera>;

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const at = (z: number) => ({ ...camera(), position: [0, 0, z] as [number, number, number] });
const z = () => source.camera.value?.position[2];
const sent = () =>
  outside.socket.sent.filter(({ method }) => method === "view.camera.set").map(({ params }) => params);

beforeEach(async () => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
  outside = new FakeOutside();
  quiet = false;
  moving = [];
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot({ pipeline: pipeline(), "view/7": view("7") }));
  await pass(0);
  scope = effectScope();
  scope.run(() => {
    const watcher = { quiet: () => quiet, moving: (now: boolean) => moving.push(now) };
    source = useCamera(usePlace(ref("7")), watcher);
  });
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

async function topic(version: number, z: number): Promise<void> {
  const value = view("7", { camera: at(z), camera_version: version });
  useSession().apply(topics({ "view/7": value }, version + 10));
  await nextTick();
}

test("a movement is told while it goes on and once more at rest", async () => {
  source.move(at(5));
  expect(z()).toBe(5);
  await pass(1000);
  expect(sent().map(({ view: id, interactive: now }) => [id, now])).toEqual([["7", true], ["7", false]]); // prettier-ignore
  expect(moving).toEqual([false, true, false]);
});

test("where nobody needs it on the way, it is told at rest alone", async () => {
  quiet = true;
  source.move(at(5));
  await pass(1000);
  expect(sent().map(({ interactive: now }) => now)).toEqual([false]);
});

test("what the server changed is taken over, an older word of it is not", async () => {
  source.move(at(5));
  await topic(1, 10);
  expect(z()).toBe(5);
  await topic(2, 20);
  expect(z()).toBe(20);
});

test("somebody else's camera waits until the hand rests", async () => {
  source.move(at(5));
  source.seen({ motion: 0, view: "7", camera: at(30) } as Frame);
  expect(z()).toBe(5);
  await pass(1500);
  expect(z()).toBe(30);
  source.seen({ motion: 0, view: "8", camera: at(40) } as Frame);
  source.seen({ motion: 3, view: "7", camera: at(40) } as Frame);
  expect(z()).toBe(30);
});

test("who may only watch moves nothing", async () => {
  useSession().role = "watch";
  source.move(at(5));
  await pass(1000);
  expect(z()).toBe(10);
  expect(sent()).toEqual([]);
});
