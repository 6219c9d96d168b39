import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import Sheets from "@/shell/Sheets.vue";
import { useUi } from "@/state/ui";

beforeEach(() => setActivePinia(createPinia()));

test("one sheet at a time: a button opens its own, closes it, or takes another's place", async () => {
  const wrapper = mount(Sheets, {
    global: { stubs: { PipelineBrowser: true, PropertiesPanel: true, transition: false } },
  });
  const press = (name: string) => wrapper.get(`[data-testid=sheet-${name}]`).trigger("click");
  const open = () => wrapper.findAll("[data-testid=sheet]").map((sheet) => sheet.attributes("data-sheet"));
  expect(open()).toEqual([]);
  await press("pipeline");
  expect(open()).toEqual(["pipeline"]);
  await press("properties");
  expect(open()).toEqual(["properties"]);
  await press("properties");
  expect(useUi().sheet).toBeNull();
  await press("pipeline");
  await wrapper.get("[data-testid=sheet]").trigger("keydown.esc");
  expect(useUi().sheet).toBeNull();
});
