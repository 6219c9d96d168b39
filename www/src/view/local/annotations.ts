// What lies above the geometry: the server's scalar bars and text and the axes grid on one canvas, drawn
// anew only when it is different, and the letters of the orientation axes on a small one.
import type { Camera } from "../../protocol.gen";
import type { Numbers } from "./arrays/codec";
import { cornerOf, LETTER_SIZE, letters } from "./corner";
import { drawNumbers } from "./grid";
import type { LoadedScene } from "./loader";

export class Annotations {
  private overlay: HTMLCanvasElement | null = null;
  private overlayKey = "";
  private drawn = "";

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly corner: HTMLCanvasElement,
  ) {}

  /** Takes the annotations of a scene over. */
  show({ scene, numbers }: LoadedScene): void {
    const key = scene.annotations && scene.annotations_size ? scene.annotations.hash : "";
    if (key === this.overlayKey) return;
    this.overlayKey = key;
    this.overlay =
      scene.annotations && scene.annotations_size
        ? overlayOf(numbers(scene.annotations), ...scene.annotations_size)
        : null;
  }

  draw({ scene }: LoadedScene, camera: Camera, width: number, height: number): void {
    this.drawCorner(scene.orientation_axes, camera, height);
    const grid = scene.axes_grid;
    const key = [this.overlayKey, width, height, grid ? JSON.stringify([camera, grid]) : ""].join();
    if (key === this.drawn) return;
    this.drawn = key;
    const needed = this.overlay !== null || grid !== null;
    // An empty canvas is not laid over the picture.
    this.canvas.style.display = needed ? "block" : "none";
    const context = needed ? fresh(this.canvas, width, height) : null;
    if (!context) return;
    if (grid) drawNumbers(context, grid, camera, width, height);
    if (this.overlay) context.drawImage(this.overlay, 0, 0, width, height);
  }

  private drawCorner(wanted: boolean, camera: Camera, height: number): void {
    this.corner.style.display = wanted ? "block" : "none";
    const side = cornerOf(height);
    const context = wanted ? fresh(this.corner, side, side) : null;
    if (!context) return;
    context.font = `${LETTER_SIZE * side}px "Liberation Sans", Arial, Helvetica, sans-serif`;
    context.fillStyle = "white";
    for (const { letter, x, y } of letters(camera, side)) context.fillText(letter, x, y);
  }
}

/** A canvas of a size with nothing on it. */
function fresh(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context?.clearRect(0, 0, width, height);
  return context;
}

/** Rows come bottom first. */
function overlayOf(rgba: Numbers, width: number, height: number): HTMLCanvasElement | null {
  if (rgba.length !== width * height * 4) return null;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const image = new ImageData(width, height);
  const row = width * 4;
  for (let y = 0; y < height; y++)
    image.data.set(rgba.subarray(y * row, (y + 1) * row) as Uint8Array, (height - 1 - y) * row);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}
