import { beforeEach, expect, test } from "vitest";
import { BlobStore } from "@/view/local/arrays/blobs";
import { ByteCache } from "@/view/local/arrays/cache";
import type { Numbers } from "@/view/local/arrays/codec";
import { SceneLoader } from "@/view/local/loader";
import { FakeOutside, settle } from "../../fakes";
import { blob, FakeGateway, mesh, part, scene } from "./things";

let gateway: FakeGateway;
let clock: FakeOutside;
let loader: SceneLoader;
let ready: number[];
let failures: (string | null)[];

beforeEach(() => {
  gateway = new FakeGateway();
  clock = new FakeOutside();
  ready = [];
  failures = [];
  const store = new BlobStore(gateway.fetch, gateway.decode, new ByteCache<Numbers>(1e6));
  const listener = {
    ready: ({ scene: { version } }: { scene: { version: number } }) => void ready.push(version),
    failed: (sentence: string | null) => void failures.push(sentence),
    progress: () => undefined,
  };
  loader = new SceneLoader(store, listener, clock.later.bind(clock));
});

const step = (version: number) =>
  scene(version, { parts: [part({ mesh: mesh({ points: blob(`p${version}`, 3), triangles: null }) })] });
const points = new Float32Array(9);

test("a scene is ready when all of its arrays are there", async () => {
  loader.load(scene(1));
  await settle();
  gateway.answer("points", points);
  await settle();
  expect(ready).toEqual([]);
  expect(loader.loading?.fraction).toBeCloseTo(36 / 48);
  gateway.answer("triangles", new Uint32Array(3));
  await settle();
  expect(ready).toEqual([1]);
  expect(loader.loading).toBeNull();
});

test("while scenes come faster than they load, each that began is shown and the newest is next", async () => {
  loader.load(step(1));
  await settle();
  loader.load(step(2));
  loader.load(step(3));
  gateway.answer("p1", points);
  await settle();
  expect(ready).toEqual([1]);
  gateway.answer("p3", points);
  await settle();
  expect(ready).toEqual([1, 3]);
  expect(gateway.asked).toEqual(["p1", "p3"]);
});

test("a lost connection is tried again, and what was said before is taken back", async () => {
  loader.load(step(1));
  await settle();
  gateway.fail("p1");
  await settle();
  expect(failures).toEqual(["The geometry could not be fetched."]);
  clock.pass(500);
  await settle();
  gateway.answer("p1", points);
  await settle();
  expect(failures).toEqual(["The geometry could not be fetched.", null]);
  expect(ready).toEqual([1]);
});

test("a broken array is no picture and no endless trying", async () => {
  loader.load(step(1));
  for (let attempt = 0; attempt < 6; attempt++) {
    await settle();
    gateway.answer("p1", new Uint8Array(7));
    await settle();
    clock.pass(10_000);
  }
  expect(ready).toEqual([]);
  expect(failures[0]).toMatch(/^An array has 7 bytes instead of 36/);
  expect(gateway.asked.length).toBe(4);
});

test("what is stopped comes no more", async () => {
  loader.load(step(1));
  await settle();
  loader.stop();
  gateway.answer("p1", points);
  await settle();
  expect(ready).toEqual([]);
  expect(failures).toEqual([]);
});
