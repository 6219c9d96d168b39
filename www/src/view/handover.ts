// Which of two pictures is on screen: the server's image or the one drawn here. Pure. The other one takes over only
// when it shows the same camera, so that switching is never seen.
import type { RenderMode } from "../state/views";

export type Shown = "remote" | "local";

export interface Pictures {
  mode: RenderMode;
  /** There is something in the local view and WebGL is there. */
  localReady: boolean;
  /** The hand moves, or rested only just now. */
  moving: boolean;
  /** The newest image is what the view is to look like now (final.ts), and came after images were asked for again. */
  remoteMatches: boolean;
}

export function handOver(shown: Shown, { mode, localReady, moving, remoteMatches }: Pictures): Shown {
  if (!localReady) return "remote";
  if (mode === "local") return "local";
  if (mode === "hybrid") return moving || !remoteMatches ? "local" : "remote";
  return shown === "local" && !remoteMatches ? "local" : "remote";
}
