import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { nextTick } from "vue";
import { usePrefs } from "@/state/prefs";

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

test("what a person chose is there when the page comes again", async () => {
  const prefs = usePrefs();
  expect(prefs.renderMode).toBe("automatic");
  prefs.renderMode = "hybrid";
  prefs.geometryLimit = 12;
  prefs.theme = "dark";
  await nextTick();
  setActivePinia(createPinia());
  expect(usePrefs()).toMatchObject({ renderMode: "hybrid", geometryLimit: 12, dark: true });
});

test("what makes no sense in the browser's memory counts as nothing", () => {
  localStorage.setItem("pvw.picture", '"upside-down"');
  localStorage.setItem("pvw.picture-limit", '"much"');
  expect(usePrefs()).toMatchObject({ renderMode: "automatic", geometryLimit: 64 });
});
