// One mesh of a scene as actors of vtk.js. Updated in place: what did not change is not sent to the graphics card again.
import vtkCellArray from "@kitware/vtk.js/Common/Core/CellArray";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkPoints from "@kitware/vtk.js/Common/Core/Points";
import vtkImageData from "@kitware/vtk.js/Common/DataModel/ImageData";
import vtkPolyData from "@kitware/vtk.js/Common/DataModel/PolyData";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import type { vtkVolume } from "@kitware/vtk.js/Rendering/Core/Volume";
import vtkTexture from "@kitware/vtk.js/Rendering/Core/Texture";
import type { Appearance, Blob as BlobName, Mesh, ScenePart } from "../../../protocol.gen";
import type { Numbers } from "../arrays/codec";
import { mappingOf, type Mapping } from "../colors";
import {
  counted,
  edgeLines,
  geometryKey,
  geometryOf,
  moved,
  NO_BOUNDS,
  type Bounds,
  type Geometry,
} from "../geometry";
import { replacements, SCALARS, setMapping, type Coloring, type Program } from "./shader";

type Get = (blob: BlobName) => Numbers;
const STYLES = { points: 0, wireframe: 1, surface: 2 } as const;

/** A thing in the local view. */
export interface ViewPart {
  readonly props: readonly (vtkActor | vtkVolume)[];
  readonly bounds: Bounds;
  update(part: ScenePart, get: Get): void;
  delete(): void;
}

export class MeshPart implements ViewPart {
  private readonly actor = vtkActor.newInstance();
  private readonly mapper = vtkMapper.newInstance();
  private readonly table = vtkTexture.newInstance();
  private readonly picture = vtkTexture.newInstance({ interpolate: true });
  private edges: { actor: vtkActor; mapper: vtkMapper; key: string } | null = null;
  private geometry: Geometry | null = null;
  private mapping: Mapping | null = null;
  private geometryKey = "";
  private tableKey = "";
  private textureKey = "";
  private wiring = "";
  bounds: Bounds = NO_BOUNDS;

  constructor() {
    this.mapper.setScalarVisibility(false);
    this.actor.setMapper(this.mapper);
  }

  get props(): vtkActor[] {
    return this.edges ? [this.actor, this.edges.actor] : [this.actor];
  }

  update(part: ScenePart, get: Get): void {
    const mesh = part.mesh;
    if (!mesh) return;
    const component = part.colors?.component ?? 0;
    const log = part.colors?.log ?? false;
    const key = geometryKey(mesh, component, log);
    const geometry =
      this.geometry && key === this.geometryKey ? this.geometry : geometryOf(mesh, get, component, log);
    if (geometry !== this.geometry) this.mapper.setInputData(polyData(geometry));
    this.geometry = geometry;
    this.geometryKey = key;
    this.bounds = moved(geometry.bounds, part.matrix);
    this.texture(mesh, get);
    this.color(part, mesh, geometry);
    dress(this.actor, part.appearance, mesh, part.appearance.style);
    place(this.actor, part.matrix);
    this.drawEdges(part, mesh, get, geometry);
  }

  delete(): void {
    this.edges?.mapper.delete();
    this.edges?.actor.delete();
    this.actor.delete();
    this.mapper.delete();
  }

  private color(part: ScenePart, mesh: Mesh, geometry: Geometry): void {
    const coloring = coloringOf(part, mesh, geometry);
    this.mapping = part.colors && coloring === "table" ? mappingOf(part.colors, geometry.encoding) : null;
    const key = this.mapping ? String(this.mapping.samples) : "";
    if (this.mapping && key !== this.tableKey) this.table.setInputData(row(this.mapping.samples));
    this.tableKey = key;
    const translucent = this.mapping ? this.mapping.translucent : coloring === "direct" && fades(geometry);
    this.actor.setForceTranslucent(translucent);
    const dull = part.appearance.specular === 0;
    const wiring = `${coloring} ${this.textureKey !== ""} ${dull}`;
    if (wiring !== this.wiring) this.wire(coloring, this.textureKey !== "", dull);
    this.wiring = wiring;
  }

  /** Textures take units in their order: the mesh's own comes first, since vtk.js looks for it there. */
  private wire(coloring: Coloring, textured: boolean, dull: boolean): void {
    this.actor.removeAllTextures();
    if (textured) this.actor.addTexture(this.picture);
    if (coloring === "table") this.actor.addTexture(this.table);
    this.mapper.setCustomShaderAttributes(coloring === "none" ? [] : [SCALARS]);
    const bind = (_: unknown, cells: { getProgram(): Program }) => {
      if (this.mapping) setMapping(cells.getProgram(), this.mapping);
    };
    this.mapper.setViewSpecificProperties({
      OpenGL: { ShaderReplacements: replacements(coloring, textured ? "texture2" : "texture1", dull) },
      ShadersCallbacks: [{ userData: null, callback: bind }],
    });
    this.mapper.modified();
  }

  private texture(mesh: Mesh, get: Get): void {
    const key = mesh.texture && mesh.texture_size ? mesh.texture.hash : "";
    if (key === this.textureKey) return;
    this.textureKey = key;
    if (mesh.texture && mesh.texture_size) {
      const [width, height] = mesh.texture_size;
      this.picture.setInputData(image(get(mesh.texture), mesh.texture.components, width, height));
    }
  }

  /** Edges are lines of their own above the surface: they have one colour and no light. */
  private drawEdges(part: ScenePart, mesh: Mesh, get: Get, geometry: Geometry): void {
    const look = part.appearance;
    this.mapper.setRelativeCoincidentTopologyPolygonOffsetParameters(look.edges ? 1 : 0, look.edges ? 2 : 0);
    if (!look.edges || !mesh.triangles) {
      this.edges?.mapper.delete();
      this.edges?.actor.delete();
      this.edges = null;
      return;
    }
    this.edges ??= newEdges();
    const { actor, mapper } = this.edges;
    const key = `${mesh.points.hash} ${(mesh.edges ?? mesh.triangles).hash}`;
    if (key !== this.edges.key) {
      const ids = mesh.edges ? get(mesh.edges) : edgeLines(get(mesh.triangles) as Uint32Array);
      const points =
        mesh.association === "CELLS" ? (get(mesh.points) as Geometry["points"]) : geometry.points;
      mapper.setInputData(polyData({ points, lines: counted(ids as Uint32Array, 2) }));
      this.edges.key = key;
    }
    const { edge_color: color, opacity, line_width: lineWidth } = look;
    actor.getProperty().set({ color, ambientColor: color, diffuseColor: color, opacity, lineWidth });
    place(actor, part.matrix);
  }
}

function coloringOf(part: ScenePart, mesh: Mesh, geometry: Geometry): Coloring {
  if (!geometry.scalars) return "none";
  if (mesh.direct_colors) return "direct";
  return part.colors ? "table" : "none";
}

function newEdges() {
  const actor = vtkActor.newInstance();
  const mapper = vtkMapper.newInstance();
  mapper.setScalarVisibility(false);
  actor.setMapper(mapper);
  actor.getProperty().set({ lighting: false, ambient: 1, diffuse: 0 });
  return { actor, mapper, key: "" };
}

type Bare = Pick<Geometry, "points"> & Partial<Geometry>;

function polyData(geometry: Bare): vtkPolyData {
  const data = vtkPolyData.newInstance();
  data.setPoints(vtkPoints.newInstance({ values: geometry.points, numberOfComponents: 3 } as never));
  const cells = (values: Uint32Array) => vtkCellArray.newInstance({ values } as never);
  if (geometry.triangles) data.setPolys(cells(geometry.triangles));
  if (geometry.lines) data.setLines(cells(geometry.lines));
  if (geometry.vertices) data.setVerts(cells(geometry.vertices));
  const array = (name: string, values: Float32Array, numberOfComponents: number) =>
    vtkDataArray.newInstance({ name, values, numberOfComponents });
  if (geometry.normals) data.getPointData().setNormals(array("Normals", geometry.normals, 3));
  if (geometry.texcoords) data.getPointData().setTCoords(array("TCoords", geometry.texcoords, 2));
  if (geometry.scalars)
    data.getPointData().addArray(array(SCALARS, geometry.scalars, geometry.scalarSize ?? 1));
  return data;
}

function dress(actor: vtkActor, look: Appearance, mesh: Mesh, style: Appearance["style"]): void {
  // As VTK has it, lines and points without normals have no light, and a wireframe of polygons does.
  const flat = style === "wireframe" ? false : look.flat || !mesh.normals;
  actor.getProperty().set({
    representation: STYLES[style],
    diffuseColor: look.color,
    ambientColor: look.ambient_color,
    specularColor: look.specular_color,
    opacity: look.opacity,
    edgeOpacity: look.opacity,
    ambient: look.ambient,
    diffuse: look.diffuse,
    specular: look.specular,
    specularPower: look.specular_power,
    lighting: look.lighting,
    interpolation: flat ? 0 : 1,
    lineWidth: look.line_width,
    pointSize: look.point_size,
    backfaceCulling: look.cull === "back",
    frontfaceCulling: look.cull === "front",
  });
}

/** Matrices of the wire are row by row, vtk.js's column by column. */
function place(actor: vtkActor, matrix: readonly number[] | null): void {
  const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  const rows = matrix ?? identity;
  const columns = rows.map((_, at) => rows[(at % 4) * 4 + Math.floor(at / 4)] ?? 0);
  const before = actor.getUserMatrix() as Iterable<number> | null;
  if (before && [...before].every((value, at) => value === columns[at])) return;
  actor.setUserMatrix(columns as never);
}

function image(values: Numbers, numberOfComponents: number, width: number, height: number): vtkImageData {
  const data = vtkImageData.newInstance();
  data.setDimensions(width, height, 1);
  data.getPointData().setScalars(vtkDataArray.newInstance({ name: "texels", values, numberOfComponents }));
  return data;
}

const row = (samples: Uint8Array<ArrayBuffer>) => image(samples, 4, samples.length / 4, 1);

function fades({ scalars }: Geometry): boolean {
  if (!scalars) return false;
  for (let at = 3; at < scalars.length; at += 4) if ((scalars[at] ?? 1) < 1) return true;
  return false;
}
