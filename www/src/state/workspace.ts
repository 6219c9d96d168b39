// Which view the page shows. Nothing else says "the view": what is made for a view is told which one.
import { defineStore } from "pinia";
import { computed } from "vue";
import { useSession } from "./session";
import { kindOf, viewOf } from "./topics";

export const useWorkspace = defineStore("workspace", () => {
  const session = useSession();
  /** Its id. While ParaView is away it stays: the last image is shown until a view takes its place. */
  const shown = computed<string | null>((before) => session.topic("pipeline")?.view ?? before ?? null);
  /** Its kind. As long as none is known, what is shown is where images come first. */
  const kind = computed<string>((before) => kindOf(shown.value) ?? before ?? "render");
  /** That view as the server has it; null where it has none, or where it is no render view. */
  const view = computed(() => viewOf(shown.value));
  return { shown, kind, view };
});
