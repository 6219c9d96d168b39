// Gestures: pointers, wheel and keys in, new cameras out. Takes plain numbers, so that tests need no browser.
import type { Camera } from "../../protocol.gen";
import { pan, rotate, zoom, type Point } from "./maths";

export interface PointerInput {
  id: number;
  x: number;
  y: number;
  touch: boolean;
  button: number;
  shift: boolean;
  ctrl: boolean;
}

export interface Scene {
  camera(): Camera | null;
  center(): Readonly<Point>;
  /** Size of the view, in the units of the pointer. */
  size(): { width: number; height: number };
  move(camera: Camera): void;
  /** A double tap. */
  home(): void;
}

type Mode = "rotate" | "pan" | "zoom";
interface Held {
  x: number;
  y: number;
}

const TAP_MS = 320;
const TAP_DISTANCE = 28;
const KEY_TURN = 5 / 360;

export class Gestures {
  private readonly held = new Map<number, Held>();
  private mode: Mode = "rotate";
  private lastTap = { at: -Infinity, x: 0, y: 0 };
  private travelled = 0;

  constructor(
    private readonly scene: Scene,
    private readonly now: () => number,
  ) {}

  down(input: PointerInput): void {
    if (this.held.size === 0) this.travelled = 0;
    this.held.set(input.id, { x: input.x, y: input.y });
    if (!input.touch) this.mode = modeOf(input);
  }

  drag(input: PointerInput): void {
    const before = this.held.get(input.id);
    const camera = this.scene.camera();
    if (!before || !camera) return;
    const { height } = this.scene.size();
    const dx = (input.x - before.x) / height;
    const dy = (before.y - input.y) / height;
    this.travelled += Math.hypot(input.x - before.x, input.y - before.y);
    const after = { x: input.x, y: input.y };
    const next =
      this.held.size > 1 ? this.pinch(camera, input.id, after) : this.single(camera, dx, dy, input.touch);
    this.held.set(input.id, after);
    this.scene.move(next);
  }

  up(input: PointerInput): void {
    if (!this.held.delete(input.id) || this.held.size > 0) return;
    if (input.touch) this.tap(input);
  }

  /** Wheel or track pad; `delta` in pixels, positive away from the picture. */
  wheel(x: number, y: number, delta: number): void {
    const camera = this.scene.camera();
    if (!camera) return;
    const at = this.fromMiddle(x, y);
    this.scene.move(zoom(camera, Math.exp(-clamp(delta, 240) * 0.0016), at.x, at.y));
  }

  /** Keys on the focused picture; true where the key meant something. */
  key(key: string, shift: boolean, ctrl: boolean): boolean {
    const camera = this.scene.camera();
    const next = camera && keyed(camera, this.scene.center(), key, shift, ctrl);
    if (!next) return false;
    this.scene.move(next);
    return true;
  }

  private single(camera: Camera, dx: number, dy: number, touch: boolean): Camera {
    const mode = touch ? "rotate" : this.mode;
    if (mode === "pan") return pan(camera, dx, dy);
    if (mode === "zoom") return zoom(camera, Math.exp(dy * 3));
    const { width, height } = this.scene.size();
    // Sideways, the width counts: from edge to edge is one turn either way.
    return rotate(camera, this.scene.center(), (dx * height) / width, dy);
  }

  private pinch(camera: Camera, id: number, after: Held): Camera {
    const other = [...this.held].find(([key]) => key !== id)?.[1];
    const before = this.held.get(id);
    if (!other || !before) return camera;
    const { height } = this.scene.size();
    const spread = Math.max(8, Math.hypot(after.x - other.x, after.y - other.y));
    const spreadBefore = Math.max(8, Math.hypot(before.x - other.x, before.y - other.y));
    const at = this.fromMiddle((after.x + other.x) / 2, (after.y + other.y) / 2);
    const moved = pan(camera, (after.x - before.x) / 2 / height, (before.y - after.y) / 2 / height);
    return zoom(moved, spread / spreadBefore, at.x, at.y);
  }

  private tap(input: PointerInput): void {
    if (this.travelled > TAP_DISTANCE) return;
    const near = Math.hypot(input.x - this.lastTap.x, input.y - this.lastTap.y) < TAP_DISTANCE;
    if (near && this.now() - this.lastTap.at < TAP_MS) {
      this.lastTap.at = -Infinity;
      this.scene.home();
    } else {
      this.lastTap = { at: this.now(), x: input.x, y: input.y };
    }
  }

  private fromMiddle(x: number, y: number): Held {
    const { width, height } = this.scene.size();
    return { x: (x - width / 2) / height, y: (height / 2 - y) / height };
  }
}

function modeOf(input: PointerInput): Mode {
  if (input.button === 1) return "pan";
  if (input.button === 2) return "zoom";
  if (input.shift) return "pan";
  return input.ctrl ? "zoom" : "rotate";
}

function keyed(
  camera: Camera,
  center: Readonly<Point>,
  key: string,
  shift: boolean,
  ctrl: boolean,
): Camera | null {
  if (!ctrl && (key === "+" || key === "=")) return zoom(camera, 1.15);
  if (!ctrl && (key === "-" || key === "_")) return zoom(camera, 1 / 1.15);
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  if (!step || !(shift || ctrl)) return null;
  const [x = 0, y = 0] = step;
  if (ctrl) return pan(camera, x * 0.04, y * 0.04);
  return rotate(camera, center, x * KEY_TURN, y * KEY_TURN);
}

function clamp(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value));
}
