// Tells the gateway whether anybody can see a view: images for nobody need not be made.
import { useDocumentVisibility } from "@vueuse/core";
import { watch } from "vue";
import { useSession } from "../state/session";
import type { Place } from "./place";

export function useVisibility(place: Place): void {
  const session = useSession();
  const visibility = useDocumentVisibility();
  watch(
    [() => (session.online ? place.view.value?.view : undefined), visibility] as const,
    ([view, now], before) => {
      if (!view) return;
      // What is new to the gateway, or new to it with this page, it takes for visible.
      const told = before[0] === view && before[1] === "hidden";
      if (now === "hidden" || told) session.notify("view.visible", { view, visible: now === "visible" });
    },
    { immediate: true },
  );
}
