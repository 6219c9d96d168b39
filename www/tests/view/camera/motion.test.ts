import { beforeEach, expect, test } from "vitest";
import type { Camera } from "@/protocol.gen";
import { Motion, REST_MS, UNSEEN_MS, type Sent } from "@/view/camera/motion";
import { FakeOutside } from "../../fakes";

const camera = (x: number) => ({ position: [x, 0, 0] }) as unknown as Camera;
let sent: Sent[];
let frames: (() => void)[];
let clock: FakeOutside;
let motion: Motion;

beforeEach(() => {
  sent = [];
  frames = [];
  clock = new FakeOutside();
  motion = new Motion((item) => void sent.push(item), {
    now: () => clock.now(),
    frame: (run) => void frames.push(run),
    later: (run, ms) => clock.later(run, ms),
  });
});

const frame = () => frames.splice(0).forEach((run) => run());

test("many movements in one animation frame are one message, the newest", () => {
  for (let x = 0; x < 10; x++) motion.move(camera(x));
  frame();
  expect(sent).toEqual([{ camera: camera(9), motion: 1, interactive: true }]);
});

test("a rest asks for the full image with the last camera", () => {
  motion.move(camera(1));
  frame();
  clock.pass(REST_MS - 1);
  expect(sent).toHaveLength(1);
  clock.pass(1);
  frame();
  expect(sent[1]).toEqual({ camera: camera(1), motion: 2, interactive: false });
  expect(motion.moving).toBe(false);
});

test("each movement puts the rest off", () => {
  for (let x = 0; x < 20; x++) {
    motion.move(camera(x));
    frame();
    clock.pass(REST_MS / 2);
  }
  expect(sent.every((item) => item.interactive)).toBe(true);
  clock.pass(REST_MS);
  frame();
  expect(sent[sent.length - 1]?.interactive).toBe(false);
});

test("a slow browser that draws no frame still ends with the right camera", () => {
  motion.move(camera(5));
  clock.pass(REST_MS + UNSEEN_MS);
  frame();
  expect(sent).toEqual([{ camera: camera(5), motion: 1, interactive: false }]);
});

test("a camera from elsewhere drops what waits", () => {
  motion.move(camera(5));
  motion.drop();
  frame();
  clock.pass(10 * REST_MS);
  expect(sent).toEqual([]);
});

test("the time to the picture is measured once for each motion", () => {
  motion.move(camera(1));
  frame();
  clock.pass(40);
  expect(motion.latency(1)).toBe(40);
  expect(motion.latency(1)).toBeNull();
  expect(motion.latency(99)).toBeNull();
});

test("motions that no image ever showed are forgotten", () => {
  for (let x = 0; x < 1000; x++) {
    motion.move(camera(x));
    frame();
  }
  expect(motion.latency(1)).toBeNull();
  expect(motion.latency(1000)).toBe(0);
});

test("a picture that takes long is no rest: the hand's next movement comes with the next frame", () => {
  for (let x = 0; x < 5; x++) {
    motion.move(camera(x));
    frame();
    clock.pass(5 * REST_MS);
  }
  expect(sent.map((item) => item.interactive)).toEqual([true, true, true, true, true]);
  frame();
  expect(sent[sent.length - 1]).toMatchObject({ camera: camera(4), interactive: false });
  clock.pass(UNSEEN_MS);
  expect(sent).toHaveLength(6);
});
