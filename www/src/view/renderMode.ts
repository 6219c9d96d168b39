// Who draws the picture, and why: one pure function of what is wished and what is known, and the memory of what was too
// slow here. The sentence goes to a person.
import { formatBytes } from "../core/format";
import type { Preference } from "../state/prefs";
import type { RenderMode } from "../state/views";
import { bytesWithin, expected, HARDWARE, SOFTWARE, type Cost, type Work } from "./local/cost";

export interface Known {
  /** Bytes of all arrays, and why the page cannot draw them. */
  bytes: number;
  unsupportedReason: string | null;
  parts: number;
  /** Some version of it is in the local view. */
  ready: boolean;
  /** How much of the newest version is there, 0 to 1; null: all of it. */
  fraction: number | null;
  /** How long the newest version has been loading. */
  loadingMs: number;
  failed: string | null;
  /** What there is to draw. */
  work: Work;
}

/** What the browser draws with, and how much of it. */
export interface Canvas {
  software: boolean;
  pixels: number;
}

export interface Situation {
  preference: Preference;
  /** Why this browser cannot draw; null where it can. */
  noWebgl: string | null;
  /** Most bytes that Automatic draws. */
  limit: number;
  scene: Known | null;
  lod: Known | null;
  pace: Pace;
  canvas: Canvas;
  /** A reader or filter runs: on this machine it would wait for what the page draws with its processor. */
  busy: boolean;
}

export interface Decision {
  mode: RenderMode;
  why: string;
}

/** Scenes of this many bytes and more were drawn too slowly. */
export interface Pace {
  slowBytes: number | null;
  rate: number;
  /** Images a second that the server gives, as far as it is known. */
  remote: number | null;
}

export const NO_PACE: Pace = { slowBytes: null, rate: 0, remote: null };
/** Pictures a second at which a movement looks like one. */
const SMOOTH = 20;
/** What is taken for the rate of images where none were measured yet. */
const USUAL_REMOTE = 15;
/** A scene has to be this much smaller than a slow one to be tried again. */
const CLEARLY_SMALLER = 0.7;
/** Longer than this, and the server's images are there before the geometry is. */
export const PATIENCE_MS = 1500;

/** What a measured rate teaches. A slow scene stays slow: nothing goes back and forth. */
export function learn(pace: Pace, measured: { bytes: number; local: number; remote: number | null }): Pace {
  const { bytes, local, remote } = measured;
  const slow = local < SMOOTH && local < (remote ?? USUAL_REMOTE);
  if (!slow || bytes >= (pace.slowBytes ?? Infinity)) return pace;
  return { ...pace, slowBytes: bytes, rate: local };
}

const costOf = ({ software }: Canvas): Cost => (software ? SOFTWARE : HARDWARE);

/** Most bytes that are worth being described: what the settings say, and what can be drawn in time. */
export function mostBytes(limit: number, canvas: Canvas): number {
  return Math.min(limit, bytesWithin(costOf(canvas), 1000 / SMOOTH, canvas.pixels));
}

/** Pictures a second that are to be expected of this page. */
export const expectedRate = (canvas: Canvas, work: Work) =>
  1000 / expected(costOf(canvas), work, canvas.pixels);

/** Why Automatic does not even try a scene; null: it does. */
function tooMuch({ limit, pace, canvas }: Situation, scene: Known): string | null {
  const size = formatBytes(scene.bytes);
  if (scene.bytes > limit)
    return `the geometry is ${size}, more than the ${formatBytes(limit)} that this page draws itself`;
  if (scene.bytes > mostBytes(limit, canvas))
    return `the geometry is ${size}, and this browser draws without a graphics card; images are quicker`;
  if (pace.slowBytes !== null && scene.bytes >= CLEARLY_SMALLER * pace.slowBytes)
    return `this browser draws ${Math.round(pace.rate)} pictures a second of it, fewer than come as images`;
  const rate = expectedRate(canvas, scene.work);
  if (rate < SMOOTH && rate < (pace.remote ?? SMOOTH))
    return `this browser would draw some ${rate.toPrecision(1)} pictures a second of it, fewer than come as images`;
  return null;
}

export function decide(situation: Situation): Decision {
  const { preference, noWebgl } = situation;
  const remote = (why: string): Decision => ({ mode: "remote", why: `Remote: ${why}.` });
  if (preference === "remote") return remote("ParaView draws every picture, as the settings say");
  if (noWebgl) return remote(noWebgl);
  if (preference === "hybrid") return hybrid(situation, remote);
  const { scene, canvas, busy } = situation;
  if (!scene) return remote("the geometry has not come yet");
  // Past the limit the server says so too, but not why the limit is what it is.
  if (
    preference === "automatic" &&
    scene.unsupportedReason &&
    scene.parts === 0 &&
    scene.bytes > mostBytes(situation.limit, canvas)
  )
    return remote(tooMuch(situation, scene) ?? lower(scene.unsupportedReason));
  // What the server says is a sentence already.
  if (scene.unsupportedReason) return { mode: "remote", why: `Remote: ${lower(scene.unsupportedReason)}` };
  if (scene.failed) return { mode: "remote", why: `Remote: ${lower(scene.failed)}` };
  if (scene.parts === 0) return remote("there is nothing to draw");
  if (preference === "automatic") {
    const why = tooMuch(situation, scene);
    if (why) return remote(why);
  }
  // What is in the local view stays there: only what is new waits.
  if (!scene.ready && busy && canvas.software) return remote("a filter has the processor first");
  const late = preference === "automatic" && scene.fraction !== null && scene.loadingMs > PATIENCE_MS;
  if (!scene.ready || late) return remote(`the geometry is on its way (${percent(scene.fraction)})`);
  return {
    mode: "local",
    why: "Local: this page draws the geometry; turning it asks nothing of the server.",
  };
}

function hybrid({ lod }: Situation, remote: (why: string) => Decision): Decision {
  if (lod?.unsupportedReason) return { mode: "remote", why: `Remote: ${lower(lod.unsupportedReason)}` };
  if (lod?.failed) return { mode: "remote", why: `Remote: ${lower(lod.failed)}` };
  if (!lod) return { mode: "hybrid", why: "Hybrid: the coarse geometry has not come yet." };
  if (!lod.ready) return remote(`the coarse geometry is on its way (${percent(lod.fraction)})`);
  return { mode: "hybrid", why: "Hybrid: coarse geometry while moving, ParaView's own image at rest." };
}

const percent = (fraction: number | null) => `${Math.round((fraction ?? 0) * 100)} %`;
/** A sentence inside of another, unless it begins with a name. */
const lower = (text: string) =>
  /^(The|This|There|That|An?|One|Some\w*|Labels|Shadows|Lights|Ray) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text; // prettier-ignore

/** What the gateway is told: hybrid is asked for before its geometry is there, since it only comes then. */
export function wished(preference: Preference, decision: Decision): RenderMode {
  return preference === "hybrid" ? "hybrid" : decision.mode;
}
