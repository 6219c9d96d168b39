// The axes in the lower left corner, which turn with the camera.
import vtkRenderer from "@kitware/vtk.js/Rendering/Core/Renderer";
import type { Camera } from "../protocol.gen";

export class OrientationAxes {
  readonly renderer = vtkRenderer.newInstance();

  constructor() {
    this.renderer.setLayer(2);
    this.renderer.setDraw(false);
  }

  follow(camera: Camera): void {
    this.renderer.getActiveCamera().setViewUp(...camera.view_up);
  }
}
