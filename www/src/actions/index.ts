// The one list of actions, and the keyboard that runs them.
import { mdiCogOutline, mdiInformationOutline, mdiKeyboardOutline, mdiMagnify } from "@mdi/js";
import { useEventListener } from "@vueuse/core";
import { useDropped } from "../state/dropped";
import { useFiles } from "../state/files";
import { useUi } from "../state/ui";
import { cameraActions, viewActions } from "./camera";
import { fileActions } from "./file";
import { renderModeActions } from "./renderMode";
import { pipelineActions } from "./pipeline";
import { allowed, perform, type Action } from "./registry";
import { actionFor, isChordOnControl, targetOf } from "./shortcuts";
import { timeActions } from "./time";

export { allowed, perform, whyNot, type Action, type MenuName } from "./registry";

function helpActions(): Action[] {
  const ui = useUi();
  const show = (dialog: typeof ui.dialog) => () => (ui.dialog = ui.dialog === dialog ? null : dialog);
  return [
    {
      id: "help.palette", label: "Search everything", icon: mdiMagnify, menu: "Help", shortcuts: ["Ctrl+K"],
      run: () => (ui.dialog === "palette" ? (ui.dialog = null) : ui.openPalette()),
    },
    {
      id: "help.shortcuts", label: "Keyboard shortcuts", icon: mdiKeyboardOutline, menu: "Help",
      shortcuts: ["?", "F1"], run: show("shortcuts"),
    },
    { id: "help.settings", label: "Settings", icon: mdiCogOutline, menu: "Help", shortcuts: ["Ctrl+,"], run: show("settings") },
    { id: "help.about", label: "About PVW Desktop", icon: mdiInformationOutline, menu: "Help", run: show("about") },
  ]; // prettier-ignore
}

let list: Action[] | null = null;

/** All actions. The list never changes; whether each can be used does. */
export function allActions(): Action[] {
  list ??= [
    ...fileActions(),
    ...pipelineActions(),
    ...cameraActions(),
    ...viewActions(),
    ...renderModeActions(),
    ...timeActions(),
    ...helpActions(),
  ];
  return list;
}

/** The action with this id. */
export function action(id: string): Action {
  const found = allActions().find((item) => item.id === id);
  if (!found) throw new Error(`there is no action '${id}'`);
  return found;
}

/** Runs actions by their shortcuts while the calling component is there. */
export function useShortcuts(): void {
  const ui = useUi();
  const files = useFiles();
  const dropped = useDropped();
  useEventListener(window, "keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (isChordOnControl(event, event.target)) event.preventDefault();
    const found = actionFor(allActions(), event, targetOf(event.target));
    if (!found || !allowed(found)) return;
    // Under a dialog only the dialogs' own shortcuts work.
    if ((ui.dialog || files.question || dropped.question) && found.menu !== "Help") return;
    event.preventDefault();
    void perform(found);
  });
  // Buttons are pressed when Space comes up.
  useEventListener(window, "keyup", (event) => {
    if (isChordOnControl(event, event.target)) event.preventDefault();
  });
}
