// H.264 images to pictures. An image is coded by its difference from the one before, so each has to be decoded, in
// order, even where a newer one is already there; one that cannot be asks for a key image.
import type { Frame } from "../../protocol.gen";

/** The part of WebCodecs' VideoDecoder that is used here. */
export interface Decoder<P> {
  configure(width: number, height: number): void;
  decode(seq: number, key: boolean, data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  /** Set by the stream. */
  onPicture: ((seq: number, picture: P) => void) | null;
  onError: (() => void) | null;
}

interface Waiting<P> {
  resolve(picture: P): void;
  reject(error: Error): void;
}

/** Longest that a decoder may keep an image to itself. */
export const PATIENCE_MS = 400;

export class VideoStream<P extends { close(): void }> {
  private decoder: Decoder<P> | null = null;
  private size = "";
  private readonly waiting = new Map<number, Waiting<P>>();

  constructor(
    private readonly make: () => Decoder<P>,
    /** The thread is lost: the next image must be a key image. */
    private readonly lost: () => void,
    private readonly later: (run: () => void, ms: number) => void,
  ) {}

  /** The picture of the next image. Called for every image as it arrives, whether it will be drawn or not. */
  decode(frame: Frame, data: Uint8Array<ArrayBuffer>): Promise<P> {
    const size = `${frame.width}x${frame.height}`;
    if (frame.keyframe && (!this.decoder || size !== this.size)) this.begin(frame, size);
    const decoder = this.decoder;
    if (!decoder) return this.refuse();
    return new Promise<P>((resolve, reject) => {
      this.waiting.set(frame.seq, { resolve, reject });
      this.later(() => this.waiting.has(frame.seq) && this.fail(), PATIENCE_MS);
      try {
        decoder.decode(frame.seq, frame.keyframe, data);
      } catch {
        this.fail();
      }
    });
  }

  close(): void {
    this.decoder?.close();
    this.decoder = null;
    for (const { reject } of this.waiting.values()) reject(new Error("The video ended."));
    this.waiting.clear();
  }

  private begin(frame: Frame, size: string): void {
    this.close();
    try {
      const decoder = this.make();
      decoder.onPicture = (seq, picture) => this.came(seq, picture);
      decoder.onError = () => this.fail();
      decoder.configure(frame.width, frame.height);
      this.decoder = decoder;
      this.size = size;
    } catch {
      this.decoder = null;
    }
  }

  private came(seq: number, picture: P): void {
    const waiting = this.waiting.get(seq);
    this.waiting.delete(seq);
    if (waiting) waiting.resolve(picture);
    else picture.close();
  }

  private fail(): void {
    this.close();
    this.lost();
  }

  private refuse(): Promise<P> {
    this.lost();
    return Promise.reject(new Error("An image was lost before this one."));
  }
}

const CODEC = "avc1.42E033"; // constrained baseline, level 5.1: up to 4096 × 2304

/** WebCodecs' decoder. */
export function browserDecoder(): Decoder<ImageBitmap> {
  const found: Decoder<ImageBitmap> = {
    onPicture: null,
    onError: null,
    configure: (codedWidth, codedHeight) =>
      decoder.configure({ codec: CODEC, codedWidth, codedHeight, optimizeForLatency: true }),
    decode: (seq, key, data) =>
      decoder.decode(new EncodedVideoChunk({ type: key ? "key" : "delta", timestamp: seq, data })),
    close: () => decoder.state !== "closed" && decoder.close(),
  };
  const decoder = new VideoDecoder({
    output: (frame) => {
      const seq = frame.timestamp;
      createImageBitmap(frame).then(
        (picture) => (found.onPicture ? found.onPicture(seq, picture) : picture.close()),
        () => found.onError?.(),
      );
      frame.close();
    },
    error: () => found.onError?.(),
  });
  return found;
}

/** Whether this browser decodes such video: asked once, at the start. Not on pages that came without TLS from another
 *  computer, where browsers keep WebCodecs to themselves. */
export async function canDecodeVideo(): Promise<boolean> {
  if (typeof VideoDecoder === "undefined") return false;
  try {
    const support = await VideoDecoder.isConfigSupported({ codec: CODEC, optimizeForLatency: true });
    return support.supported === true;
  } catch {
    return false;
  }
}
