import { expect, test } from "vitest";
import { BlobStore } from "@/view/local/arrays/blobs";
import { ByteCache } from "@/view/local/arrays/cache";
import type { Numbers } from "@/view/local/arrays/codec";
import { LocalDrawing } from "@/view/local/drawing";
import type * as ViewModule from "@/view/local/vtk/localView";
import { FakeOutside, settle } from "../../fakes";
import { blob, FakeGateway, mesh, part, scene } from "./things";

const points = (version: number) =>
  scene(version, { parts: [part({ mesh: mesh({ points: blob(`p${version}`, 3), triangles: null }) })] });

/** A view that notes what it is to show, and modules that come when the test says so. */
function world() {
  const clock = new FakeOutside();
  const gateway = new FakeGateway();
  const shown: number[] = [];
  const arrivals: (() => void)[] = [];
  const steps: string[] = [];
  class LocalView {
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
  class Annotations {
    show() {}
    draw() {}
  }
  const module = { LocalView, Annotations, prepare: async () => undefined } as unknown as typeof ViewModule;
  const canvas = () => document.createElement("canvas");
  const canvases = { geometry: canvas(), annotations: canvas(), letters: canvas() };
  const host = {
    canvases: () => canvases, changed: () => undefined, taken: () => undefined, now: () => clock.time,
    later: clock.later.bind(clock),
  }; // prettier-ignore
  const drawing = new LocalDrawing(host, {
    blobs: new BlobStore(gateway.fetch, gateway.decode, new ByteCache<Numbers>(1e6)),
    contextOf: () => ({}) as WebGL2RenderingContext,
    load: () => new Promise((resolve) => arrivals.push(() => resolve(module))),
  });
  drawing.noWebgl = null;
  drawing.want("full", true);
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
    drawing.offer("full", points(version));
    await settle();
    gateway.answer(`p${version}`, new Float32Array(9));
    await settle();
  };
  return { drawing, shown, arrive, give, canvases, steps, clock };
}

test("the newest scene stays, whichever import comes first", async () => {
  const { drawing, shown, arrive, give } = world();
  await give(1);
  await give(2);
  await arrive(1);
  await arrive(0);
  expect(shown).toEqual([2]);
  expect(drawing.known("full")).toMatchObject({ ready: true, fraction: null, failed: null });
});

test("a scene that cannot be drawn says so in a sentence", async () => {
  const { drawing, arrive, give } = world();
  await give(13);
  await arrive(0);
  expect(drawing.known("full")?.failed).toBe("This browser could not draw the geometry: bad luck.");
  expect(drawing.shows("full")).toBe(false);
});

test("a lost context is noticed, and what was in the local view comes back with it", async () => {
  const { drawing, shown, arrive, give, canvases } = world();
  await give(1);
  await arrive(0);
  const lost = new Event("webglcontextlost", { cancelable: true });
  canvases.geometry.dispatchEvent(lost);
  expect(lost.defaultPrevented).toBe(true);
  expect(drawing.noWebgl).toContain("graphics card");
  expect(drawing.lostForNow).toBe(true);
  expect(drawing.shows("full")).toBe(false);
  canvases.geometry.dispatchEvent(new Event("webglcontextrestored"));
  await settle();
  await arrive(1);
  expect(drawing.noWebgl).toBeNull();
  expect(shown).toEqual([1, 1]);
});

test("what is new is drawn step by step, each after the one before is done", async () => {
  const { drawing, arrive, give, steps, clock } = world();
  await give(1);
  await arrive(0);
  const trial = drawing.rehearse({} as never, 8, 8);
  for (let at = 0; at < 4; at++) {
    clock.pass(5);
    await settle();
  }
  expect(await trial).toBe(5);
  expect(steps).toEqual(["done", "background", "done", "axes", "done", "mesh", "done"]);
});

test("another scene in the local view ends the trial of the one before", async () => {
  const { drawing, arrive, give, steps, clock } = world();
  await give(1);
  await arrive(0);
  const trial = drawing.rehearse({} as never, 8, 8);
  clock.pass(5);
  await settle();
  await give(2);
  await arrive(1);
  expect(drawing.loaded?.scene.version).toBe(2);
  clock.pass(5);
  expect(await trial).toBeNull();
  expect(steps).toEqual(["done", "background", "done"]);
});
