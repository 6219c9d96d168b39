import { beforeEach, describe, expect, test } from "vitest";
import type { Frame } from "@/protocol.gen";
import { FrameQueue, letterbox, type Picture } from "@/view/remote/frames";
import { settle } from "../../fakes";

function message(seq: number, changes: Partial<Frame> = {}): [Frame, Uint8Array<ArrayBuffer>] {
  const header = {
    type: "frame",
    view: "7",
    seq,
    width: 4,
    height: 2,
    format: "jpeg",
    still: true,
    camera: {},
    motion: 0,
    ...changes,
  };
  return [header as Frame, new Uint8Array([seq])];
}

let drawn: number[];
let acknowledged: number[];
let decoders: { blob: Blob; done(): void; fail(): void }[];
let followed: { seq: number; done(): void }[];
let closed: number;
let queue: FrameQueue<Picture>;

beforeEach(() => {
  drawn = [];
  acknowledged = [];
  decoders = [];
  followed = [];
  closed = 0;
  queue = new FrameQueue<Picture>({
    decode: (blob) =>
      new Promise((resolve, reject) => {
        const picture = { width: 4, height: 2, close: () => void closed++ };
        decoders.push({ blob, done: () => resolve(picture), fail: () => reject(new Error("broken")) });
      }),
    follow: (frame) =>
      new Promise((resolve) => {
        const picture = { width: 4, height: 2, close: () => void closed++ };
        followed.push({ seq: frame.seq, done: () => resolve(picture) });
      }),
    draw: (_picture, frame) => void drawn.push(frame.seq),
    acknowledge: (_view, seq) => void acknowledged.push(seq),
  });
});

async function finish(how: "done" | "fail" = "done"): Promise<void> {
  decoders.shift()?.[how]();
  await settle();
}

describe("the queue of images", () => {
  test("each image of a video is decoded at once, drawn or not", async () => {
    for (const seq of [1, 2, 3]) queue.take(...message(seq, { format: "h264" }));
    expect(followed.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    for (const { done } of followed) done();
    await settle();
    expect(drawn).toEqual([1, 3]);
    expect(closed).toBe(3);
    expect(acknowledged).toEqual([2, 1, 3]);
  });

  test("draws, closes, then acknowledges", async () => {
    queue.take(...message(1));
    expect(acknowledged).toEqual([]);
    expect(decoders[0]?.blob.type).toBe("image/jpeg");
    await finish();
    expect(drawn).toEqual([1]);
    expect(closed).toBe(1);
    expect(acknowledged).toEqual([1]);
  });

  test("decodes one at a time; the newest waits, older ones are passed over and acknowledged", async () => {
    for (const seq of [1, 2, 3, 4]) queue.take(...message(seq));
    expect(decoders).toHaveLength(1);
    expect(acknowledged).toEqual([2, 3]);
    await finish();
    await finish();
    expect(drawn).toEqual([1, 4]);
    expect([...acknowledged].sort()).toEqual([1, 2, 3, 4]);
  });

  test("a broken image is acknowledged and does not stop the next", async () => {
    queue.take(...message(1));
    await finish("fail");
    queue.take(...message(2));
    await finish();
    expect(drawn).toEqual([2]);
    expect(acknowledged).toEqual([1, 2]);
  });

  test("numbers that start over, after a new ParaView, are drawn", async () => {
    queue.take(...message(500));
    await finish();
    queue.take(...message(1));
    await finish();
    expect(drawn).toEqual([500, 1]);
  });
});

describe("where a picture lies", () => {
  test("the same shape fills the view", () => {
    expect(letterbox({ width: 640, height: 400 }, { width: 1280, height: 800 })).toEqual({
      x: 0,
      y: 0,
      width: 1280,
      height: 800,
    });
  });
  test("a wide one has bars above and below, a high one beside", () => {
    expect(letterbox({ width: 200, height: 50 }, { width: 100, height: 100 })).toEqual({
      x: 0,
      y: 38,
      width: 100,
      height: 25,
    });
    expect(letterbox({ width: 50, height: 200 }, { width: 100, height: 100 })).toEqual({
      x: 38,
      y: 0,
      width: 25,
      height: 100,
    });
  });
});
