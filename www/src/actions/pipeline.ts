// Actions on the pipeline and its active node.
import {
  mdiCheck, mdiCloseCircleOutline, mdiEyeOutline, mdiFilterPlusOutline, mdiFlashOutline, mdiRenameOutline,
  mdiShapePlusOutline, mdiStopCircleOutline, mdiTrashCanOutline, mdiUndoVariant,
} from "@mdi/js"; // prettier-ignore
import { useEdits } from "../state/edits";
import { usePipeline } from "../state/pipeline";
import { usePrefs } from "../state/prefs";
import { useSession } from "../state/session";
import { isVisible } from "../state/topics";
import { useWorkspace } from "../state/workspace";
import { useUi } from "../state/ui";
import { needsParaView } from "./file";
import type { Action } from "./registry";

export function pipelineActions(): Action[] {
  const pipeline = usePipeline();
  const ui = useUi();
  const needsActive = () =>
    needsParaView() ?? (pipeline.active ? null : "nothing is selected in the Pipeline Browser");
  const whyNotDelete = () =>
    needsActive() ?? (pipeline.activeId ? pipeline.whyNotDelete(pipeline.activeId) : null);
  return [
    {
      id: "pipeline.filter", label: "Add a filter…", icon: mdiFilterPlusOutline, menu: "Pipeline",
      shortcuts: ["Ctrl+Space"], method: "pipeline.create", reason: needsActive, run: () => ui.openPalette("filters"),
    },
    {
      id: "pipeline.source", label: "Add a source…", icon: mdiShapePlusOutline, menu: "Pipeline",
      method: "pipeline.create", reason: needsParaView, run: () => ui.openPalette("sources"),
    },
    ...applyActions(),
    {
      id: "pipeline.show", label: "Show or hide", icon: mdiEyeOutline, menu: "Pipeline", method: "display.show",
      reason: needsActive, run: toggleShown,
    },
    {
      id: "pipeline.rename", label: "Rename", icon: mdiRenameOutline, menu: "Pipeline", shortcuts: ["F2"],
      method: "pipeline.rename", reason: needsActive, run: () => (ui.renaming = pipeline.activeId),
    },
    {
      id: "pipeline.delete", label: "Delete", icon: mdiTrashCanOutline, menu: "Pipeline",
      shortcuts: ["Delete"], method: "pipeline.delete", reason: whyNotDelete,
      run: () => pipeline.activeId && useSession().request("pipeline.delete", { node: pipeline.activeId }),
    },
  ]; // prettier-ignore
}

function applyActions(): Action[] {
  const edits = useEdits();
  const prefs = usePrefs();
  const session = useSession();
  const job = () => session.jobs[0];
  const waits = () => needsParaView() ?? (edits.waiting.length ? null : "nothing waits to be applied");
  return [
    {
      id: "edits.apply", label: "Apply", icon: mdiCheck, menu: "Pipeline", shortcuts: ["Ctrl+Enter"],
      method: "proxy.apply", reason: waits, run: () => edits.apply(),
    },
    {
      id: "edits.reset", label: "Reset what is not applied", icon: mdiUndoVariant, menu: "Pipeline",
      method: "proxy.apply", reason: () => (edits.resettable ? null : "nothing was changed"), run: () => edits.reset(),
    },
    {
      id: "edits.auto", label: "Apply changes automatically", icon: mdiFlashOutline, menu: "Pipeline",
      method: "proxy.apply", checked: () => prefs.autoApply, run: () => (prefs.autoApply = !prefs.autoApply),
    },
    {
      id: "job.cancel", label: "Cancel what is running", icon: mdiStopCircleOutline, menu: "Pipeline",
      method: "session.cancel", reason: () => (job() ? null : "nothing is running"),
      run: () => session.request("session.cancel", { job: job()?.id ?? "" }),
    },
    {
      id: "edits.dismiss", label: "Dismiss the error", icon: mdiCloseCircleOutline, menu: "Pipeline",
      reason: () => (activeFailed() ? null : "there is no error"),
      run: () => edits.clearFailure(usePipeline().activeId ?? ""),
    },
  ]; // prettier-ignore
}

function activeFailed(): boolean {
  return (usePipeline().activeId ?? "") in useEdits().failures;
}

function toggleShown(): unknown {
  const { active, activePort } = usePipeline();
  const port = active?.ports.find((item) => item.index === activePort);
  const view = useWorkspace().shown;
  if (!active || !port) return null;
  return useSession().request("display.show", {
    node: active.node,
    port: port.index,
    visible: !isVisible(port, view),
    view,
  });
}
