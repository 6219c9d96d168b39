import { beforeEach, describe, expect, test } from "vitest";
import type { Frame } from "@/protocol.gen";
import { PATIENCE_MS, VideoStream, type Decoder } from "@/view/remote/video";
import { settle } from "../../fakes";

interface FakePicture {
  seq: number;
  close(): void;
}

class FakeDecoder implements Decoder<FakePicture> {
  onPicture: Decoder<FakePicture>["onPicture"] = null;
  onError: Decoder<FakePicture>["onError"] = null;
  configured: string[] = [];
  given: number[] = [];
  closed = false;
  broken = false;

  configure(width: number, height: number): void {
    this.configured.push(`${width}x${height}`);
  }
  decode(seq: number): void {
    if (this.broken) throw new Error("no");
    this.given.push(seq);
  }
  close(): void {
    this.closed = true;
  }
  give(seq: number): void {
    this.onPicture?.(seq, { seq, close: () => void unused.push(seq) });
  }
}

let decoders: FakeDecoder[];
let lost: number;
let timers: { run: () => void; ms: number }[];
let unused: number[];
let stream: VideoStream<FakePicture>;

beforeEach(() => {
  decoders = [];
  lost = 0;
  timers = [];
  unused = [];
  stream = new VideoStream<FakePicture>(
    () => {
      const decoder = new FakeDecoder();
      decoders.push(decoder);
      return decoder;
    },
    () => void lost++,
    (run, ms) => void timers.push({ run, ms }),
  );
});

function image(seq: number, keyframe: boolean, width = 64): Promise<number | string> {
  const frame = { seq, keyframe, width, height: 48, format: "h264" } as Frame;
  return stream.decode(frame, new Uint8Array(3)).then(
    (picture) => picture.seq,
    (error: Error) => error.message,
  );
}

describe("a video", () => {
  test("gives each image its own picture, in one decoder", async () => {
    const pictures = [image(1, true), image(2, false)];
    decoders[0]?.give(1);
    decoders[0]?.give(2);
    expect(await Promise.all(pictures)).toEqual([1, 2]);
    expect(decoders).toHaveLength(1);
    expect(lost).toBe(0);
  });

  test("begins with a key image and asks for one", async () => {
    expect(await image(1, false)).toContain("lost");
    expect(lost).toBe(1);
    expect(decoders).toHaveLength(0);
  });

  test("another size is another decoder", () => {
    void image(1, true);
    void image(2, true, 32);
    expect(decoders.map(({ configured }) => configured)).toEqual([["64x48"], ["32x48"]]);
    expect(decoders[0]?.closed).toBe(true);
  });

  test("an error of the decoder loses what waits and asks for a key image", async () => {
    const picture = image(1, true);
    decoders[0]?.onError?.();
    expect(await picture).toBe("The video ended.");
    expect(lost).toBe(1);
    const next = image(2, true);
    decoders[1]?.give(2);
    expect(await next).toBe(2);
  });

  test("a decoder that throws or keeps an image too long is given up", async () => {
    const kept = image(1, true);
    expect(timers[0]?.ms).toBe(PATIENCE_MS);
    timers[0]?.run();
    expect(await kept).toBe("The video ended.");
    const first = image(2, true);
    decoders[1]?.give(2);
    await first;
    if (decoders[1]) decoders[1].broken = true;
    expect(await image(3, false)).toBe("The video ended.");
    expect(lost).toBe(2);
  });

  test("a picture nobody waits for any more is closed", async () => {
    void image(1, true);
    stream.close();
    decoders[0]?.give(1);
    await settle();
    expect(unused).toEqual([1]);
  });
});
