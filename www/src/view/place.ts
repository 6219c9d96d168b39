// A place on the page where a view is shown. All that draws a view, moves it or measures it is made for one, and knows
// no other. Another view may take the place: a state that is loaded brings one, and so does a ParaView that starts anew.
import { computed, type ComputedRef, type Ref } from "vue";
import type { View } from "../protocol.gen";
import { viewOf } from "../state/topics";
import { useMetrics, type ViewMetrics } from "../state/views";

export interface Place {
  /** The view's id; null before there was any. */
  id: Readonly<Ref<string | null>>;
  /** The view as the server has it; null where it has none (any more): its last image stays. */
  view: ComputedRef<View | null>;
  metrics: ViewMetrics;
}

export function usePlace(id: Readonly<Ref<string | null>>): Place {
  return { id, view: computed(() => viewOf(id.value)), metrics: useMetrics(id) };
}
