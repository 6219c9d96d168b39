import { expect, test } from "vitest";
import { BlobStore } from "@/scene/blobs";
import { ByteCache } from "@/scene/cache";
import type { Numbers } from "@/scene/codec";
import { LocalPicture } from "@/scene/local";
import type * as StageModule from "@/scene/stage";
import { FakeOutside, settle } from "../fakes";
import { blob, FakeGateway, mesh, part, scene } from "./things";

const points = (version: number) =>
  scene(version, { parts: [part({ mesh: mesh({ points: blob(`p${version}`, 3), triangles: null }) })] });

/** A stage that notes what it is to show, and modules that come when the test says so. */
function world() {
  const clock = new FakeOutside();
  const gateway = new FakeGateway();
  const shown: number[] = [];
  const arrivals: (() => void)[] = [];
  class Stage {
    constructor(readonly canvas: HTMLCanvasElement) {}
    show(loaded: { scene: { version: number } }) {
      if (loaded.scene.version === 13) throw new Error("bad luck");
      shown.push(loaded.scene.version);
    }
    draw() {}
    clear() {}
    delete() {}
  }
  class Overlay {
    show() {}
    draw() {}
  }
  const module = { Stage, Overlay, prepare: async () => undefined } as unknown as typeof StageModule;
  const canvas = () => document.createElement("canvas");
  const canvases = { stage: canvas(), overlay: canvas(), letters: canvas() };
  const host = {
    canvases: () => canvases, changed: () => undefined, staged: () => undefined, now: () => clock.time,
    later: clock.later.bind(clock),
  }; // prettier-ignore
  const store = new BlobStore(gateway.fetch, gateway.decode, new ByteCache<Numbers>(1e6));
  const picture = new LocalPicture(
    host,
    store,
    () => new Promise((resolve) => arrivals.push(() => resolve(module))),
  );
  picture.noWebgl = null;
  picture.want("full", true);
  const give = async (version: number) => {
    picture.offer("full", points(version));
    await settle();
    gateway.answer(`p${version}`, new Float32Array(9));
    await settle();
  };
  return { picture, shown, arrivals, give, canvases };
}

test("the newest scene stays, whichever import comes first", async () => {
  const { picture, shown, arrivals, give } = world();
  await give(1);
  await give(2);
  arrivals[1]?.();
  await settle();
  arrivals[0]?.();
  await settle();
  expect(shown).toEqual([2]);
  expect(picture.known("full")).toMatchObject({ ready: true, fraction: null, failed: null });
});

test("a scene that cannot be drawn says so in a sentence", async () => {
  const { picture, arrivals, give } = world();
  await give(13);
  arrivals[0]?.();
  await settle();
  expect(picture.known("full")?.failed).toBe("This browser could not draw the geometry: bad luck.");
  expect(picture.shows("full")).toBe(false);
});

test("a lost context is noticed, and what was on the stage comes back with it", async () => {
  const { picture, shown, arrivals, give, canvases } = world();
  await give(1);
  arrivals[0]?.();
  await settle();
  const lost = new Event("webglcontextlost", { cancelable: true });
  canvases.stage.dispatchEvent(lost);
  expect(lost.defaultPrevented).toBe(true);
  expect(picture.noWebgl).toContain("graphics card");
  expect(picture.lostForNow).toBe(true);
  expect(picture.shows("full")).toBe(false);
  canvases.stage.dispatchEvent(new Event("webglcontextrestored"));
  await settle();
  arrivals[1]?.();
  await settle();
  expect(picture.noWebgl).toBeNull();
  expect(shown).toEqual([1, 1]);
});
