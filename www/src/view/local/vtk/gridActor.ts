// The lines of the axes grid, among the geometry.
import vtkCellArray from "@kitware/vtk.js/Common/Core/CellArray";
import vtkPoints from "@kitware/vtk.js/Common/Core/Points";
import vtkPolyData from "@kitware/vtk.js/Common/DataModel/PolyData";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import type { AxesGrid, Camera } from "../../../protocol.gen";
import { counted, extentOf, NO_BOUNDS, type Bounds } from "../geometry";
import { farSides, gridLines } from "../grid";

export class GridLines {
  readonly actor = vtkActor.newInstance();
  private readonly mapper = vtkMapper.newInstance();
  private grid: AxesGrid | null = null;
  private drawn = "";

  constructor() {
    this.actor.setMapper(this.mapper);
    this.actor.setVisibility(false);
    this.actor.getProperty().setLighting(false);
  }

  show(grid: AxesGrid | null): void {
    this.grid = grid;
    this.actor.setVisibility(grid !== null);
    if (grid) this.actor.getProperty().setColor(...grid.color);
  }

  /** Which faces lie behind the data depends on where one looks from. */
  follow(camera: Camera): void {
    if (!this.grid) return;
    const far = farSides(this.grid, camera);
    const key = JSON.stringify([this.grid, far]);
    if (key === this.drawn) return;
    this.drawn = key;
    const points = gridLines(this.grid, far);
    const data = vtkPolyData.newInstance();
    data.setPoints(vtkPoints.newInstance({ values: points, numberOfComponents: 3 } as never));
    const values = counted(Uint32Array.from({ length: points.length / 3 }, (_, at) => at), 2); // prettier-ignore
    if (values) data.setLines(vtkCellArray.newInstance({ values } as never));
    this.mapper.setInputData(data);
  }

  get bounds(): Bounds {
    const { grid } = this;
    return grid ? extentOf([0, 2, 4, 1, 3, 5].map((at) => grid.bounds[at] ?? 0)).bounds : NO_BOUNDS;
  }
}
