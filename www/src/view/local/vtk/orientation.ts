// The axes in the lower left corner, which turn with the camera: measures and colours as ParaView draws them.
import vtkCellArray from "@kitware/vtk.js/Common/Core/CellArray";
import vtkPolyData from "@kitware/vtk.js/Common/DataModel/PolyData";
import vtkActor from "@kitware/vtk.js/Rendering/Core/Actor";
import vtkMapper from "@kitware/vtk.js/Rendering/Core/Mapper";
import vtkRenderer from "@kitware/vtk.js/Rendering/Core/Renderer";
import type { Camera } from "../../../protocol.gen";
import { AXES, axesCamera, cornerOf } from "../corner";

const SHAFT = 0.8;
const TIP_RADIUS = 0.08;
const SIDES = 16;

export class OrientationAxes {
  readonly renderer = vtkRenderer.newInstance();

  constructor() {
    this.renderer.setLayer(2);
    this.renderer.setDraw(false);
    for (const { axis, color } of AXES) {
      this.renderer.addActor(actorOf(cone(axis), color, true));
      this.renderer.addActor(actorOf(shaft(axis), color, false));
    }
  }

  follow(camera: Camera, width: number, height: number): void {
    const corner = cornerOf(height);
    this.renderer.setViewport(0, 0, corner / width, corner / height);
    const { position, view_up } = axesCamera(camera);
    const settings = { position, focalPoint: [0, 0, 0], viewUp: view_up, viewAngle: 30 };
    this.renderer.getActiveCamera().set({ ...settings, clippingRange: [3, 11] } as never);
  }
}

function actorOf(data: vtkPolyData, color: readonly [number, number, number], lighting: boolean): vtkActor {
  const mapper = vtkMapper.newInstance();
  mapper.setInputData(data);
  const actor = vtkActor.newInstance();
  actor.setMapper(mapper);
  actor.getProperty().setColor(...color);
  actor.getProperty().setLighting(lighting);
  actor.getProperty().setInterpolationToFlat();
  return actor;
}

function shaft(axis: number): vtkPolyData {
  const data = vtkPolyData.newInstance();
  const points = new Float32Array(6);
  points[3 + axis] = 1;
  data.getPoints().setData(points, 3);
  data.setLines(vtkCellArray.newInstance({ values: Uint32Array.from([2, 0, 1]) } as never));
  return data;
}

function cone(axis: number): vtkPolyData {
  const points = new Float32Array((SIDES + 1) * 3);
  points[axis] = 1;
  const cells: number[] = [];
  const base = [SIDES];
  for (let side = 0; side < SIDES; side++) {
    const angle = (2 * Math.PI * side) / SIDES;
    const at = 3 * (side + 1);
    points[at + axis] = SHAFT;
    points[at + ((axis + 1) % 3)] = TIP_RADIUS * Math.cos(angle);
    points[at + ((axis + 2) % 3)] = TIP_RADIUS * Math.sin(angle);
    cells.push(3, 0, side + 1, ((side + 1) % SIDES) + 1);
    base.push(side + 1);
  }
  const data = vtkPolyData.newInstance();
  data.getPoints().setData(points, 3);
  data.setPolys(vtkCellArray.newInstance({ values: Uint32Array.from([...cells, ...base]) } as never));
  return data;
}
