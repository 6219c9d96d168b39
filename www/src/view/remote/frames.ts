// Images from arrival to the canvas: decoded off the main thread, one at a time, the newest always wins, and each is
// acknowledged when it is on screen or passed over, so that the gateway sends the next.
import type { Frame } from "../../protocol.gen";

export interface Picture {
  width: number;
  height: number;
  close(): void;
}

export interface FrameSink<P extends Picture> {
  /** A picture by itself; called when its turn has come. */
  decode(blob: Blob): Promise<P>;
  /** The next of a video; called at once for each, since those after it need it. */
  follow(frame: Frame, payload: Uint8Array<ArrayBuffer>): Promise<P>;
  draw(picture: P, frame: Frame): void;
  acknowledge(view: string, seq: number): void;
}

interface Arrived<P> {
  frame: Frame;
  payload: Uint8Array<ArrayBuffer>;
  /** Already being decoded, where it belongs to a video. */
  picture: Promise<P> | null;
}

export class FrameQueue<P extends Picture> {
  private next: Arrived<P> | null = null;
  private busy = false;

  constructor(private readonly sink: FrameSink<P>) {}

  /** Takes an image that came. */
  take(frame: Frame, payload: Uint8Array<ArrayBuffer>): void {
    if (this.next) this.pass(this.next);
    const picture = frame.format === "h264" ? this.sink.follow(frame, payload) : null;
    picture?.catch(() => undefined);
    this.next = { frame, payload, picture };
    if (!this.busy) void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.next) {
      const image = this.next;
      this.next = null;
      await this.show(image);
    }
    this.busy = false;
  }

  /** A newer image is there. */
  private pass({ frame, picture }: Arrived<P>): void {
    picture?.then(
      (unused) => unused.close(),
      () => undefined,
    );
    this.sink.acknowledge(frame.view, frame.seq);
  }

  private async show({ frame, payload, picture: begun }: Arrived<P>): Promise<void> {
    try {
      const picture = await (begun ??
        this.sink.decode(new Blob([payload], { type: `image/${frame.format}` })));
      this.sink.draw(picture, frame);
      picture.close();
    } catch {
      // A broken image: the next one replaces it.
    }
    this.sink.acknowledge(frame.view, frame.seq);
  }
}

/** Where a picture lies in a view of another shape: whole, as large as fits, in the middle. */
export function letterbox(
  picture: { width: number; height: number },
  view: { width: number; height: number },
): { x: number; y: number; width: number; height: number } {
  const scale = Math.min(view.width / picture.width, view.height / picture.height);
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  return {
    x: Math.round((view.width - width) / 2),
    y: Math.round((view.height - height) / 2),
    width,
    height,
  };
}
