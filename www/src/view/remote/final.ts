// Whether an image of the server is what the view is to look like now, or only what is shown until that comes. Pure.
import type { Camera, Frame, View } from "../../protocol.gen";
import { sameView } from "../camera/projection";

export interface Wanted {
  /** The view on screen, as its topic has it; null while there is none. */
  view: View | null;
  /** The page's camera. */
  camera: Camera | null;
  /** The server knows the size of this page, or need not know it. */
  sized: boolean;
}

/** A still image may be late: of a view that another took the place of, of a size or a camera from before. */
export function isFinal(frame: Frame, { view, camera, sized }: Wanted): boolean {
  if (!frame.still || !sized || !view || !camera || !frame.camera || frame.view !== view.view) return false;
  const [width, height] = frame.full;
  return width === view.width && height === view.height && sameView(frame.camera, camera);
}
