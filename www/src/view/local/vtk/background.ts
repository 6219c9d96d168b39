// The background: one colour, or a gradient from bottom to top, which vtk.js has none of.
import vtkCellArray from "@kitware/vtk.js/Common/Core/CellArray";
import vtkDataArray from "@kitware/vtk.js/Common/Core/DataArray";
import vtkPolyData from "@kitware/vtk.js/Common/DataModel/PolyData";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import vtkRenderer from "@kitware/vtk.js/Rendering/Core/Renderer";

/** More than the picture can be wide beside its height. */
const WIDE = 1000;

export class GradientBackground {
  readonly renderer = vtkRenderer.newInstance();
  private readonly actor = vtkActor.newInstance();
  private readonly data = vtkPolyData.newInstance();

  constructor() {
    this.data.getPoints().setData(
      Float32Array.from([-WIDE, -1, 0, WIDE, -1, 0, WIDE, 1, 0, -WIDE, 1, 0]), 3); // prettier-ignore
    this.data.setPolys(vtkCellArray.newInstance({ values: Uint32Array.from([4, 0, 1, 2, 3]) } as never));
    const mapper = vtkMapper.newInstance();
    mapper.setInputData(this.data);
    this.actor.setMapper(mapper);
    this.actor.getProperty().setLighting(false);
    const camera = this.renderer.getActiveCamera();
    camera.set({ position: [0, 0, 1], focalPoint: [0, 0, 0], viewUp: [0, 1, 0] } as never);
    camera.set({ parallelProjection: true, parallelScale: 1, clippingRange: [0.5, 2] } as never);
  }

  show(colors: readonly (readonly [number, number, number])[]): void {
    const [bottom = [0, 0, 0], top] = colors;
    this.renderer.setBackground(bottom[0], bottom[1], bottom[2]);
    if (!top) {
      this.renderer.removeActor(this.actor);
      return;
    }
    const values = Uint8Array.from([bottom, bottom, top, top].flat().map((part) => Math.round(part * 255)));
    this.data
      .getPointData()
      .setScalars(vtkDataArray.newInstance({ name: "c", values, numberOfComponents: 3 }));
    this.data.modified();
    if (!this.renderer.getActors().includes(this.actor)) this.renderer.addActor(this.actor);
  }
}
