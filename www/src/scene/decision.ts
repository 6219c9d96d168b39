// Who draws the picture, and why: one pure function of what is wished and what is known, and the memory of what was too
// slow here. The sentence goes to a person.
import { formatBytes } from "../core/format";

export type Preference = "automatic" | "remote" | "local" | "hybrid";
export type Mode = "remote" | "local" | "hybrid";

export interface Known {
  /** Bytes of all arrays, and why the page cannot draw them. */
  bytes: number;
  whyNot: string | null;
  parts: number;
  /** Some version of it is on the stage. */
  ready: boolean;
  /** How much of the newest version is there, 0 to 1; null: all of it. */
  fraction: number | null;
  /** How long the newest version has been loading. */
  loadingMs: number;
  failed: string | null;
}

export interface Situation {
  preference: Preference;
  /** Why this browser cannot draw; null where it can. */
  noWebgl: string | null;
  /** Most bytes that Automatic draws. */
  limit: number;
  scene: Known | null;
  light: Known | null;
  pace: Pace;
}

export interface Decision {
  mode: Mode;
  why: string;
}

/** Scenes of this many bytes and more were drawn too slowly. */
export interface Pace {
  slowBytes: number | null;
  rate: number;
}

export const NO_PACE: Pace = { slowBytes: null, rate: 0 };
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
  return { slowBytes: bytes, rate: local };
}

export function decide(situation: Situation): Decision {
  const { preference, noWebgl } = situation;
  const remote = (why: string): Decision => ({ mode: "remote", why: `Remote: ${why}.` });
  if (preference === "remote") return remote("ParaView draws every picture, as the settings say");
  if (noWebgl) return remote(noWebgl);
  if (preference === "hybrid") return hybrid(situation, remote);
  const { scene, limit, pace } = situation;
  if (!scene) return remote("the geometry has not come yet");
  // What the server says is a sentence already.
  if (scene.whyNot) return { mode: "remote", why: `Remote: ${lower(scene.whyNot)}` };
  if (scene.failed) return { mode: "remote", why: `Remote: ${lower(scene.failed)}` };
  if (scene.parts === 0) return remote("there is nothing to draw");
  if (preference === "automatic") {
    if (scene.bytes > limit)
      return remote(
        `the geometry is ${formatBytes(scene.bytes)}, more than the ${formatBytes(limit)} that this page draws itself`,
      );
    if (pace.slowBytes !== null && scene.bytes >= CLEARLY_SMALLER * pace.slowBytes)
      return remote(
        `this browser draws ${Math.round(pace.rate)} pictures a second of it, fewer than come as images`,
      );
  }
  const late = preference === "automatic" && scene.fraction !== null && scene.loadingMs > PATIENCE_MS;
  if (!scene.ready || late) return remote(`the geometry is on its way (${percent(scene.fraction)})`);
  return {
    mode: "local",
    why: "Local: this page draws the geometry; turning it asks nothing of the server.",
  };
}

function hybrid({ light }: Situation, remote: (why: string) => Decision): Decision {
  if (light?.whyNot) return { mode: "remote", why: `Remote: ${lower(light.whyNot)}` };
  if (light?.failed) return { mode: "remote", why: `Remote: ${lower(light.failed)}` };
  if (!light) return { mode: "hybrid", why: "Hybrid: the coarse geometry has not come yet." };
  if (!light.ready) return remote(`the coarse geometry is on its way (${percent(light.fraction)})`);
  return { mode: "hybrid", why: "Hybrid: coarse geometry while moving, ParaView's own image at rest." };
}

const percent = (fraction: number | null) => `${Math.round((fraction ?? 0) * 100)} %`;
/** A sentence inside of another, unless it begins with a name. */
const lower = (text: string) =>
  /^(The|This|There|That|An?|One|Some\w*|Labels|Shadows|Lights|Ray) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text; // prettier-ignore

/** What the gateway is told: hybrid is asked for before its geometry is there, since it only comes then. */
export function wished(preference: Preference, decision: Decision): Mode {
  return preference === "hybrid" ? "hybrid" : decision.mode;
}
