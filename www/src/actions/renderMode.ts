// Actions on who draws the view, and on what is asked of what is drawn here.
import {
  mdiAutoFix,
  mdiChartBoxOutline,
  mdiCrosshairs,
  mdiLaptop,
  mdiServerOutline,
  mdiVectorCombine,
} from "@mdi/js";
import { usePrefs, type Preference } from "../state/prefs";
import { useViews } from "../state/views";
import type { Action } from "./registry";

const CHOICES: { value: Preference; label: string; icon: string }[] = [
  { value: "automatic", label: "Picture: automatic", icon: mdiAutoFix },
  { value: "remote", label: "Picture: remote", icon: mdiServerOutline },
  { value: "local", label: "Picture: local", icon: mdiLaptop },
  { value: "hybrid", label: "Picture: hybrid", icon: mdiVectorCombine },
];

export function renderModeActions(): Action[] {
  const prefs = usePrefs();
  const views = useViews();
  const needsLocal = () =>
    views.shown.mode === "local" ? null : "it needs the picture drawn by this page; choose Picture: local";
  return [
    ...CHOICES.map(({ value, label, icon }): Action => ({
      id: `picture.${value}`, label, icon, menu: "View",
      checked: () => prefs.renderMode === value, run: () => (prefs.renderMode = value),
    })),
    {
      id: "view.hover", label: "Hover", icon: mdiCrosshairs, menu: "View", shortcuts: ["H"], reason: needsLocal,
      checked: () => views.shown.hover, run: () => (views.shown.hover = !views.shown.hover),
    },
    {
      id: "view.statistics", label: "Statistics", icon: mdiChartBoxOutline, menu: "View", shortcuts: ["Shift+F"],
      checked: () => prefs.statistics, run: () => (prefs.statistics = !prefs.statistics),
    },
  ]; // prettier-ignore
}
