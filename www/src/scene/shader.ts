// How the graphics card colours by scalars. The table is a texture apart from the geometry, so that another colour map
// or range costs a few bytes. Added to vtk.js's own shaders at the places it keeps for colours.
import { EDGE, type Mapping } from "./colors";

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
  const type = coloring === "table" ? "vec2" : "vec4";
  const vary = `varying ${type} pvwScalarVS;`;
  return [
    replacement("Vertex", DEC, `attribute ${type} ${SCALARS}MC;\n${vary}`),
    replacement("Vertex", IMPL, `pvwScalarVS = ${SCALARS}MC;`),
    replacement("Fragment", DEC, coloring === "table" ? `${vary}\n${tableDec(texture)}` : vary),
    replacement("Fragment", IMPL, coloring === "table" ? tableImpl(texture) : DIRECT),
  ];
}

const DIRECT = `
  ambientColor = pvwScalarVS.rgb;
  diffuseColor = pvwScalarVS.rgb;
  opacity = opacity * pvwScalarVS.a;`;

const tableDec = (texture: string) => `
uniform sampler2D ${texture};
uniform float pvwLow;
uniform float pvwScale;
uniform int pvwFlags;
uniform vec3 pvwNan;
uniform vec3 pvwBelow;
uniform vec3 pvwAbove;`;

const LOG = 1;
const BELOW = 2;
const ABOVE = 4;

const tableImpl = (texture: string) => `
  float pvwValue = pvwScalarVS.x;
  if ((pvwFlags & ${LOG}) != 0) pvwValue = pvwValue > 0.0 ? log2(pvwValue) * 0.30102999566 : -1.0e30;
  float pvwAt = (pvwValue - pvwLow) * pvwScale;
  vec4 pvwColor = texture2D(${texture}, vec2(clamp(pvwAt, 0.0, 1.0), 0.5));
  if (pvwAt < -${EDGE.toFixed(6)} && (pvwFlags & ${BELOW}) != 0) pvwColor = vec4(pvwBelow, 1.0);
  if (pvwAt > 1.0 + ${EDGE.toFixed(6)} && (pvwFlags & ${ABOVE}) != 0) pvwColor = vec4(pvwAbove, 1.0);
  if (pvwScalarVS.y > 0.5) pvwColor = vec4(pvwNan, 1.0);
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
  const flags = (mapping.log ? LOG : 0) | (mapping.below ? BELOW : 0) | (mapping.above ? ABOVE : 0);
  program.setUniformf("pvwLow", mapping.low);
  program.setUniformf("pvwScale", mapping.scale);
  program.setUniformi("pvwFlags", flags);
  program.setUniform3fArray("pvwNan", mapping.nan);
  if (mapping.below) program.setUniform3fArray("pvwBelow", mapping.below);
  if (mapping.above) program.setUniform3fArray("pvwAbove", mapping.above);
}
