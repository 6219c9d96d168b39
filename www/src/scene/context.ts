// The stage's WebGL context. Made before there is anything to draw: that alone can stop the page for longer than drawing
// does, and later there would be somebody who turns the picture. Knows nothing of vtk.js, which gets the same one.
import { drawnBySoftware } from "./software";

/** The context of a canvas; null where there is no WebGL. The first call decides what it is like. */
export function contextOf(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  const antialias = devicePixelRatio < 2 && !drawnBySoftware();
  return canvas.getContext("webgl2", { alpha: false, antialias, powerPreference: "high-performance" });
}

/** Runs something once the page has nothing else to do. */
export function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 3000 });
  else setTimeout(run, 1000);
}
