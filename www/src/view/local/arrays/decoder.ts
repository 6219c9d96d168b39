// The worker that decodes, started with the first array. Where there are no workers the page decodes by itself.
import { decode, type Numbers, type Shape } from "./codec";

export type Decode = (bytes: Uint8Array<ArrayBuffer>, codec: string, shape: Shape) => Promise<Numbers>;

interface Waiting {
  resolve(numbers: Numbers): void;
  reject(error: Error): void;
}

/** Below this, a trip to the worker takes longer than the work. */
const SMALL = 64 * 1024;

export function workerDecoder(): Decode {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null | undefined;
  let next = 1;

  function start(): Worker | null {
    try {
      const made = new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" });
      made.onmessage = ({ data }: MessageEvent<{ id: number; numbers?: Numbers; failure?: string }>) => {
        const job = waiting.get(data.id);
        waiting.delete(data.id);
        if (data.numbers) job?.resolve(data.numbers);
        else job?.reject(new Error(data.failure));
      };
      made.onerror = () => {
        worker = null;
        for (const job of waiting.values()) job.reject(new Error("the decoder could not be started"));
        waiting.clear();
      };
      return made;
    } catch {
      return null;
    }
  }

  return (bytes, codec, shape) => {
    if (bytes.byteLength > SMALL) worker ??= worker === undefined ? start() : null;
    const target = worker;
    if (!target || bytes.byteLength <= SMALL)
      return new Promise((resolve) => resolve(decode(bytes, codec, shape)));
    const id = next++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      target.postMessage({ id, bytes, codec, shape }, [bytes.buffer]);
    });
  };
}
