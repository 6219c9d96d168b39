// Actions on files and on the application itself.
import {
  mdiFolderOpenOutline,
  mdiHomeOutline,
  mdiPower,
  mdiRestart,
  mdiTextBoxOutline,
  mdiTrashCanOutline,
} from "@mdi/js";
import { usePipeline } from "../state/pipeline";
import { useSession } from "../state/session";
import { useUi } from "../state/ui";
import type { Action } from "./registry";

const NOT_YET = "ParaView is not ready";

/** Why nothing can be sent to ParaView now. */
export function needsParaView(): string | null {
  return useSession().usable ? null : NOT_YET;
}

export function fileActions(): Action[] {
  const session = useSession();
  const pipeline = usePipeline();
  const ui = useUi();
  const needsNode = () =>
    needsParaView() ?? (pipeline.nodes.length ? null : "there is nothing in the pipeline");
  return [
    {
      id: "file.open", label: "Open…", icon: mdiFolderOpenOutline, menu: "File", shortcuts: ["Ctrl+O"],
      method: "files.open", reason: needsParaView, run: () => (ui.dialog = "files"),
    },
    {
      id: "file.home", label: "Show the start page", icon: mdiHomeOutline, menu: "File", method: "files.open",
      reason: needsNode, run: () => (ui.homeShown = true),
    },
    {
      id: "file.clear", label: "Remove everything", icon: mdiTrashCanOutline, menu: "File", method: "pipeline.clear",
      reason: needsNode, run: () => (ui.dialog = "clear"),
    },
    {
      id: "session.log", label: "ParaView's log", icon: mdiTextBoxOutline, menu: "File", method: "session.log",
      run: () => (ui.dialog = "log"),
    },
    {
      id: "session.restart", label: "Restart ParaView with my work", icon: mdiRestart, menu: "File",
      method: "session.restart", run: () => session.request("session.restart", { restore: "all" }),
    },
    {
      id: "session.quit", label: "Quit PVW Desktop", icon: mdiPower, menu: "File", shortcuts: ["Ctrl+Q"],
      method: "session.quit", run: () => session.quit(),
    },
  ]; // prettier-ignore
}
