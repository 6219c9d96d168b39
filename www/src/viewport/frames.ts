// Images from arrival to the canvas: decoded off the main thread, one at a time, the newest always wins, and each is
// acknowledged when it is on screen or passed over, so that the gateway sends the next.
import type { Frame } from "../protocol.gen";
import type { BinaryMessage } from "../core/framing";
import { isRecord } from "../core/errors";

export interface Picture {
  width: number;
  height: number;
  close(): void;
}

export interface FrameSink<P extends Picture> {
  decode(blob: Blob): Promise<P>;
  draw(picture: P, frame: Frame): void;
  acknowledge(view: string, seq: number): void;
}

interface Arrived {
  frame: Frame;
  payload: Uint8Array<ArrayBuffer>;
}

/** The header as a Frame, or null where it is another kind of message. */
export function asFrame(header: Record<string, unknown>): Frame | null {
  const fits =
    header.type === "frame" &&
    typeof header.seq === "number" &&
    typeof header.view === "string" &&
    isRecord(header.camera);
  return fits ? (header as unknown as Frame) : null;
}

export class FrameQueue<P extends Picture> {
  private next: Arrived | null = null;
  private busy = false;

  constructor(private readonly sink: FrameSink<P>) {}

  /** Takes a binary message; false where it holds no image. */
  take(message: BinaryMessage): boolean {
    const frame = asFrame(message.header);
    if (!frame) return false;
    if (this.next) this.sink.acknowledge(this.next.frame.view, this.next.frame.seq);
    this.next = { frame, payload: message.payload };
    if (!this.busy) void this.run();
    return true;
  }

  private async run(): Promise<void> {
    this.busy = true;
    while (this.next) {
      const { frame, payload } = this.next;
      this.next = null;
      await this.show(frame, payload);
    }
    this.busy = false;
  }

  private async show(frame: Frame, payload: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const picture = await this.sink.decode(new Blob([payload], { type: `image/${frame.format}` }));
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
