// Files dropped on the page. Without this a browser would leave the page and show the file.
import { useEventListener } from "@vueuse/core";
import { ref, type Ref } from "vue";
import { useDropped } from "../state/dropped";
import { useSession } from "../state/session";

/** Whether files hang over the page now. */
export function useDrop(): Ref<boolean> {
  const dropped = useDropped();
  const session = useSession();
  const over = ref(false);
  const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

  useEventListener(window, "dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over.value = session.usable && session.may("files.open");
  });
  useEventListener(window, "dragleave", (event) => {
    if (event.relatedTarget === null) over.value = false;
  });
  useEventListener(window, "drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    const wanted = over.value ? [...(event.dataTransfer?.files ?? [])] : [];
    over.value = false;
    if (wanted.length) void dropped.open(wanted);
  });
  return over;
}
