// What this browser remembers about how a person likes the page.
import { usePreferredDark } from "@vueuse/core";
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { isBoolean, isNumber, oneOf, recall, remember } from "../core/storage";

/** Who is to draw. */
export type Preference = "automatic" | "remote" | "local" | "hybrid";
export type ThemeChoice = "system" | "light" | "dark";

export const usePrefs = defineStore("prefs", () => {
  const theme = ref(recall<ThemeChoice>("theme", "system", oneOf<ThemeChoice>("system", "light", "dark")));
  const autoApply = ref(recall("auto-apply", false, isBoolean));
  const advanced = ref(recall("advanced", false, isBoolean));
  const hiddenFiles = ref(recall("hidden-files", false, isBoolean));
  const leftSize = ref(recall("left-size", 24, isNumber));
  const pipelineSize = ref(recall("pipeline-size", 34, isNumber));

  const renderMode = ref(
    recall<Preference>("picture", "automatic", oneOf<Preference>("automatic", "remote", "local", "hybrid")),
  );
  /** Most geometry that Automatic draws here, in MB. */
  const geometryLimit = ref(recall("picture-limit", 64, isNumber));
  const imageRate = ref(recall("image-rate", 30, isNumber));
  const imageFullSize = ref(recall("image-full-size", false, isBoolean));
  const imageLod = ref(recall("image-simplify", true, isBoolean));
  const statistics = ref(recall("statistics", false, isBoolean));

  const systemDark = usePreferredDark();
  const dark = computed(() => (theme.value === "system" ? systemDark.value : theme.value === "dark"));

  const kept = {
    theme, "auto-apply": autoApply, advanced, "hidden-files": hiddenFiles, "left-size": leftSize,
    "pipeline-size": pipelineSize, picture: renderMode, "picture-limit": geometryLimit, "image-rate": imageRate,
    "image-full-size": imageFullSize, "image-simplify": imageLod, statistics,
  }; // prettier-ignore
  for (const [key, value] of Object.entries(kept)) watch(value, (now) => remember(key, now));

  return {
    theme, dark, autoApply, advanced, hiddenFiles, leftSize, pipelineSize, renderMode, geometryLimit, imageRate,
    imageFullSize, imageLod, statistics,
  }; // prettier-ignore
});
