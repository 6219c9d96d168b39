import { mount } from "@vue/test-utils";
import { expect, test } from "vitest";
import NumberField from "@/widgets/NumberField.vue";

const field = (props: Record<string, unknown>) => {
  const wrapper = mount(NumberField, { props: { value: 1, label: "Radius", ...props } });
  return {
    wrapper,
    input: wrapper.get("input"),
    changes: () => (wrapper.emitted("change") ?? []).map((args) => args[0]),
  };
};

test("gives the number while it is typed", async () => {
  const { input, changes } = field({});
  input.element.value = "2.5";
  await input.trigger("input");
  expect(changes()).toEqual([2.5]);
});

test("marks what is no number, gives nothing, and keeps the text", async () => {
  const { input, changes } = field({});
  await input.setValue("2.x");
  expect(changes()).toEqual([]);
  expect(input.attributes("aria-invalid")).toBe("true");
  expect(input.attributes("data-tip")).toContain("Type a number");
  await input.trigger("blur");
  expect(input.element.value).toBe("2.x");
});

test("does not give a number that is out of bounds", async () => {
  const { input, changes } = field({ low: 0 });
  await input.setValue("-3");
  expect(changes()).toEqual([]);
  expect(input.attributes("data-tip")).toBe("The smallest value is 0.");
});

test("leaving a rounded number alone does not change it", async () => {
  const { input, changes } = field({ value: 0.10000000149011612 });
  expect(input.element.value).toBe("0.1");
  await input.trigger("focus");
  await input.trigger("change");
  await input.trigger("blur");
  expect(changes()).toEqual([]);
});

test("arrow keys step, within the bounds", async () => {
  const { input, changes, wrapper } = field({ value: 9, integer: true, high: 10 });
  await input.trigger("keydown", { key: "ArrowUp" });
  await wrapper.setProps({ value: 10 });
  await input.trigger("keydown", { key: "ArrowUp" });
  expect(changes()).toEqual([10]);
});

test("a new value from the server is shown", async () => {
  const { input, wrapper } = field({});
  await wrapper.setProps({ value: 42 });
  expect(input.element.value).toBe("42");
});

test("one that waits for the end of typing gives it at the end", async () => {
  const { input, changes } = field({ live: false });
  input.element.value = "3";
  await input.trigger("input");
  expect(changes()).toEqual([]);
  await input.trigger("change");
  expect(changes()).toEqual([3]);
});

test("two ends of a range that differ look different", () => {
  expect(field({ value: 448262.125 }).input.element.value).toBe("448262.125");
  expect(field({ value: 6200475.180468 }).input.element.value).toBe("6200475.180468");
  expect(field({ value: 0.1 + 0.2, among: [0.3] }).input.element.value).toBe("0.30000000000000004");
});

test("an element's id is in full", () => {
  expect(field({ value: 20000000, integer: true }).input.element.value).toBe("20000000");
});
