// The topics that belong to a view, by the view's id: the one place that knows how their names are made.
import type { Display, OutputPort, Scene, View } from "../protocol.gen";
import { useSession } from "./session";

/** A render view as the server has it; null where it has no such view (any more), or one of another kind. */
export function viewOf(view: string | null): View | null {
  const found = view === null ? undefined : useSession().topic(`view/${view}`);
  return found?.kind === "render" ? found : null;
}

/** The ids of all views that the server has, whether the page shows them or not. */
export function viewIds(): string[] {
  return useSession()
    .names("view/")
    .map((name) => name.slice("view/".length));
}

/** The kind of a view, which a newer server may have more of than this page; null where there is no such view. */
export function kindOf(view: string | null): string | null {
  return view === null ? null : (useSession().topic(`view/${view}`)?.kind ?? null);
}

/** How an output port is shown in a view; null where it is not. */
export function displayOf(view: string | null, node: string, port: number): Display | null {
  return view === null ? null : (useSession().topic(`display/${view}/${node}/${port}`) ?? null);
}

/** Whether a view shows an output port. */
export function isVisible(port: OutputPort, view: string | null): boolean {
  return view !== null && port.visible_in.includes(view);
}

/** Whether a view can show an output port. */
export function canShow(port: OutputPort, view: string | null): boolean {
  return view !== null && port.can_show_in.includes(view);
}

/** What a view shows, as geometry, whole or coarse; null where the server has described none. */
export function sceneOf(view: string | null, which: "full" | "lod"): Scene | null {
  if (view === null) return null;
  return useSession().topic(which === "full" ? `scene/${view}` : `scene/${view}/lod`) ?? null;
}
