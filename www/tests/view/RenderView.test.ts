import { mount, type VueWrapper } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Camera, Frame } from "@/protocol.gen";
import { usePrefs, type Preference } from "@/state/prefs";
import { useSession } from "@/state/session";
import { useViews } from "@/state/views";
import { BlobStore } from "@/view/local/arrays/blobs";
import { ByteCache } from "@/view/local/arrays/cache";
import type { Numbers } from "@/view/local/arrays/codec";
import type { Resources } from "@/view/local/resources";
import type * as ViewModule from "@/view/local/vtk/localView";
import RenderView from "@/view/RenderView.vue";
import { camera, FakeOutside, pipeline, snapshot, topics, view } from "../fakes";
import { blob, FakeGateway, mesh, part, scene } from "./local/things";

const SIZES: Record<string, { width: number; height: number }> = {
  "7": { width: 640, height: 400 },
  "8": { width: 300, height: 200 },
};
/** Longer than a page waits for an image before it tries to draw by itself. */
const TRIED_MS = 6000;
const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms);

let outside: FakeOutside;
let gateway: FakeGateway;
let resources: Resources;
/** Versions of the scenes that each local view was told to show, by its canvas. */
let shown: Map<HTMLCanvasElement, number[]>;
let open: VueWrapper[];
let version: number;

class LocalView {
  constructor(private readonly canvas: HTMLCanvasElement) {
    shown.set(canvas, []);
  }
  show(loaded: { scene: { version: number } }) {
    shown.get(this.canvas)?.push(loaded.scene.version);
  }
  draw() {}
  *rehearse() {}
  async finish() {}
  clear() {}
  delete() {}
}
class Annotations {
  show() {}
  draw() {}
}

/** As the browser's: it says once what there is. */
class Observer {
  constructor(private readonly told: () => void) {}
  observe() {
    setTimeout(this.told, 0);
  }
  disconnect() {}
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("WebGL2RenderingContext", Object); // prettier-ignore
  vi.stubGlobal("createImageBitmap", async () => ({ width: 4, height: 2, close: () => undefined }));
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
    return (SIZES[this.dataset.view ?? ""] ?? { width: 0, height: 0 }) as DOMRect;
  });
  setActivePinia(createPinia());
  outside = new FakeOutside();
  gateway = new FakeGateway();
  shown = new Map();
  open = [];
  version = 1;
  resources = {
    blobs: new BlobStore(gateway.fetch, gateway.decode, new ByteCache<Numbers>(1e6)),
    contextOf: () => ({}) as WebGL2RenderingContext,
    load: async () =>
      ({ LocalView, Annotations, prepare: async () => undefined }) as unknown as typeof ViewModule,
  };
});

afterEach(() => {
  for (const wrapper of open) wrapper.unmount();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Two views of one session, side by side. */
async function two(mode: Preference): Promise<[VueWrapper, VueWrapper]> {
  usePrefs().renderMode = mode;
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer(
    "session.hello",
    snapshot({ pipeline: pipeline(), "view/7": view("7"), "view/8": view("8") }),
  );
  await pass();
  const pair = [show("7"), show("8")] as [VueWrapper, VueWrapper];
  await pass(200);
  return pair;
}

function show(id: string): VueWrapper {
  const wrapper = mount(RenderView, { props: { view: id, resources }, attachTo: document.body });
  open.push(wrapper);
  return wrapper;
}

function change(values: Record<string, unknown>): Promise<unknown> {
  const changes = topics(values, (version += 1));
  outside.socket.receive({ jsonrpc: "2.0", method: "state.changed", params: { changes } });
  return pass();
}

function image(id: string, seq: number, changes: Partial<Frame> = {}): Promise<unknown> {
  const header: Partial<Frame> = {
    type: "frame", view: id, seq, width: 4, height: 2, full: [4, 2], format: "jpeg", keyframe: true, still: true, motion: 0,
    camera: camera(), ...changes,
  }; // prettier-ignore
  useSession().binary({ header: { ...header }, payload: new Uint8Array([seq]) });
  return pass();
}

const sent = (method: string) =>
  outside.socket.sent.filter((message) => message.method === method).map(({ params }) => params);
const seqs = (...wrappers: VueWrapper[]) => wrappers.map((wrapper) => wrapper.attributes("data-seq"));

describe("two views", () => {
  test("each shows its own images, and one of a view that is not there is passed over", async () => {
    const pair = await two("remote");
    await image("8", 5);
    expect(seqs(...pair)).toEqual(["0", "5"]);
    await image("9", 6);
    expect(seqs(...pair)).toEqual(["0", "5"]);
    await image("7", 7);
    expect(seqs(...pair)).toEqual(["7", "5"]);
    expect(sent("view.ack")).toEqual([
      { view: "8", seq: 5 },
      { view: "9", seq: 6 },
      { view: "7", seq: 7 },
    ]);
    const views = useViews();
    expect([views.of("7"), views.of("8")].map(({ image: found }) => found?.frame.view)).toEqual(["7", "8"]);
    expect(views.shown).toBe(views.of("7"));
    expect(views.of("9").seq).toBe(0);
  });

  test("each has its own camera, whoever moves it", async () => {
    const [one, other] = await two("remote");
    await one.trigger("keydown", { key: "+" });
    await pass(1000);
    expect(new Set(sent("view.camera.set").map((params) => params.view))).toEqual(new Set(["7"]));
    const far = { ...camera(), position: [0, 0, 50] };
    outside.socket.receive({
      jsonrpc: "2.0",
      method: "view.camera.moved",
      params: { view: "8", camera: far, client: "c2" },
    });
    await pass(1000);
    for (const wrapper of [one, other]) {
      await wrapper.trigger("keydown", { key: "+" });
      await pass(1000);
    }
    const last = (id: string) => {
      const own = sent("view.camera.set").filter((params) => params.view === id);
      return (own.pop()?.camera as Camera).position[2];
    };
    expect(last("7")).toBeCloseTo(camera().position[2] / 1.15 ** 2);
    expect(last("8")).toBeCloseTo(50 / 1.15);
  });

  test("each says who draws it, and that its video broke", async () => {
    await two("remote");
    expect(sent("view.mode")).toEqual([
      { view: "7", mode: "remote", limit: 0 },
      { view: "8", mode: "remote", limit: 0 },
    ]);
    // A picture of a video without the one that it begins with.
    await image("8", 5, { format: "h264", keyframe: false });
    expect(sent("view.keyframe")).toEqual([{ view: "8" }]);
  });

  test("what takes another's place begins a video of its own", async () => {
    const given: string[] = [];
    class Decoder {
      state = "configured";
      configure = () => undefined;
      decode = ({ type }: { type: string }) => void given.push(type);
      close = () => undefined;
    }
    vi.stubGlobal("VideoDecoder", Decoder);
    vi.stubGlobal("EncodedVideoChunk", class { type: string; constructor(init: { type: string }) { this.type = init.type; } }); // prettier-ignore
    const [one] = await two("remote");
    await image("7", 5, { format: "h264", keyframe: true, still: false });
    await image("7", 6, { format: "h264", keyframe: false, still: false });
    expect(given).toEqual(["key", "delta"]);
    await one.setProps({ view: "9" });
    await image("9", 7, { format: "h264", keyframe: false, still: false });
    expect(given).toEqual(["key", "delta"]);
    expect(sent("view.keyframe")).toEqual([{ view: "9" }]);
  });

  test("each has its own size", async () => {
    const pair = await two("remote");
    expect(sent("view.size").map(({ view: id, width, height }) => [id, width, height])).toEqual([
      ["7", 640, 400],
      ["8", 300, 200],
    ]);
    expect(pair.map((wrapper) => wrapper.get("canvas").element.width)).toEqual([640, 300]);
  });

  test("each draws its own scene; an array that both have comes once", async () => {
    const [one, other] = await two("local");
    const geometry = (own: string) => [
      part({ mesh: mesh({ points: blob("both", 3), normals: blob(own, 3), triangles: null }) }),
    ];
    await change({ "scene/8": scene(31, { view: "8", parts: geometry("eight") }) });
    gateway.answer("both", new Float32Array(9));
    gateway.answer("eight", new Float32Array(9));
    await pass(TRIED_MS);
    expect([...shown.values()]).toEqual([[31]]);
    expect([one, other].map((wrapper) => wrapper.attributes("data-shown"))).toEqual(["remote", "local"]);
    await change({ "scene/7": scene(12, { view: "7", parts: geometry("seven") }) });
    gateway.answer("seven", new Float32Array(9));
    await pass(TRIED_MS);
    expect([...shown.values()]).toEqual([[31], [12]]);
    expect([one, other].map((wrapper) => wrapper.attributes("data-scene"))).toEqual(["12", "31"]);
    expect(gateway.asked.sort()).toEqual(["both", "eight", "seven"]);
  });
});

test("a view that takes another's place goes on counting, and late images of the one before stay away", async () => {
  const [one] = await two("remote");
  open.pop()?.unmount();
  await image("7", 4);
  await one.setProps({ view: "8" });
  await pass();
  const views = useViews();
  expect([views.of("7").seq, views.of("8").seq]).toEqual([0, 4]);
  await image("7", 5);
  expect(seqs(one)).toEqual(["4"]);
  expect(sent("view.ack")).toContainEqual({ view: "7", seq: 5 });
  await image("8", 1);
  expect(seqs(one)).toEqual(["5"]);
});

test("while ParaView is away the last image stays, and a late one does not come over it", async () => {
  const [one] = await two("remote");
  await image("7", 4);
  await change({ pipeline: null, "view/7": null, "view/8": null });
  expect(one.attributes()).toMatchObject({ "data-seq": "4", "data-view": "" });
  await image("7", 5);
  expect(seqs(one)).toEqual(["4"]);
  expect(sent("view.ack")).toContainEqual({ view: "7", seq: 5 });
});
