// Scenes from the topic to scenes whose arrays are all there. The newest wins, but one that is being loaded is
// finished first: while time plays, a page that always began anew with the newest would never show anything.
import type { Blob as BlobName, Scene } from "../../protocol.gen";
import { BadBlob, type BlobStore } from "./arrays/blobs";
import type { Numbers } from "./arrays/codec";

export interface LoadedScene {
  scene: Scene;
  /** The numbers of a blob of this scene. */
  numbers(blob: BlobName): Numbers;
}

export interface LoaderListener {
  ready(loaded: LoadedScene): void;
  /** The scene cannot be drawn; null: what was said before is over. */
  failed(sentence: string | null): void;
  progress(): void;
}

const RETRY_MS = [300, 1000, 3000];

/** Every blob a scene needs, each once. */
export function blobsOf(scene: Scene): BlobName[] {
  const found = new Map<string, BlobName>();
  const add = (blob: BlobName | null) => blob && found.set(blob.hash, blob);
  add(scene.annotations);
  for (const { mesh, volume } of scene.parts) {
    if (mesh) {
      const { points, normals, triangles, lines, vertices, edges, scalars, texcoords, texture } = mesh;
      [points, normals, triangles, lines, vertices, edges, scalars, texcoords, texture].forEach(add);
    }
    if (volume) add(volume.scalars);
  }
  return [...found.values()];
}

export class SceneLoader {
  private current: { scene: Scene; abort: AbortController } | null = null;
  private next: Scene | null = null;
  private attempt = 0;
  private cancelRetry: (() => void) | null = null;

  constructor(
    private readonly blobs: BlobStore,
    private readonly listener: LoaderListener,
    private readonly later: (run: () => void, ms: number) => () => void,
  ) {}

  /** Bytes of what is being loaded, and how much of it is there; null where nothing is. */
  get loading(): { scene: Scene; fraction: number } | null {
    if (!this.current) return null;
    const { scene } = this.current;
    return { scene, fraction: this.blobs.progress(blobsOf(scene)) };
  }

  /** A new scene came. */
  load(scene: Scene): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.attempt = 0;
    if (this.current && scene.parts.length > 0) {
      this.next = scene;
      return;
    }
    this.stop();
    this.begin(scene);
  }

  /** Nothing is to be drawn any more. */
  stop(): void {
    this.cancelRetry?.();
    this.cancelRetry = null;
    this.next = null;
    this.current?.abort.abort();
    this.current = null;
  }

  private begin(scene: Scene): void {
    const job = { scene, abort: new AbortController() };
    this.current = job;
    this.listener.progress();
    void this.run(job).then(() => {
      if (this.current !== job) return;
      this.current = null;
      const next = this.next;
      this.next = null;
      if (next) this.begin(next);
      else this.listener.progress();
    });
  }

  private async run({ scene, abort }: { scene: Scene; abort: AbortController }): Promise<void> {
    const blobs = blobsOf(scene);
    try {
      const arrays = await Promise.all(blobs.map((blob) => this.one(blob, abort.signal)));
      if (abort.signal.aborted) return;
      const held = new Map(blobs.map((blob, index) => [blob.hash, arrays[index]]));
      const numbers = (blob: BlobName): Numbers => {
        const found = held.get(blob.hash);
        if (!found) throw new BadBlob("an array was not loaded");
        return found;
      };
      this.attempt = 0;
      this.listener.failed(null);
      this.listener.ready({ scene, numbers });
    } catch (error) {
      // The other arrays need not come either.
      const given = abort.signal.aborted;
      abort.abort();
      if (!given) this.fail(scene, error);
    }
  }

  private async one(blob: BlobName, signal: AbortSignal): Promise<Numbers> {
    const numbers = await this.blobs.get(blob, signal);
    this.listener.progress();
    return numbers;
  }

  /** A blob that is gone may be there again when the next scene comes; the network, a moment later. */
  private fail(scene: Scene, error: unknown): void {
    const why = error instanceof BadBlob ? error.message : "the geometry could not be fetched";
    this.listener.failed(`${why.charAt(0).toUpperCase()}${why.slice(1)}.`);
    const pause = RETRY_MS[this.attempt];
    if (pause === undefined || this.next) return;
    this.attempt += 1;
    this.cancelRetry = this.later(() => {
      this.cancelRetry = null;
      if (!this.current) this.begin(scene);
    }, pause);
  }
}
