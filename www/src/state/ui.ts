// Which dialogs, tabs and panels are open. Nothing here outlives the page.
import { defineStore } from "pinia";
import { ref } from "vue";

export type Dialog = "files" | "palette" | "shortcuts" | "settings" | "log" | "about" | "clear" | null;
export type Tab = "properties" | "display" | "view" | "info";
export type PaletteScope = "everything" | "filters" | "sources";

export const useUi = defineStore("ui", () => {
  const dialog = ref<Dialog>(null);
  const paletteScope = ref<PaletteScope>("everything");
  const tab = ref<Tab>("properties");
  const maximized = ref(false);
  const sheet = ref<"pipeline" | "properties" | null>(null);
  /** The start page although the pipeline is not empty. */
  const homeShown = ref(false);
  const renaming = ref<string | null>(null);
  /** A property that was asked for: the panel scrolls to it and gives it the focus. */
  const focusProperty = ref<{ name: string; advanced: boolean } | null>(null);

  /** The failure that the Properties panel shows now. */
  const standing = ref<string | null>(null);

  function openPalette(scope: PaletteScope = "everything"): void {
    paletteScope.value = scope;
    dialog.value = "palette";
  }

  return {
    dialog,
    paletteScope,
    tab,
    maximized,
    sheet,
    homeShown,
    renaming,
    focusProperty,
    standing,
    openPalette,
  };
});
