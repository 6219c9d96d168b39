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
  const steps: string[] = [];
  class Stage {
    constructor(readonly canvas: HTMLCanvasElement) {}
    show(loaded: { scene: { version: number } }) {
      if (loaded.scene.version === 13) throw new Error("bad luck");
      shown.push(loaded.scene.version);
    }
    draw() {}
    *rehearse() {
      for (const step of ["background", "axes", "mesh"]) {
        steps.push(step);
        yield;
      }
    }
    async finish() {
      await new Promise<void>((done) => clock.later(done, 5));
      steps.push("done");
    }
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
  /** An import that is under way ends. */
  const arrive = async (at: number) => {
    arrivals[at]?.();
    await settle();
    for (let turn = 0; turn < 2; turn++) {
      clock.pass(0);
      await settle();
    }
  };
  const give = async (version: number) => {
    picture.offer("full", points(version));
    await settle();
    gateway.answer(`p${version}`, new Float32Array(9));
    await settle();
  };
  return { picture, shown, arrive, give, canvases, steps, clock };
}

test("the newest scene stays, whichever import comes first", async () => {
  const { picture, shown, arrive, give } = world();
  await give(1);
  await give(2);
  await arrive(1);
  await arrive(0);
  expect(shown).toEqual([2]);
  expect(picture.known("full")).toMatchObject({ ready: true, fraction: null, failed: null });
});

test("a scene that cannot be drawn says so in a sentence", async () => {
  const { picture, arrive, give } = world();
  await give(13);
  await arrive(0);
  expect(picture.known("full")?.failed).toBe("This browser could not draw the geometry: bad luck.");
  expect(picture.shows("full")).toBe(false);
});

test("a lost context is noticed, and what was on the stage comes back with it", async () => {
  const { picture, shown, arrive, give, canvases } = world();
  await give(1);
  await arrive(0);
  const lost = new Event("webglcontextlost", { cancelable: true });
  canvases.stage.dispatchEvent(lost);
  expect(lost.defaultPrevented).toBe(true);
  expect(picture.noWebgl).toContain("graphics card");
  expect(picture.lostForNow).toBe(true);
  expect(picture.shows("full")).toBe(false);
  canvases.stage.dispatchEvent(new Event("webglcontextrestored"));
  await settle();
  await arrive(1);
  expect(picture.noWebgl).toBeNull();
  expect(shown).toEqual([1, 1]);
});

test("what is new is drawn step by step, each after the one before is done", async () => {
  const { picture, arrive, give, steps, clock } = world();
  await give(1);
  await arrive(0);
  const trial = picture.rehearse({} as never, 8, 8);
  for (let at = 0; at < 4; at++) {
    clock.pass(5);
    await settle();
  }
  expect(await trial).toBe(5);
  expect(steps).toEqual(["done", "background", "done", "axes", "done", "mesh", "done"]);
});

test("another scene on the stage ends the trial of the one before", async () => {
  const { picture, arrive, give, steps, clock } = world();
  await give(1);
  await arrive(0);
  const trial = picture.rehearse({} as never, 8, 8);
  clock.pass(5);
  await settle();
  await give(2);
  await arrive(1);
  expect(picture.loaded?.scene.version).toBe(2);
  clock.pass(5);
  expect(await trial).toBeNull();
  expect(steps).toEqual(["done", "background", "done"]);
});
