// Actions on the camera and on what a view shows.
import {
  mdiAxisArrow, mdiAxisXArrow, mdiAxisYArrow, mdiAxisZArrow, mdiCameraOutline, mdiCrosshairsGps, mdiCubeOutline,
  mdiCubeScan, mdiFitToPageOutline, mdiFullscreen, mdiThemeLightDark,
} from "@mdi/js"; // prettier-ignore
import type { ViewCameraReset } from "../protocol.gen";
import { usePipeline } from "../state/pipeline";
import { usePrefs } from "../state/prefs";
import { useSession } from "../state/session";
import { isVisible } from "../state/topics";
import { useUi } from "../state/ui";
import { useViews } from "../state/views";
import { useWorkspace } from "../state/workspace";
import { needsParaView } from "./file";
import type { Action } from "./registry";

type Direction = NonNullable<ViewCameraReset["direction"]>;

export function cameraActions(): Action[] {
  const pipeline = usePipeline();
  const workspace = useWorkspace();
  const needsView = () => needsParaView() ?? (workspace.view ? null : "there is no view");
  const needsActive = () =>
    needsView() ?? (pipeline.active ? null : "nothing is selected in the Pipeline Browser");
  const needsPicture = () =>
    needsView() ??
    (pipeline.nodes.some((node) => node.ports.some((port) => isVisible(port, workspace.shown)))
      ? null
      : "nothing is shown in the view");
  const reset = (options: Omit<ViewCameraReset, "view">) =>
    useSession().request("view.camera.reset", { view: workspace.shown ?? "", ...options });
  const base = { menu: "Camera", method: "view.camera.reset", reason: needsPicture } as const;
  const look = (direction: Direction, icon: string, shortcut: string): Action => ({
    ...base,
    id: `camera.${direction}`,
    label: `Look along ${direction.toUpperCase()}`,
    icon,
    shortcuts: [shortcut],
    run: () => reset({ direction }),
  });
  return [
    { ...base, id: "camera.reset", label: "Reset the camera", icon: mdiFitToPageOutline, shortcuts: ["R"], run: () => reset({}) },
    {
      ...base, id: "camera.node", label: "Zoom to the selected item", icon: mdiCrosshairsGps, shortcuts: ["Shift+R"],
      reason: needsActive, run: () => reset({ node: pipeline.activeId }),
    },
    look("+x", mdiAxisXArrow, "X"),
    look("-x", mdiAxisXArrow, "Shift+X"),
    look("+y", mdiAxisYArrow, "Y"),
    look("-y", mdiAxisYArrow, "Shift+Y"),
    look("+z", mdiAxisZArrow, "Z"),
    look("-z", mdiAxisZArrow, "Shift+Z"),
    { ...base, id: "camera.iso", label: "Isometric view", icon: mdiCubeOutline, shortcuts: ["I"], run: () => reset({ direction: "iso" }) },
    {
      ...base, id: "camera.parallel", label: "Parallel projection", icon: mdiCubeScan, method: "view.set", reason: needsView,
      checked: () => workspace.view?.camera.parallel ?? false,
      run: () => useSession().request("view.set", { view: workspace.shown ?? "", parallel: !workspace.view?.camera.parallel }),
    },
  ]; // prettier-ignore
}

export function viewActions(): Action[] {
  const workspace = useWorkspace();
  const prefs = usePrefs();
  const ui = useUi();
  const views = useViews();
  return [
    {
      id: "view.maximize", label: "Maximize the view", icon: mdiFullscreen, menu: "View", shortcuts: ["F"],
      checked: () => ui.maximized, run: () => (ui.maximized = !ui.maximized),
    },
    {
      id: "view.screenshot", label: "Save a screenshot", icon: mdiCameraOutline, menu: "View",
      reason: () => (views.shown.seq > 0 ? null : "there is no image yet"), run: saveScreenshot,
    },
    {
      id: "view.axes", label: "Orientation axes", icon: mdiAxisArrow, menu: "View", method: "view.set",
      reason: () => needsParaView() ?? (workspace.view ? null : "there is no view"),
      checked: () => workspace.view?.orientation_axes ?? false,
      run: () =>
        useSession().request("view.set", {
          view: workspace.shown ?? "",
          orientation_axes: !workspace.view?.orientation_axes,
        }),
    },
    {
      id: "view.theme", label: "Switch between light and dark", icon: mdiThemeLightDark, menu: "View",
      run: () => (prefs.theme = prefs.dark ? "light" : "dark"),
    },
  ]; // prettier-ignore
}

async function saveScreenshot(): Promise<void> {
  const blob = await useViews().shown.screenshot?.();
  if (!blob) throw new Error("The image could not be read from the page; try again.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${usePipeline().active?.name ?? "view"}.png`.replace(/[\\/:*?"<>|]/g, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
