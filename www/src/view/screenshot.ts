// What is on screen as a PNG file.

/** Canvases one above the other, all at the lower left. Read at once: WebGL forgets what it drew when the browser has
 *  shown it. */
export function screenshot(layers: readonly (HTMLCanvasElement | null)[]): Promise<Blob | null> {
  const [first] = layers;
  if (!first) return Promise.resolve(null);
  const whole = document.createElement("canvas");
  Object.assign(whole, { width: first.width, height: first.height });
  const context = whole.getContext("2d", { alpha: false });
  for (const layer of layers)
    if (layer && layer.width > 0 && layer.height > 0)
      context?.drawImage(layer, 0, whole.height - layer.height);
  return new Promise((resolve) => whole.toBlob(resolve, "image/png"));
}
