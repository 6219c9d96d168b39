// What lies above the geometry, on a canvas of its own: the server's picture of scalar bars and text, and letters.
import type { Camera } from "../protocol.gen";
import type { Numbers } from "./codec";
import { cornerOf, LETTER_SIZE, letters } from "./corner";
import type { LoadedScene } from "./loader";

export class Overlay {
  private picture: HTMLCanvasElement | null = null;
  private pictureKey = "";

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Takes the picture of a scene over. */
  show({ scene, numbers }: LoadedScene): void {
    const key = scene.picture && scene.picture_size ? scene.picture.hash : "";
    if (key === this.pictureKey) return;
    this.pictureKey = key;
    this.picture =
      scene.picture && scene.picture_size ? pictureOf(numbers(scene.picture), ...scene.picture_size) : null;
  }

  draw({ scene }: LoadedScene, camera: Camera, width: number, height: number, ratio: number): void {
    const { canvas } = this;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, width, height);
    if (this.picture) context.drawImage(this.picture, 0, 0, width, height);
    if (scene.orientation_axes) drawLetters(context, camera, height);
    void ratio;
  }
}

function drawLetters(context: CanvasRenderingContext2D, camera: Camera, height: number): void {
  context.font = `${LETTER_SIZE * cornerOf(height)}px "Liberation Sans", Arial, Helvetica, sans-serif`;
  context.fillStyle = "white";
  for (const { letter, x, y } of letters(camera, height)) context.fillText(letter, x, y);
}

/** Rows come bottom first. */
function pictureOf(rgba: Numbers, width: number, height: number): HTMLCanvasElement | null {
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
