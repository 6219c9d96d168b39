// What this page draws itself: scenes in, a canvas with them out. Holds together loading, local view and annotations; says
// what it has and why it has none. Fetches vtk.js with the first scene. Who is shown when is not decided here.
import type { Camera, Scene } from "../../protocol.gen";
import { workOf } from "./cost";
import type { Known } from "../renderMode";
import { SceneLoader, type LoadedScene } from "./loader";
import type { Resources } from "./resources";
import type * as ViewModule from "./vtk/localView";

export type Which = "full" | "lod";

export interface Host {
  /** The canvases to draw on. */
  canvases(): Record<"geometry" | "annotations" | "letters", HTMLCanvasElement> | null;
  /** What this says of itself is different now. */
  changed(): void;
  /** Another scene is in the local view. */
  taken(which: Which): void;
  now(): number;
  later(run: () => void, ms: number): () => void;
}

interface Tracked {
  loader: SceneLoader;
  scene: Scene | null;
  wanted: boolean;
  since: number;
  failed: string | null;
}

const LOST = "the graphics card gave the picture up; it comes back by itself";
type Module = typeof ViewModule;

export class LocalDrawing {
  private readonly tracked: Record<Which, Tracked>;
  private view: ViewModule.LocalView | null = null;
  private annotations: ViewModule.Annotations | null = null;
  private shown: { which: Which; loaded: LoadedScene } | null = null;
  /** Scenes that were begun to be taken over, and the last one that was. */
  private turns = 0;
  private newest = 0;
  /** Why nothing can be drawn here; null where it can. */
  noWebgl: string | null = typeof WebGL2RenderingContext === "undefined" ? "this browser has no WebGL" : null;

  constructor(
    private readonly host: Host,
    private readonly resources: Resources,
  ) {
    this.tracked = { full: this.track("full"), lod: this.track("lod") };
  }

  private track(which: Which): Tracked {
    const listener = {
      ready: (loaded: LoadedScene) => void this.take(which, loaded),
      failed: (sentence: string | null) => {
        this.tracked[which].failed = sentence;
        this.host.changed();
      },
      progress: () => this.host.changed(),
    };
    const loader = new SceneLoader(this.resources.blobs, listener, this.host.later);
    return { loader, scene: null, wanted: false, since: 0, failed: null };
  }

  /** The newest scene of the server; null: there is none. */
  offer(which: Which, scene: Scene | null): void {
    const item = this.tracked[which];
    if (scene === item.scene) return;
    item.scene = scene;
    item.since = this.host.now();
    item.failed = null;
    if (!scene) item.loader.stop();
    else if (item.wanted) item.loader.load(scene);
    this.host.changed();
  }

  /** Whether the arrays of a scene are to be fetched. */
  want(which: Which, wanted: boolean): void {
    const item = this.tracked[which];
    if (item.wanted === wanted) return;
    item.wanted = wanted;
    if (!wanted) item.loader.stop();
    else if (item.scene && this.shown?.loaded.scene !== item.scene) {
      item.since = this.host.now();
      item.loader.load(item.scene);
    }
  }

  /** Whether nothing can be drawn for a while only. */
  get lostForNow(): boolean {
    return this.noWebgl === LOST;
  }

  known(which: Which): Known | null {
    const { scene, loader, since, failed } = this.tracked[which];
    if (!scene) return null;
    const newest = this.shown?.loaded.scene === scene;
    const fraction = newest ? null : (loader.loading?.fraction ?? 0);
    const { bytes, unsupported_reason: unsupportedReason, parts } = scene;
    const ready = this.shows(which);
    return { bytes, unsupportedReason, parts: parts.length, ready, fraction, loadingMs: newest ? 0 : this.host.now() - since, failed, work: workOf(scene) }; // prettier-ignore
  }

  /** Lets go of what is in the local view, when nobody looks at it and the server has no such scene any more. */
  release(): void {
    if (!this.shown || this.tracked[this.shown.which].scene) return;
    this.shown = null;
    this.view?.clear();
  }

  /** Whether this scene, of whatever version, is in the local view. */
  shows(which: Which): boolean {
    return this.view !== null && this.shown?.which === which;
  }

  /** The scene in the local view. */
  get loaded(): LoadedScene | null {
    return this.view ? (this.shown?.loaded ?? null) : null;
  }

  /** Draws what is new in the local view for the first time, out of sight; how long the longest step of it took, ms. null:
   * something else is in the local view now, or it failed. */
  async rehearse(camera: Camera, width: number, height: number): Promise<number | null> {
    const { view, shown } = this;
    if (!view || !shown) return null;
    let longest = 0;
    try {
      // Whatever asks for an answer waits for all that was told before.
      await view.finish();
      let began = this.host.now();
      const steps = view.rehearse(camera, width, height);
      while (!steps.next().done) {
        await view.finish();
        longest = Math.max(longest, this.host.now() - began);
        if (this.view !== view || this.shown !== shown) {
          steps.return();
          return null;
        }
        began = this.host.now();
      }
      return longest;
    } catch (error) {
      this.breakDown(shown.which, error);
      return null;
    }
  }

  /** Resolves once all that was drawn is there. */
  async finish(): Promise<void> {
    await this.view?.finish();
  }

  /** Draws what is in the local view, with edges smooth or not; false where nothing is, or it failed. */
  draw(camera: Camera, width: number, height: number, smooth: boolean): boolean {
    if (!this.view || !this.shown) return false;
    try {
      this.view.draw(camera, width, height, smooth);
      this.annotations?.draw(this.shown.loaded, camera, width, height);
      return true;
    } catch (error) {
      this.breakDown(this.shown.which, error);
      return false;
    }
  }

  delete(): void {
    for (const { loader } of Object.values(this.tracked)) loader.stop();
    this.view?.delete();
    this.view = null;
  }

  /** All arrays of a scene are there. */
  private async take(which: Which, loaded: LoadedScene): Promise<void> {
    const turn = ++this.turns;
    try {
      const module = await this.resources.load();
      await module.prepare(loaded.scene);
      const there = this.view !== null || (await this.raise(module));
      // What is imported for the first time may be there later for who asked first.
      if (turn < this.newest || !this.tracked[which].wanted || !this.tracked[which].scene) return;
      this.newest = turn;
      this.shown = { which, loaded };
      if (!there) return;
      this.view?.show(loaded);
      this.annotations?.show(loaded);
      this.host.taken(which);
    } catch (error) {
      this.breakDown(which, error);
    }
    this.host.changed();
  }

  /** Makes the local view where there is none. The page has its turn between the things that stop it: the import
   * before, the making, and what is shown on it then. */
  private async raise(module: Module): Promise<boolean> {
    const turn = () => new Promise<void>((done) => this.host.later(done, 0));
    await turn();
    if (!this.make(module)) return false;
    await turn();
    return true;
  }

  private make(module: Module): boolean {
    const canvases = this.host.canvases();
    if (this.view || !canvases || this.noWebgl) return this.view !== null;
    const { geometry: canvas, annotations, letters } = canvases;
    try {
      const context = this.resources.contextOf(canvas);
      if (!context) throw new Error("this browser has no WebGL");
      this.view = new module.LocalView(canvas, context);
    } catch (error) {
      this.noWebgl = error instanceof Error ? error.message : String(error);
      this.host.changed();
      return false;
    }
    this.annotations = new module.Annotations(annotations, letters);
    canvas.addEventListener("webglcontextlost", (event) => this.lost(event), { once: true });
    return true;
  }

  private lost(event: Event): void {
    // Without this the browser never gives it back.
    event.preventDefault();
    const canvas = event.target as HTMLCanvasElement;
    canvas.addEventListener("webglcontextrestored", () => this.restored(), { once: true });
    this.view = null;
    this.noWebgl = LOST;
    this.host.changed();
  }

  private restored(): void {
    this.noWebgl = null;
    const { shown } = this;
    this.host.changed();
    if (shown) void this.take(shown.which, shown.loaded);
  }

  private breakDown(which: Which, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.tracked[which].failed = `This browser could not draw the geometry: ${text}.`;
    this.shown = null;
    this.host.changed();
  }
}

/** Triangles of a scene, for the status bar. */
export function trianglesOf(scene: Scene): number {
  return scene.parts.reduce((sum, { mesh }) => sum + (mesh?.triangles?.items ?? 0), 0);
}
