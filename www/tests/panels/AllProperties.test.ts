import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { expect, test } from "vitest";
import AllProperties from "@/panels/AllProperties.vue";
import PropertyRow from "@/panels/PropertyRow.vue";
import { usePrefs } from "@/state/prefs";
import { property, proxy } from "../fakes";

function open(skip: string[] = []) {
  setActivePinia(createPinia());
  return mount(AllProperties, {
    props: {
      proxy: proxy("3", [
        property("Opacity", 1, { advanced: false }),
        property("Specular", 0, { advanced: false }),
        property("SpecularPower", 100, { advanced: true }),
      ]),
      what: "display",
      skip: new Set(skip),
    },
    global: { stubs: { PropertyRow: true } },
  });
}

const names = (wrapper: ReturnType<typeof open>) =>
  wrapper.findAllComponents(PropertyRow).map((row) => row.props("property").name);

test("lists what has no control of its own, and the advanced where they are wanted", async () => {
  const wrapper = open(["Opacity"]);
  expect(wrapper.get("summary").text()).toBe("All display properties");
  expect(names(wrapper)).toEqual(["Specular"]);
  await wrapper.get("input[type=checkbox]").setValue(true);
  expect(usePrefs().advanced).toBe(true);
  expect(names(wrapper)).toEqual(["Specular", "SpecularPower"]);
});

test("a search finds by words, the advanced too", async () => {
  const wrapper = open();
  await wrapper.get("input[type=search]").setValue("spec power");
  expect(names(wrapper)).toEqual(["SpecularPower"]);
  await wrapper.get("input[type=search]").setValue("nothing of that name");
  expect(names(wrapper)).toEqual([]);
});
