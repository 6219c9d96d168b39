// Decodes arrays away from the page's own thread. One message in, one out, told apart by `id`.
import { decode, type Shape } from "./codec";

interface Job {
  id: number;
  bytes: Uint8Array<ArrayBuffer>;
  codec: string;
  shape: Shape;
}

self.onmessage = ({ data }: MessageEvent<Job>) => {
  try {
    const numbers = decode(data.bytes, data.codec, data.shape);
    self.postMessage({ id: data.id, numbers }, { transfer: [numbers.buffer] });
  } catch (error) {
    self.postMessage({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
  }
};
