import { beforeEach, describe, expect, test } from "vitest";
import type { Camera } from "@/protocol.gen";
import { distance } from "@/view/camera/maths";
import { Gestures, type PointerInput, type Scene } from "@/view/camera/pointer";

const START: Camera = {
  position: [0, 0, 10],
  focal_point: [0, 0, 0],
  view_up: [0, 1, 0],
  view_angle: 30,
  parallel_scale: 5,
  parallel: false,
};
let camera: Camera | null;
let log: string[];
let time: number;
let gestures: Gestures;

beforeEach(() => {
  camera = START;
  log = [];
  time = 0;
  const scene: Scene = {
    camera: () => camera,
    center: () => [0, 0, 0],
    size: () => ({ width: 800, height: 400 }),
    move: (next) => {
      camera = next;
      log.push("move");
    },
    home: () => log.push("home"),
  };
  gestures = new Gestures(scene, () => time);
});

const at = (x: number, y: number, more: Partial<PointerInput> = {}): PointerInput => ({
  id: 1, x, y, touch: false, button: 0, shift: false, ctrl: false, ...more,
}); // prettier-ignore

function drag(more: Partial<PointerInput> = {}): Camera {
  gestures.down(at(100, 100, more));
  gestures.drag(at(150, 80, more));
  gestures.up(at(150, 80, more));
  if (!camera) throw new Error("no camera");
  return camera;
}

describe("the mouse", () => {
  test("left turns: the focal point stays, the position goes round", () => {
    const turned = drag();
    expect(turned.focal_point.map((value) => Math.round(value))).toEqual([0, 0, 0]);
    expect(distance(turned)).toBeCloseTo(10, 5);
    expect(turned.position[0]).toBeLessThan(0);
    expect(turned.position[1]).toBeLessThan(0);
  });

  test.each([
    ["middle", { button: 1 }],
    ["Shift and left", { shift: true }],
  ])("%s moves", (_name, more) => {
    const moved = drag(more);
    expect(moved.focal_point[0]).toBeLessThan(0);
    expect(moved.focal_point[1]).toBeLessThan(0);
    expect(distance(moved)).toBeCloseTo(10, 5);
  });

  test.each([
    ["right", { button: 2 }],
    ["Ctrl and left", { ctrl: true }],
  ])("%s zooms", (_name, more) => {
    const zoomed = drag(more);
    expect(distance(zoomed)).toBeLessThan(10);
    expect(zoomed.focal_point).toEqual([0, 0, 0]);
  });

  test("the wheel zooms", () => {
    gestures.wheel(400, 200, -100);
    expect(camera && distance(camera)).toBeLessThan(10);
    gestures.wheel(400, 200, 100);
    expect(camera && distance(camera)).toBeCloseTo(10, 6);
    expect(log).toEqual(["move", "move"]);
  });

  test("a movement without a button does nothing", () => {
    gestures.drag(at(10, 10));
    expect(log).toEqual([]);
  });

  test("nothing happens where there is no camera yet", () => {
    camera = null;
    gestures.down(at(0, 0));
    gestures.drag(at(50, 50));
    gestures.wheel(0, 0, 100);
    expect(gestures.key("+", false, false)).toBe(false);
    expect(log).toEqual([]);
  });
});

describe("touch", () => {
  const touch = { touch: true };

  test("two fingers apart zoom in", () => {
    gestures.down(at(380, 200, { ...touch, id: 1 }));
    gestures.down(at(420, 200, { ...touch, id: 2 }));
    gestures.drag(at(340, 200, { ...touch, id: 1 }));
    gestures.drag(at(460, 200, { ...touch, id: 2 }));
    expect(camera && distance(camera)).toBeCloseTo(10 / 3, 4);
    gestures.up(at(340, 200, { ...touch, id: 1 }));
    gestures.up(at(460, 200, { ...touch, id: 2 }));
  });

  test("two fingers together move, without zooming", () => {
    gestures.down(at(380, 200, { ...touch, id: 1 }));
    gestures.down(at(420, 200, { ...touch, id: 2 }));
    for (let step = 1; step <= 20; step++) {
      gestures.drag(at(380 + step * 2, 200, { ...touch, id: 1 }));
      gestures.drag(at(420 + step * 2, 200, { ...touch, id: 2 }));
    }
    expect(camera && distance(camera)).toBeCloseTo(10, 1);
    expect(camera?.focal_point[0]).toBeLessThan(-0.3);
  });

  const tap = (x: number) => {
    gestures.down(at(x, 100, touch));
    gestures.up(at(x, 100, touch));
  };

  test("a double tap goes home, a slow or distant pair does not", () => {
    tap(100);
    time += 200;
    tap(104);
    expect(log.filter((word) => word === "home")).toHaveLength(1);
    time += 1000;
    tap(100);
    time += 900;
    tap(100);
    time += 100;
    tap(300);
    expect(log.filter((word) => word === "home")).toHaveLength(1);
  });

  test("a turn is no tap", () => {
    drag(touch);
    time += 50;
    drag(touch);
    expect(log).not.toContain("home");
  });
});

test("keys turn, move and zoom; bare arrows are left to time", () => {
  expect(gestures.key("ArrowLeft", false, false)).toBe(false);
  expect(gestures.key("ArrowLeft", true, false)).toBe(true);
  expect(camera?.position[0]).not.toBe(0);
  expect(gestures.key("ArrowUp", false, true)).toBe(true);
  expect(gestures.key("+", false, false)).toBe(true);
  expect(gestures.key("+", false, true)).toBe(false);
  expect(gestures.key("q", false, false)).toBe(false);
});
