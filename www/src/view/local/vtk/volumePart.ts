// One volume of a scene. Fetched only when there is one: its shaders are the larger half of what vtk.js draws with.
import "@kitware/vtk.js/Rendering/OpenGL/Volume";
import "@kitware/vtk.js/Rendering/OpenGL/VolumeMapper";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkImageData from "@kitware/vtk.js/Common/DataModel/ImageData";
import vtkPiecewiseFunction from "@kitware/vtk.js/Common/DataModel/PiecewiseFunction";
import vtkColorTransferFunction from "@kitware/vtk.js/Rendering/Core/ColorTransferFunction";
import vtkVolume from "@kitware/vtk.js/Rendering/Core/Volume";
import vtkVolumeMapper from "@kitware/vtk.js/Rendering/Core/VolumeMapper";
import type { Blob as BlobName, ColorTable, ScenePart, Volume } from "../../../protocol.gen";
import type { Numbers } from "../arrays/codec";
import { moved, NO_BOUNDS, type Bounds } from "../geometry";
import { scalarAt, within } from "../scalars";
import type { ViewPart } from "./meshPart";

const BLENDS = { composite: 0, maximum: 1, minimum: 2, average: 3, additive: 4 } as const;
/** vtk.js draws nothing along rays with more samples than it is allowed. */
const MOST_SAMPLES = 4000;

export class VolumePart implements ViewPart {
  private readonly actor = vtkVolume.newInstance();
  private readonly mapper = vtkVolumeMapper.newInstance();
  private dataKey = "";
  private lookKey = "";
  readonly props = [this.actor];
  bounds: Bounds = NO_BOUNDS;

  constructor() {
    this.actor.setMapper(this.mapper);
  }

  update(part: ScenePart, get: (blob: BlobName) => Numbers): void {
    const { volume, colors } = part;
    if (!volume) return;
    const component = colors?.component ?? 0;
    const { scalars, dimensions, origin, spacing, direction } = volume;
    const key = JSON.stringify([scalars.hash, component, dimensions, origin, spacing, direction]);
    if (key !== this.dataKey) {
      const data = imageOf(volume, get(scalars), component);
      this.mapper.setInputData(data);
      this.bounds = moved(data.getBounds() as Bounds, part.matrix);
    }
    this.dataKey = key;
    const look = JSON.stringify([colors, volume.opacity, volume.unit_distance, volume.shade, volume.blend, volume.linear, part.appearance]); // prettier-ignore
    if (look !== this.lookKey) this.dress(part, volume, colors);
    this.lookKey = look;
  }

  delete(): void {
    this.actor.delete();
    this.mapper.delete();
  }

  private dress({ appearance }: ScenePart, volume: Volume, colors: ColorTable | null): void {
    const property = this.actor.getProperty();
    const opacity = vtkPiecewiseFunction.newInstance();
    for (let at = 0; at + 1 < volume.opacity.length; at += 2)
      opacity.addPoint(volume.opacity[at] ?? 0, volume.opacity[at + 1] ?? 0);
    property.setRGBTransferFunction(0, transferOf(colors, appearance.color));
    property.setScalarOpacity(0, opacity);
    property.setScalarOpacityUnitDistance(0, volume.unit_distance);
    property.setShade(volume.shade);
    property.setAmbient(appearance.ambient);
    property.setDiffuse(appearance.diffuse);
    property.setSpecular(appearance.specular);
    property.setSpecularPower(appearance.specular_power);
    if (volume.linear) property.setInterpolationTypeToLinear();
    else property.setInterpolationTypeToNearest();
    this.mapper.setBlendMode(BLENDS[volume.blend]);
    this.mapper.setMaximumSamplesPerRay(MOST_SAMPLES);
    // Half a cell, as VTK's mapper has it on a graphics card.
    const cell = volume.spacing.reduce((sum, length) => sum + length, 0) / 3;
    this.mapper.setSampleDistance(cell / 2);
  }
}

function imageOf(volume: Volume, source: Numbers, component: number): vtkImageData {
  const { components, items } = volume.scalars;
  let values = source;
  if (components > 1) {
    values = new Float32Array(items);
    for (let item = 0; item < items; item++) values[item] = scalarAt(source, components, component, item);
  }
  const data = vtkImageData.newInstance({ origin: [...volume.origin], spacing: [...volume.spacing] });
  data.setDimensions(...volume.dimensions);
  // Rows of the wire are the world's axes; vtk.js keeps one axis of the grid after the other.
  const rows = volume.direction;
  data.setDirection(rows.map((_, at) => rows[(at % 3) * 3 + Math.floor(at / 3)] ?? 0) as never);
  data
    .getPointData()
    .setScalars(vtkDataArray.newInstance({ name: "scalars", values: within(values), numberOfComponents: 1 }));
  return data;
}

function transferOf(colors: ColorTable | null, solid: readonly number[]): vtkColorTransferFunction {
  const transfer = vtkColorTransferFunction.newInstance();
  if (!colors) {
    transfer.addRGBPoint(0, solid[0] ?? 1, solid[1] ?? 1, solid[2] ?? 1);
    return transfer;
  }
  const count = colors.colors.length / 3;
  const [low, high] = colors.range.map((end) => (colors.log ? Math.log10(end) : end)) as [number, number];
  for (let at = 0; at < count; at++) {
    const value = low + ((high - low) * (at + 0.5)) / count;
    const [red = 0, green = 0, blue = 0] = colors.colors.slice(3 * at, 3 * at + 3).map((part) => part / 255);
    transfer.addRGBPoint(colors.log ? 10 ** value : value, red, green, blue);
  }
  return transfer;
}
