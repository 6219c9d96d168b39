// Whether the browser has no graphics card and draws by software: then every pixel counts, and smooth edges are left out.

let known: boolean | null = null;

export function drawnBySoftware(): boolean {
  known ??= ask();
  return known;
}

function ask(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = gl && names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "";
  // Browsers keep few contexts; this one is not needed any more.
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer);
}
