// How the graphics card colours by scalars. The table is a texture apart from the geometry, so that another colour map
// or range costs a few bytes. Added to vtk.js's own shaders at the places it keeps for colours.
import { EDGE, type Mapping } from "../colors";

export type Coloring = "table" | "direct" | "none";

/** vtk.js calls a vertex array by its name and MC. */
export const SCALARS = "pvwScalar";

interface Replacement {
  shaderType: "Vertex" | "Fragment";
  originalValue: string;
  replaceFirst: boolean;
  replacementValue: string;
  replaceAll: boolean;
}

const DEC = "//VTK::Color::Dec";
const IMPL = "//VTK::Color::Impl";

function replacement(
  shaderType: Replacement["shaderType"],
  originalValue: string,
  added: string,
): Replacement {
  const replacementValue = `${originalValue}\n${added}`;
  return { shaderType, originalValue, replaceFirst: true, replacementValue, replaceAll: false };
}

/** Without highlights, for what has none: where pixels are made by software they are the dearest part of a picture. */
const DULL: Replacement = {
  shaderType: "Fragment",
  originalValue: "specularL \\+= \\(\\(?sf[^;]*;",
  replaceFirst: false,
  replacementValue: "",
  replaceAll: true,
};

/** What is changed in the shaders of a part. `texture` is vtk.js's name of the colour table's sampler. */
export function replacements(coloring: Coloring, texture: string, dull: boolean): Replacement[] {
  const colors = coloring === "none" ? [] : coloringBy(coloring, texture);
  return dull ? [...colors, DULL] : colors;
}

function coloringBy(coloring: Coloring, texture: string): Replacement[] {
  const table = coloring === "table";
  const type = table ? "vec2" : "vec4";
  const vary = `varying ${type} pvwScalarVS;`;
  return [
    replacement("Vertex", DEC, `attribute ${type} ${SCALARS}MC;\n${vary}${table ? VERTEX_DEC : ""}`),
    replacement("Vertex", IMPL, table ? VERTEX_IMPL : `pvwScalarVS = ${SCALARS}MC;`),
    replacement("Fragment", DEC, table ? `${vary}\n${tableDec(texture)}` : vary),
    replacement("Fragment", IMPL, table ? tableImpl(texture) : DIRECT),
  ];
}

const VERTEX_DEC = `
uniform float pvwLow;
uniform float pvwScale;
uniform float pvwLeast;
uniform float pvwMost;`;

/** As in ParaView, vertices are placed on the row of colours, and what lies between two of them is between on the row. */
const VERTEX_IMPL = `
  float pvwPlace = clamp((${SCALARS}MC.x - pvwLow) * pvwScale, pvwLeast, pvwMost);
  if (${SCALARS}MC.y < -0.5) pvwPlace = 0.0;
  if (${SCALARS}MC.y > 0.5) pvwPlace = 0.5;
  pvwScalarVS = vec2(pvwPlace, max(${SCALARS}MC.y, 0.0));`;

const DIRECT = `
  ambientColor = pvwScalarVS.rgb;
  diffuseColor = pvwScalarVS.rgb;
  opacity = opacity * pvwScalarVS.a;`;

const tableDec = (texture: string) => `
uniform sampler2D ${texture};
uniform int pvwFlags;
uniform vec3 pvwNan;
uniform vec3 pvwBelow;
uniform vec3 pvwAbove;`;

const BELOW = 1;
const ABOVE = 2;
/** ParaView mixes so little of what is none that next to it there is hardly anything else: 0.01 of 0.51. */
const SOME_NONE = 0.0196;

const tableImpl = (texture: string) => `
  float pvwAt = pvwScalarVS.x;
  vec4 pvwColor = texture2D(${texture}, vec2(clamp(pvwAt, 0.0, 1.0), 0.5));
  if (pvwAt < -${EDGE.toFixed(6)} && (pvwFlags & ${BELOW}) != 0) pvwColor = vec4(pvwBelow, 1.0);
  if (pvwAt > 1.0 + ${EDGE.toFixed(6)} && (pvwFlags & ${ABOVE}) != 0) pvwColor = vec4(pvwAbove, 1.0);
  if (pvwScalarVS.y > ${SOME_NONE}) pvwColor = vec4(pvwNan, 1.0);
  ambientColor = pvwColor.rgb;
  diffuseColor = pvwColor.rgb;
  opacity = opacity * pvwColor.a;`;

/** The part of vtk.js's shader program that is used here. */
export interface Program {
  isUniformUsed(name: string): boolean;
  setUniformf(name: string, value: number): boolean;
  setUniformi(name: string, value: number): boolean;
  setUniform3fArray(name: string, value: readonly number[]): boolean;
}

/** Gives a program the numbers of a mapping, before each draw. */
export function setMapping(program: Program, mapping: Mapping): void {
  if (!program.isUniformUsed("pvwLow")) return;
  const flags = (mapping.below ? BELOW : 0) | (mapping.above ? ABOVE : 0);
  program.setUniformf("pvwLow", mapping.low);
  program.setUniformf("pvwScale", mapping.scale);
  program.setUniformf("pvwLeast", mapping.least);
  program.setUniformf("pvwMost", mapping.most);
  program.setUniformi("pvwFlags", flags);
  program.setUniform3fArray("pvwNan", mapping.nan);
  if (mapping.below) program.setUniform3fArray("pvwBelow", mapping.below);
  if (mapping.above) program.setUniform3fArray("pvwAbove", mapping.above);
}
