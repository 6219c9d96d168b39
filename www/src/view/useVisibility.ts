// Tells the gateway whether anybody can see this page: images for nobody need not be made.
import { useDocumentVisibility } from "@vueuse/core";
import { watch } from "vue";
import { useSession } from "../state/session";

export function useVisibility(): void {
  const session = useSession();
  const visibility = useDocumentVisibility();
  watch(visibility, (now) => session.notify("view.visible", { visible: now === "visible" }));
  // A gateway that is new to this page takes it for visible.
  watch(
    () => session.online,
    (online) => {
      if (online && visibility.value === "hidden") session.notify("view.visible", { visible: false });
    },
  );
}
