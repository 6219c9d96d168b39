// The local view's WebGL context. Made before there is anything to draw: that alone can stop the page for longer than drawing
// does, and later there would be somebody who turns the picture. Knows nothing of vtk.js, which gets the same one.
import { drawnBySoftware } from "./software";

/** The context of a canvas; null where there is no WebGL. The first call decides what it is like. */
export function contextOf(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  const antialias = devicePixelRatio < 2 && !drawnBySoftware();
  return canvas.getContext("webgl2", { alpha: false, antialias, powerPreference: "high-performance" });
}

/** How often it is asked whether the graphics card is done, ms. */
const ASK_MS = 4;

/** Resolves once the graphics card has done what it was told. The page goes on meanwhile, which it would not while it
 * read a pixel or asked for an error. */
export function finished(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  return new Promise((resolve) => {
    const ask = () => {
      const waits = fence && !gl.isContextLost() && gl.clientWaitSync(fence, 0, 0) === gl.TIMEOUT_EXPIRED;
      if (waits) return void setTimeout(ask, ASK_MS);
      gl.deleteSync(fence);
      resolve();
    };
    setTimeout(ask, 0);
  });
}

/** Runs something once the page has nothing else to do. */
export function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: 3000 });
  else setTimeout(run, 1000);
}
