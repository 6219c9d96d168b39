import { expect, test } from "vitest";
import { decide, learn, mostBytes, NO_PACE, wished, type Known, type Situation } from "@/view/renderMode";

const MB = 1e6;
const known = (changes: Partial<Known> = {}): Known => ({
  bytes: 10 * MB, unsupportedReason: null, parts: 1, ready: true, fraction: null, loadingMs: 0, failed: null,
  work: { triangles: 300_000, lines: 0, vertices: 0, layers: 1, volume: false }, ...changes,
}); // prettier-ignore
const situation = (changes: Partial<Situation> = {}): Situation => ({
  preference: "automatic", noWebgl: null, limit: 64 * MB, scene: known(), lod: null, pace: NO_PACE,
  canvas: { software: false, pixels: 700_000 }, busy: false, ...changes,
}); // prettier-ignore

test("automatic draws here what is small, loaded and quick", () => {
  expect(decide(situation()).mode).toBe("local");
});

test.each([
  [{ scene: known({ bytes: 812 * MB }) }, "Remote: the geometry is 812 MB, more than the 64.0 MB that this page draws itself."],
  [{ scene: known({ unsupportedReason: "Volume rendering is drawn by ParaView alone." }) }, "Remote: Volume rendering is drawn by ParaView alone."],
  [{ scene: known({ unsupportedReason: "The image is too large." }) }, "Remote: the image is too large."],
  [{ scene: known({ parts: 0 }) }, "Remote: there is nothing to draw."],
  [{ scene: null }, "Remote: the geometry has not come yet."],
  [{ scene: known({ ready: false, fraction: 0.43 }) }, "Remote: the geometry is on its way (43 %)."],
  [{ noWebgl: "this browser has no WebGL" }, "Remote: this browser has no WebGL."],
  [{ scene: known({ failed: "An array of the scene is gone (404)." }) }, "Remote: an array of the scene is gone (404)."],
  [{ preference: "remote" as const }, "Remote: ParaView draws every picture, as the settings say."],
])("otherwise ParaView draws, and a sentence says why: %#", (changes, why) => {
  expect(decide(situation(changes))).toEqual({ mode: "remote", why });
}); // prettier-ignore

test("local draws past the limit and however slowly, but not what it cannot", () => {
  const large = known({ bytes: 900 * MB });
  const pace = { ...NO_PACE, slowBytes: MB, rate: 3 };
  expect(decide(situation({ preference: "local", scene: large, pace })).mode).toBe("local");
  expect(decide(situation({ preference: "local", scene: known({ unsupportedReason: "No." }) })).mode).toBe(
    "remote",
  );
});

test("a newer scene that loads quickly changes nothing; one that takes long comes as images", () => {
  const loading = (loadingMs: number) => situation({ scene: known({ fraction: 0.5, loadingMs }) });
  expect(decide(loading(300)).mode).toBe("local");
  expect(decide(loading(3000)).mode).toBe("remote");
  expect(decide({ ...loading(3000), preference: "local" }).mode).toBe("local");
});

test("what was slower than the images goes back to them, and stays there", () => {
  const slow = learn(NO_PACE, { bytes: 10 * MB, local: 7, remote: 25 });
  expect(decide(situation({ pace: slow })).why).toBe(
    "Remote: this browser draws 7 pictures a second of it, fewer than come as images.",
  );
  expect(learn(slow, { bytes: 10 * MB, local: 60, remote: 25 })).toBe(slow);
  expect(decide(situation({ pace: slow, scene: known({ bytes: 9 * MB }) })).mode).toBe("remote");
  expect(decide(situation({ pace: slow, scene: known({ bytes: 2 * MB }) })).mode).toBe("local");
});

test("slow is only what is below 20 a second and below the images", () => {
  expect(learn(NO_PACE, { bytes: MB, local: 21, remote: 60 })).toBe(NO_PACE);
  expect(learn(NO_PACE, { bytes: MB, local: 12, remote: 8 })).toBe(NO_PACE);
  expect(learn(NO_PACE, { bytes: MB, local: 16, remote: null })).toBe(NO_PACE);
  expect(learn(NO_PACE, { bytes: MB, local: 12, remote: null }).slowBytes).toBe(MB);
});

test("hybrid is asked for before its geometry is there", () => {
  const waiting = situation({ preference: "hybrid", lod: known({ ready: false, fraction: 0 }) });
  expect(decide(waiting).mode).toBe("remote");
  expect(wished("hybrid", decide(waiting))).toBe("hybrid");
  expect(decide(situation({ preference: "hybrid", lod: known() })).mode).toBe("hybrid");
});

const software = { software: true, pixels: 700_000 };
const of = (triangles: number, changes: Partial<Known> = {}) =>
  known({ bytes: triangles * 26, work: { ...known().work, triangles }, ...changes });

test("without a graphics card only what will surely be smooth is fetched at all", () => {
  expect(decide(situation({ canvas: software, scene: of(36_000) })).mode).toBe("local");
  const glyphs = of(600_000, { ready: false, fraction: 0 });
  expect(decide(situation({ scene: glyphs })).why).toContain("on its way");
  expect(decide(situation({ canvas: software, scene: glyphs })).why).toBe(
    "Remote: the geometry is 15.6 MB, and this browser draws without a graphics card; images are quicker.",
  );
  const volume = known({ bytes: 1e6, work: { ...known().work, triangles: 0, volume: true } });
  expect(decide(situation({ canvas: software, scene: volume })).why).toMatch(
    /would draw some 0\.9 pictures a second/,
  );
  expect(decide(situation({ canvas: software, scene: glyphs, preference: "local" })).why).toContain(
    "on its way",
  );
});

test("what it expects is compared with what the server is known to give", () => {
  const scene = of(130_000, { bytes: MB });
  expect(decide(situation({ canvas: software, scene })).mode).toBe("remote");
  const slow = { ...NO_PACE, remote: 6.5 };
  expect(decide(situation({ canvas: software, scene, pace: slow })).mode).toBe("local");
});

test("the server is not asked to describe what would be too slow", () => {
  expect(mostBytes(64 * MB, software)).toBeLessThan(8 * MB);
  expect(mostBytes(MB, software)).toBe(MB);
  expect(mostBytes(64 * MB, { software: false, pixels: 700_000 })).toBe(64 * MB);
  const kept = of(0, {
    bytes: 30 * MB,
    unsupportedReason: "The geometry is 30 MB; this page draws up to 5 MB itself.",
    parts: 0,
  });
  expect(decide(situation({ canvas: software, scene: kept })).why).toContain("draws without a graphics card");
});

test("while a filter runs what is not in the local view yet waits, where both use one processor", () => {
  const busy = { busy: true, canvas: software };
  expect(decide(situation({ ...busy, scene: of(1000, { ready: false, fraction: 0 }) })).why).toBe(
    "Remote: a filter has the processor first.",
  );
  expect(decide(situation({ ...busy, scene: of(1000) })).mode).toBe("local");
  expect(decide(situation({ busy: true, scene: known({ ready: false, fraction: 0.1 }) })).why).toContain(
    "on its way",
  );
});
