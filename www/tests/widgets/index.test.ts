import { mount } from "@vue/test-utils";
import { createPinia } from "pinia";
import { expect, test } from "vitest";
import { createVuetify } from "vuetify";
import type { Property } from "@/protocol.gen";
import { WIDGETS } from "@/widgets";
import { property, proxy } from "../fakes";

type Kind = Property["widget"];
const arrays = [
  { value: ["POINTS", "Temp"], label: "Temp" },
  { value: ["CELLS", "Temp"], label: "Temp" },
];
const inner = proxy("20", [property("Origin", [0, 0, 0], { widget: "vector" })], "proxy");
const sphere = { ...proxy("21", [], "proxy"), label: "Sphere" };

/** For each kind: a property, what a person does, and the value that comes of it. */
const CASES: Record<
  Kind,
  { property: Property; act: [selector: string, value: string | boolean] | null; gives: unknown }
> = {
  bool: { property: property("On", false, { widget: "bool" }), act: ["input", true], gives: true },
  number: { property: property("N", 1), act: ["input", "3"], gives: 3 },
  slider: {
    property: property("S", 0, { widget: "slider", low: 0, high: 1 }),
    act: ["input[type=range]", "0.25"],
    gives: 0.25,
  },
  vector: {
    property: property("V", [1, 2, 3], { widget: "vector" }),
    act: ["input:nth-of-type(2)", "9"],
    gives: [1, 9, 3],
  },
  text: { property: property("T", "a", { widget: "text" }), act: ["input", "b"], gives: "b" },
  multiline: {
    property: property("M", "a", { widget: "multiline" }),
    act: ["textarea", "a\nb"],
    gives: "a\nb",
  },
  choice: {
    property: property("C", 0, { widget: "choice", choices: [{ value: 0, label: "A" }, { value: 2, label: "B" }] }),
    act: ["select", "1"],
    gives: 2,
  }, // prettier-ignore
  values: {
    property: property("I", [1], { widget: "values" }),
    act: ["textarea", "1, 2 3"],
    gives: [1, 2, 3],
  },
  arrays: {
    property: property("A", [["a", true], ["b", false]], { widget: "arrays" }),
    act: ["li:nth-child(2) input", true],
    gives: [["a", true], ["b", true]],
  }, // prettier-ignore
  array: {
    property: property("By", ["POINTS", "Temp"], { widget: "array", choices: arrays }),
    act: ["select", "1"],
    gives: ["CELLS", "Temp"],
  },
  input: {
    property: property("In", null, {
      widget: "input",
      choices: [{ value: { node: "5", port: 1 }, label: "Wavelet1" }],
    }),
    act: ["select", "5/1"],
    gives: { node: "5", port: 1 },
  },
  proxy: {
    property: property("P", "20", { widget: "proxy", proxies: [inner, sphere] }),
    act: ["select", "21"],
    gives: "21",
  },
  color: {
    property: property("K", [0, 0, 0], { widget: "color" }),
    act: ["input", "#ff0000"],
    gives: [1, 0, 0],
  },
  file: { property: property("F", "a.vtu", { widget: "file" }), act: ["input", "b.vtu"], gives: "b.vtu" },
  label: { property: property("L", [1, 2], { widget: "label" }), act: null, gives: undefined },
};

test.each(Object.keys(CASES) as Kind[])("the widget for %s gives what was chosen", async (kind) => {
  const { property: item, act, gives } = CASES[kind];
  const wrapper = mount(WIDGETS[kind], {
    props: { property: item, value: item.value, id: "x" },
    global: { plugins: [createPinia(), createVuetify()] },
  });
  if (act) await wrapper.get(act[0]).setValue(act[1]);
  expect(wrapper.emitted("change")?.pop()?.[0]).toEqual(gives);
});

test("arrays of points and cells of the same name are told apart", () => {
  const item = CASES.array.property;
  const wrapper = mount(WIDGETS.array, { props: { property: item, value: ["CELLS", "Temp"], id: "x" } });
  expect((wrapper.get("select").element as HTMLSelectElement).value).toBe("1");
  expect(wrapper.findAll("optgroup").map((group) => group.attributes("label"))).toEqual([
    "Point arrays",
    "Cell arrays",
  ]);
});

test("a list that is no list of numbers is marked and gives nothing", async () => {
  const item = CASES.values.property;
  const wrapper = mount(WIDGETS.values, { props: { property: item, value: item.value, id: "x" } });
  await wrapper.get("textarea").setValue("1, two");
  expect(wrapper.emitted("change")).toBeUndefined();
  expect(wrapper.get("textarea").attributes("aria-invalid")).toBe("true");
});

test("a name from a file is text, never markup", () => {
  const item = property("A", [["<img src=x onerror=alert(1)>", true]], { widget: "arrays" });
  const wrapper = mount(WIDGETS.arrays, { props: { property: item, value: item.value, id: "x" } });
  expect(wrapper.find("img").exists()).toBe(false);
  expect(wrapper.text()).toContain("<img src=x");
});
