// Pictures a second that this browser can draw: counted only from one picture to the next of a movement that did not
// wait for the hand, so that a slow hand is no slow browser.

const KEPT = 40;
const FEWEST = 6;

export class FrameMeter {
  private intervals: number[] = [];
  private last: number | null = null;

  /** A picture is drawn in this animation frame, because something changed since the one before. */
  drawn(now: number): void {
    if (this.last !== null && now > this.last) {
      this.intervals.push(now - this.last);
      if (this.intervals.length > KEPT) this.intervals.shift();
    }
    this.last = now;
  }

  /** An animation frame came and there was nothing to draw. */
  rested(): void {
    this.last = null;
  }

  /** Pictures a second; null while there are too few to tell. */
  get rate(): number | null {
    if (this.intervals.length < FEWEST) return null;
    return (this.intervals.length * 1000) / this.intervals.reduce((sum, interval) => sum + interval, 0);
  }

  /** Another scene: what was measured says nothing of it. */
  clear(): void {
    this.intervals = [];
    this.last = null;
  }
}
