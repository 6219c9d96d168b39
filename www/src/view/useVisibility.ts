// Tells the gateway of each view whether anybody can see it on this page: images for nobody need not be made.
import { useDocumentVisibility } from "@vueuse/core";
import { computed, watch } from "vue";
import { useSession } from "../state/session";
import { viewIds } from "../state/topics";

/** `shown`: whether the page draws a view at all. */
export function useVisibility(shown: (view: string) => boolean): void {
  const session = useSession();
  const visibility = useDocumentVisibility();
  const seen = computed(() => {
    const ids = session.online ? viewIds() : [];
    return new Map(ids.map((id) => [id, visibility.value === "visible" && shown(id)]));
  });
  // All that is new is said, also what is seen: a gateway remembers what was said of a view over a ParaView that ends.
  watch(
    seen,
    (now, before) => {
      for (const [view, visible] of now)
        if (before?.get(view) !== visible) session.notify("view.visible", { view, visible });
    },
    { immediate: true },
  );
}
