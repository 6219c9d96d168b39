// The topics that belong to a view, by the view's id: the one place that knows how their names are made.
import type { Display, Scene, View } from "../protocol.gen";
import { useSession } from "./session";

/** A view as the server has it; null where it has no such view (any more). */
export function viewOf(view: string | null): View | null {
  return view === null ? null : (useSession().topic(`view/${view}`) ?? null);
}

/** How an output port is shown in a view; null where it is not. */
export function displayOf(_view: string | null, node: string, port: number): Display | null {
  // There are displays of one view only, as long as their names on the wire have none.
  return useSession().topic(`display/${node}/${port}`) ?? null;
}

/** What a view shows, as geometry, whole or coarse; null where the server has described none. */
export function sceneOf(view: string | null, which: "full" | "light"): Scene | null {
  if (view === null) return null;
  return useSession().topic(which === "full" ? `scene/${view}` : `scene/${view}/light`) ?? null;
}
