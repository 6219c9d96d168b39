// Smooth edges for a picture at rest, as ParaView's still images have them: fast approximate antialiasing (FXAA, after
// the white paper by Timothy Lottes), over what is on the canvas. Leaves WebGL as it found it; knows nothing of vtk.js.

/** One triangle that covers the picture. */
const VERTEX = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** The thresholds are those that ParaView has. */
const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D picture;
out vec4 result;

const float LEAST_CONTRAST = 0.0625;
const float LEAST_OF_BRIGHTEST = 0.125;
const float DOT_CONTRAST = 0.25;
const float MOST_OF_DOT = 0.75;
const float END_OF_EDGE = 0.25;
const int STEPS = 12;

float light(vec3 color) { return dot(color, vec3(0.299, 0.587, 0.114)); }
vec3 beside(ivec2 at, ivec2 last, int x, int y) {
  return texelFetch(picture, clamp(at + ivec2(x, y), ivec2(0), last), 0).rgb;
}

void main() {
  ivec2 size = textureSize(picture, 0);
  ivec2 last = size - 1;
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec3 here = beside(at, last, 0, 0);
  vec3 north = beside(at, last, 0, 1), south = beside(at, last, 0, -1);
  vec3 west = beside(at, last, -1, 0), east = beside(at, last, 1, 0);
  float m = light(here), n = light(north), s = light(south), w = light(west), e = light(east);
  float brightest = max(m, max(max(n, s), max(w, e)));
  float contrast = brightest - min(m, min(min(n, s), min(w, e)));
  result = vec4(here, 1.0);
  if (contrast < max(LEAST_CONTRAST, brightest * LEAST_OF_BRIGHTEST)) return;

  vec3 nw3 = beside(at, last, -1, 1), ne3 = beside(at, last, 1, 1);
  vec3 sw3 = beside(at, last, -1, -1), se3 = beside(at, last, 1, -1);
  float nw = light(nw3), ne = light(ne3), sw = light(sw3), se = light(se3);

  // What stands out of all around it is a dot: it takes some of their colour.
  float apart = abs((n + s + w + e) / 4.0 - m) / contrast;
  float dotted = min(MOST_OF_DOT, max(0.0, apart - DOT_CONTRAST) / (1.0 - DOT_CONTRAST));
  vec3 around = (here + north + south + west + east + nw3 + ne3 + sw3 + se3) / 9.0;

  // Which way the edge runs, and on which side of this pixel it is.
  float across = abs(nw + sw - 2.0 * w) + 2.0 * abs(n + s - 2.0 * m) + abs(ne + se - 2.0 * e);
  float along = abs(nw + ne - 2.0 * n) + 2.0 * abs(w + e - 2.0 * m) + abs(sw + se - 2.0 * s);
  bool level = across >= along;
  float one = level ? s : w, other = level ? n : e;
  float slopeOne = abs(one - m), slopeOther = abs(other - m);
  bool first = slopeOne >= slopeOther;
  float slope = max(slopeOne, slopeOther);
  float middle = ((first ? one : other) + m) / 2.0;
  vec2 pixel = 1.0 / vec2(size);
  vec2 normal = (level ? vec2(0.0, pixel.y) : vec2(pixel.x, 0.0)) * (first ? -1.0 : 1.0);
  vec2 tangent = level ? vec2(pixel.x, 0.0) : vec2(0.0, pixel.y);

  // How far it runs both ways, on the line between the two rows.
  vec2 place = gl_FragCoord.xy * pixel;
  vec2 line = place + normal / 2.0;
  float far[2];
  float end[2];
  for (int way = 0; way < 2; way++) {
    vec2 stride = way == 0 ? -tangent : tangent;
    for (int step = 1; step <= STEPS; step++) {
      far[way] = float(step);
      end[way] = light(texture(picture, line + stride * float(step)).rgb) - middle;
      if (abs(end[way]) >= slope * END_OF_EDGE) break;
    }
  }
  int near = far[0] < far[1] ? 0 : 1;
  // Where the nearer end bends to this pixel's own side the edge is not this pixel's to soften.
  bool bends = (m - middle < 0.0) != (end[near] < 0.0);
  float shift = bends ? 0.5 - far[near] / (far[0] + far[1]) : 0.0;
  result.rgb = mix(texture(picture, place + normal * shift).rgb, around, dotted);
}`;

export class Smoothing {
  /** Compiled at its first use; null where that cannot be: edges stay as they are. */
  private program: WebGLProgram | null | undefined;
  private readonly picture: WebGLTexture | null;
  private readonly nothing: WebGLVertexArrayObject | null;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.picture = gl.createTexture();
    this.nothing = gl.createVertexArray();
  }

  /** Softens what was just drawn on the canvas. */
  apply(width: number, height: number): void {
    const { gl } = this;
    this.program ??= this.program === undefined ? programOf(gl) : null;
    if (!this.program) return;
    const restore = remembered(gl);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    for (const switched of switches(gl)) gl.disable(switched);
    gl.viewport(0, 0, width, height);
    gl.bindTexture(gl.TEXTURE_2D, this.picture);
    gl.copyTexImage2D(gl.TEXTURE_2D, 0, gl.RGB, 0, 0, width, height, 0);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
    for (const edge of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
      gl.texParameteri(gl.TEXTURE_2D, edge, gl.CLAMP_TO_EDGE);
    gl.useProgram(this.program);
    gl.bindVertexArray(this.nothing);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    restore();
  }

  delete(): void {
    this.gl.deleteProgram(this.program ?? null);
    this.gl.deleteTexture(this.picture);
    this.gl.deleteVertexArray(this.nothing);
  }
}

const switches = (gl: WebGL2RenderingContext) => [gl.BLEND, gl.CULL_FACE, gl.DEPTH_TEST, gl.SCISSOR_TEST];

/** Gives back what is changed here: vtk.js remembers what it has set and does not set it again. The browser answers all
 * of these without asking the graphics card. */
function remembered(gl: WebGL2RenderingContext): () => void {
  const on = switches(gl).filter((name) => gl.isEnabled(name));
  const viewport = gl.getParameter(gl.VIEWPORT) as Int32Array;
  const frame = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null;
  const program = gl.getParameter(gl.CURRENT_PROGRAM) as WebGLProgram | null;
  const vertices = gl.getParameter(gl.VERTEX_ARRAY_BINDING) as WebGLVertexArrayObject | null;
  const unit = gl.getParameter(gl.ACTIVE_TEXTURE) as number;
  gl.activeTexture(gl.TEXTURE0);
  const texture = gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture | null;
  return () => {
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.activeTexture(unit);
    gl.bindVertexArray(vertices);
    gl.useProgram(program);
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.viewport(viewport[0] ?? 0, viewport[1] ?? 0, viewport[2] ?? 0, viewport[3] ?? 0);
    for (const name of on) gl.enable(name);
  };
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}
