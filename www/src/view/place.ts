// A place on the page where a view is shown. All that draws a view, moves it or measures it is made for one, and knows
// no other. Another view may take the place: a state that is loaded brings one, and so does a ParaView that starts anew.
import { computed, type ComputedRef, type Ref } from "vue";
import type { View } from "../protocol.gen";
import { kindOf, viewOf } from "../state/topics";
import { useMetrics, type ViewMetrics } from "../state/views";

export interface Place {
  /** The view's id; null before there was any. */
  id: Readonly<Ref<string | null>>;
  /** Whether the server has it, of whatever kind. Where it has not (any more), its last image stays. */
  there: ComputedRef<boolean>;
  /** The view as the server has it; null where it has none, or where it is no render view. */
  view: ComputedRef<View | null>;
  metrics: ViewMetrics;
}

export function usePlace(id: Readonly<Ref<string | null>>): Place {
  return {
    id,
    there: computed(() => kindOf(id.value) !== null),
    view: computed(() => viewOf(id.value)),
    metrics: useMetrics(id),
  };
}
