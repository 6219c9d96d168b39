// Whether the page is a phone's or a tablet held upright: one answer for all.
import { createSharedComposable, useMediaQuery } from "@vueuse/core";

export const useNarrow = createSharedComposable(() => useMediaQuery("(max-width: 699px)"));
