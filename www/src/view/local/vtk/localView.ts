// The local view: a canvas with WebGL, the parts of the scene on it, light and background. Draws when it is told to and never
// by itself. Everything that needs vtk.js is imported from here, so that it is one chunk of its own.
import "@kitware/vtk.js/Rendering/OpenGL/Actor";
import "@kitware/vtk.js/Rendering/OpenGL/Camera";
import "@kitware/vtk.js/Rendering/OpenGL/PolyDataMapper";
import "@kitware/vtk.js/Rendering/OpenGL/Renderer";
import "@kitware/vtk.js/Rendering/OpenGL/Texture";
import vtkLight from "@kitware/vtk.js/Rendering/Core/Light";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import vtkRenderer from "@kitware/vtk.js/Rendering/Core/Renderer";
import vtkRenderWindow from "@kitware/vtk.js/Rendering/Core/RenderWindow";
import vtkOpenGLRenderWindow from "@kitware/vtk.js/Rendering/OpenGL/RenderWindow";
import type { Camera, Light, Scene, ScenePart } from "../../../protocol.gen";
import { clippable, settings } from "./camera";
import { GridLines } from "./gridActor";
import { finished } from "../context";
import { GradientBackground } from "./background";
import { NO_BOUNDS, union, type Bounds } from "../geometry";
import type { LoadedScene } from "../loader";
import { MeshPart, type ViewPart } from "./meshPart";
import { OrientationAxes } from "./orientation";
import { Smoothing } from "../smooth";
import type { VolumePart } from "./volumePart";

// Lines lie a little above surfaces, as in ParaView; surfaces stay where they are.
vtkMapper.setResolveCoincidentTopology(1);
vtkMapper.setResolveCoincidentTopologyPolygonOffsetParameters(0, 0);
vtkMapper.setResolveCoincidentTopologyLineOffsetParameters(0, -4);
vtkMapper.setResolveCoincidentTopologyPointOffsetParameters(0, -8);

export { Annotations } from "../annotations";

const LAYERS = 3;
const AT_CAMERA: [number, number, number] = [0, 0, 1];
const NOWHERE: [number, number, number] = [0, 0, 0];

/** What vtk.js asks of an interactor where it draws volumes; this page has hands of its own. */
const STILL = {
  isAnimating: () => false,
  onAnimationFrameRateUpdate: () => ({ unsubscribe: () => undefined }),
};

let Volume: typeof VolumePart | null = null;

/** Fetches what a scene needs besides meshes. */
export async function prepare(scene: Scene): Promise<void> {
  if (scene.parts.some((part) => part.volume)) Volume ??= (await import("./volumePart")).VolumePart;
}

export class LocalView {
  private readonly window = vtkRenderWindow.newInstance();
  private readonly view: vtkOpenGLRenderWindow;
  private readonly background = new GradientBackground();
  private readonly renderer = vtkRenderer.newInstance();
  private readonly axes = new OrientationAxes();
  private readonly smoothing: Smoothing;
  private readonly grid = new GridLines();
  private readonly parts = new Map<string, ViewPart>();
  /** What was drawn before: its shaders are compiled and its arrays are on the graphics card. */
  private readonly drawn = new WeakSet<object>();
  private lights = "";
  private bounds: Bounds = NO_BOUNDS;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly gl: WebGL2RenderingContext,
  ) {
    this.smoothing = new Smoothing(gl);
    this.view = vtkOpenGLRenderWindow.newInstance({ canvas, manageCanvas: false });
    this.window.addView(this.view);
    this.window.setInteractor(STILL as never);
    this.window.setNumberOfLayers(LAYERS);
    this.renderer.setLayer(1);
    this.renderer.setAutomaticLightCreation(false);
    this.renderer.setLightFollowCamera(false);
    this.renderer.addActor(this.grid.actor);
    for (const renderer of [this.background.renderer, this.renderer, this.axes.renderer])
      this.window.addRenderer(renderer);
  }

  /** Takes a scene over, after `prepare`. What both have in common stays on the graphics card. */
  show({ scene, numbers }: LoadedScene): void {
    this.check(scene);
    const make = (part: ScenePart): ViewPart | null =>
      part.mesh ? new MeshPart() : Volume && part.volume ? new Volume() : null;
    const gone = new Set(this.parts.keys());
    this.bounds = NO_BOUNDS;
    for (const part of scene.parts) {
      const key = `${part.id} ${part.volume ? "volume" : "mesh"}`;
      gone.delete(key);
      const found = this.parts.get(key) ?? make(part);
      if (!found) continue;
      this.parts.set(key, found);
      const before = found.props;
      found.update(part, numbers);
      this.exchange(before, found.props);
      this.bounds = union(this.bounds, found.bounds);
    }
    for (const key of gone) this.remove(key);
    this.light(scene.lights);
    this.background.show(scene.background);
    this.grid.show(scene.axes_grid);
    this.bounds = union(this.bounds, this.grid.bounds);
    this.axes.renderer.setDraw(scene.orientation_axes);
  }

  /** Draws, now. The picture is on the canvas until the browser has shown it. */
  draw(camera: Camera, width: number, height: number, smooth: boolean): void {
    if (this.canvas.width !== width || this.canvas.height !== height)
      Object.assign(this.canvas, { width, height });
    const [before, beside] = this.view.getSize();
    if (before !== width || beside !== height) this.view.setSize(width, height);
    this.renderer.getActiveCamera().set(settings(camera) as never);
    this.renderer.resetCameraClippingRange(clippable(this.bounds));
    this.grid.follow(camera);
    this.axes.follow(camera, width, height);
    this.view.traverseAllPasses();
    if (smooth) this.smoothing.apply(width, height);
  }

  /** Draws what was never drawn, one thing more with each step: all of it at once would stop the page for as long as it
   * takes to compile every shader and to bring every array to the graphics card. */
  *rehearse(camera: Camera, width: number, height: number): Generator<void, void> {
    const others = [this.background.renderer, this.axes.renderer].filter((item) => !this.drawn.has(item));
    const draw = others.map((item) => item.getDraw());
    const props = this.renderer.getViewProps().filter((prop) => !this.drawn.has(prop));
    const step = (item: object) => {
      this.drawn.add(item);
      this.draw(camera, width, height, false);
    };
    for (const item of others) item.setDraw(false);
    for (const prop of props) this.renderer.removeViewProp(prop);
    try {
      step(this.renderer);
      yield;
      for (const [at, item] of others.entries()) {
        item.setDraw(draw[at] ?? true);
        step(item);
        yield;
      }
      for (const prop of props) {
        this.renderer.addViewProp(prop);
        step(prop);
        yield;
      }
      this.smoothing.apply(width, height);
      yield;
    } finally {
      // Whoever stops before the end, or takes another scene over meanwhile, finds everything in its place.
      others.forEach((item, at) => item.setDraw(draw[at] ?? true));
      const there = [this.grid.actor, ...[...this.parts.values()].flatMap((part) => part.props)];
      for (const prop of there) this.renderer.addViewProp(prop);
    }
  }

  /** Resolves once the graphics card has drawn everything. */
  async finish(): Promise<void> {
    await finished(this.gl);
  }

  /** Throws where the graphics card is too small for something; it would be drawn black. */
  private check(scene: Scene): void {
    const { gl } = this;
    const most = (name: "MAX_TEXTURE_SIZE" | "MAX_3D_TEXTURE_SIZE") => Number(gl.getParameter(gl[name]));
    const fits = (sizes: readonly number[], limit: number) => sizes.every((size) => size <= limit);
    for (const { mesh, volume } of scene.parts) {
      if (mesh?.texture_size && !fits(mesh.texture_size, most("MAX_TEXTURE_SIZE")))
        throw new Error("a texture is larger than this graphics card takes");
      if (volume && !fits(volume.dimensions, most("MAX_3D_TEXTURE_SIZE")))
        throw new Error("the volume is larger than this graphics card takes");
    }
  }

  clear(): void {
    for (const key of [...this.parts.keys()]) this.remove(key);
    this.bounds = NO_BOUNDS;
  }

  delete(): void {
    this.clear();
    this.smoothing.delete();
    this.window.removeView(this.view);
    this.view.delete();
    this.window.delete();
  }

  private exchange(before: ViewPart["props"], after: ViewPart["props"]): void {
    const shown = this.renderer.getViewProps();
    for (const prop of before) if (!after.includes(prop as never)) this.renderer.removeViewProp(prop);
    for (const prop of after) {
      if (shown.includes(prop)) continue;
      if (prop.isA("vtkVolume")) this.renderer.addVolume(prop as never);
      else this.renderer.addActor(prop as never);
    }
  }

  private remove(key: string): void {
    const part = this.parts.get(key);
    for (const prop of part?.props ?? []) this.renderer.removeViewProp(prop);
    part?.delete();
    this.parts.delete(key);
  }

  private light(lights: readonly Light[]): void {
    const key = JSON.stringify(lights);
    if (key === this.lights) return;
    this.lights = key;
    this.renderer.removeAllLights();
    for (const { kind, position, focal_point: focalPoint, color, intensity } of lights) {
      const light = vtkLight.newInstance({ color: [...color], intensity, positional: false });
      // vtk.js does not turn a headlight with the camera where there are several lights; a camera light is one as well.
      if (kind === "scene") light.setLightTypeToSceneLight();
      else light.setLightTypeToCameraLight();
      light.setPosition(...(kind === "headlight" ? AT_CAMERA : position));
      light.setFocalPoint(...(kind === "headlight" ? NOWHERE : focalPoint));
      this.renderer.addLight(light);
    }
  }
}
