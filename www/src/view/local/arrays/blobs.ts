// Arrays by their hash: from memory, or from the gateway by HTTP. Asked for twice, fetched once.
import type { Blob as BlobName } from "../../../protocol.gen";
import type { ByteCache } from "./cache";
import { sizeOf, type Numbers } from "./codec";
import type { Decode } from "./decoder";

export type Fetch = (url: string, options: { signal: AbortSignal }) => Promise<Response>;

interface UnderWay {
  promise: Promise<Numbers>;
  abort: AbortController;
  users: number;
  received: number;
}

/** An array that the gateway does not have, or that is not what the scene said. */
export class BadBlob extends Error {}

/** At once: more would only wait for each other on one connection, and small ones would wait for large ones. */
const AT_ONCE = 4;

export class BlobStore {
  private readonly underWay = new Map<string, UnderWay>();
  private readonly queue: (() => void)[] = [];
  private running = 0;
  /** Bytes that came over the network since the start, as they were sent. */
  received = 0;

  constructor(
    private readonly fetch: Fetch,
    private readonly decode: Decode,
    private readonly cache: ByteCache<Numbers>,
  ) {}

  get cached(): number {
    return this.cache.bytes;
  }

  has(blob: BlobName): boolean {
    return this.cache.has(blob.hash);
  }

  /** The numbers of a blob. The fetch goes on while somebody waits: an abort of the last one stops it. */
  get(blob: BlobName, signal: AbortSignal): Promise<Numbers> {
    const found = this.cache.get(blob.hash);
    if (found) return Promise.resolve(found);
    const job = this.underWay.get(blob.hash) ?? this.start(blob);
    job.users += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        job.users -= 1;
        if (job.users === 0) job.abort.abort();
        reject(signal.reason);
      };
      if (signal.aborted) return leave();
      signal.addEventListener("abort", leave, { once: true });
      job.promise
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", leave))
        .catch(() => undefined);
    });
  }

  /** How far along the blobs of a scene are, 0 to 1. */
  progress(blobs: readonly BlobName[]): number {
    let total = 0;
    let done = 0;
    for (const blob of blobs) {
      const size = sizeOf(blob);
      total += size;
      if (this.has(blob)) done += size;
      // What is on its way is smaller than what it becomes; by how much is known only afterwards.
      else done += Math.min(size, this.underWay.get(blob.hash)?.received ?? 0);
    }
    return total === 0 ? 1 : done / total;
  }

  private start(blob: BlobName): UnderWay {
    const abort = new AbortController();
    const job: UnderWay = { promise: Promise.reject(), abort, users: 0, received: 0 };
    job.promise.catch(() => undefined);
    job.promise = this.turn(abort.signal)
      .then(() => this.load(blob, job).finally(() => this.done()))
      .finally(() => this.underWay.delete(blob.hash));
    job.promise.catch(() => undefined);
    this.underWay.set(blob.hash, job);
    // Whoever asks again after this job was given up begins a new one.
    abort.signal.addEventListener("abort", () => {
      if (this.underWay.get(blob.hash) === job) this.underWay.delete(blob.hash);
    });
    return job;
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        if (signal.aborted) {
          reject(signal.reason);
          this.next();
          return;
        }
        this.running += 1;
        resolve();
      };
      if (this.running < AT_ONCE) go();
      else this.queue.push(go);
    });
  }

  private done(): void {
    this.running -= 1;
    this.next();
  }

  private next(): void {
    this.queue.shift()?.();
  }

  private async load(blob: BlobName, job: UnderWay): Promise<Numbers> {
    const response = await this.fetch(`blob/${blob.hash}`, { signal: job.abort.signal });
    if (!response.ok) throw new BadBlob(`an array of the scene is gone (${response.status})`);
    const bytes = await this.body(response, job);
    let numbers: Numbers;
    try {
      numbers = await this.decode(bytes, response.headers.get("PVW-Codec") ?? "raw", blob);
    } catch (error) {
      throw new BadBlob(error instanceof Error ? error.message : String(error));
    }
    if (numbers.length !== blob.items * blob.components) throw new BadBlob("an array has a wrong size");
    this.cache.put(blob.hash, numbers);
    return numbers;
  }

  private async body(response: Response, job: UnderWay): Promise<Uint8Array<ArrayBuffer>> {
    const reader = response.body?.getReader();
    if (!reader) return new Uint8Array(await response.arrayBuffer());
    const pieces: Uint8Array[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      job.received += value.byteLength;
    }
    // After decompression: what travelled is said by the header, where there is one.
    this.received += Number(response.headers.get("Content-Length")) || job.received;
    const whole = new Uint8Array(job.received);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.byteLength;
    }
    return whole;
  }
}
