// When cameras are sent: at most one for each animation frame while the hand moves, and a last one when it rests.
// Also measures how long a movement takes to come back as a picture.
import type { Camera } from "../../protocol.gen";

export interface Timers {
  now(): number;
  frame(run: () => void): void;
  later(run: () => void, ms: number): () => void;
}

export interface Sent {
  camera: Camera;
  motion: number;
  interactive: boolean;
}

/** Rest after the last movement before the full picture is asked for. */
export const REST_MS = 100;
/** Without an animation frame for so long nobody looks, and no frame is awaited. */
export const UNSEEN_MS = 2000;
const REMEMBERED = 120;

export class Motion {
  private waiting: Camera | null = null;
  private last: Camera | null = null;
  private scheduled = false;
  private cancelRest: (() => void) | null = null;
  private number = 0;
  private readonly sentAt = new Map<number, number>();

  constructor(
    private readonly send: (sent: Sent) => void,
    private readonly timers: Timers,
  ) {}

  /** Whether the hand moved and the full picture is still to be asked for. */
  get moving(): boolean {
    return this.waiting !== null || this.cancelRest !== null;
  }

  /** Number of the newest camera sent. */
  get newest(): number {
    return this.number;
  }

  move(camera: Camera): void {
    this.waiting = camera;
    this.last = camera;
    this.awaitRest();
    if (this.scheduled) return;
    this.scheduled = true;
    this.timers.frame(() => {
      this.scheduled = false;
      if (this.waiting) this.dispatch(this.waiting, true);
    });
  }

  /** Time from a camera to the picture that shows it, ms; null where it is not known. Asked once for each. */
  latency(motion: number): number | null {
    const at = this.sentAt.get(motion);
    if (at === undefined) return null;
    for (const key of this.sentAt.keys()) if (key <= motion) this.sentAt.delete(key);
    return this.timers.now() - at;
  }

  /** Somebody else moved the camera: what waits is out of date. */
  drop(): void {
    this.waiting = null;
    this.cancelRest?.();
    this.cancelRest = null;
  }

  /** Sends a camera that did not move, for a full picture of it. */
  ask(camera: Camera): void {
    if (!this.moving) this.dispatch(camera, false);
  }

  private awaitRest(): void {
    this.cancelRest?.();
    this.cancelRest = this.timers.later(() => this.nearlyRest(), REST_MS);
  }

  /** Browsers give the hand's movements out right before an animation frame, and frames are no more frequent than
   * pictures are drawn: only a frame that brought no movement is rest. */
  private nearlyRest(): void {
    let over = false;
    const rest = () => {
      if (over) return;
      this.cancelRest?.();
      this.cancelRest = null;
      if (this.last) this.dispatch(this.last, false);
    };
    const stop = this.timers.later(rest, UNSEEN_MS);
    this.cancelRest = () => {
      over = true;
      stop();
    };
    this.timers.frame(rest);
  }

  private dispatch(camera: Camera, interactive: boolean): void {
    this.waiting = null;
    this.number += 1;
    this.sentAt.set(this.number, this.timers.now());
    for (const key of this.sentAt.keys()) if (key <= this.number - REMEMBERED) this.sentAt.delete(key);
    this.send({ camera, motion: this.number, interactive });
  }
}
