import { mount } from "@vue/test-utils";
import { expect, test } from "vitest";
import Segmented from "@/ui/Segmented.vue";

const options = ["a", "b", "c"].map((value) => ({ value, label: value.toUpperCase() }));

function choices(chosen: string) {
  const row = mount(Segmented, {
    props: {
      options, label: "Letters", modelValue: chosen,
      "onUpdate:modelValue": (modelValue: string) => row.setProps({ modelValue }),
    },
    attachTo: document.body,
  }); // prettier-ignore
  const press = async (key: string) => {
    await row.get('[tabindex="0"]').trigger("keydown", { key });
    await new Promise((done) => setTimeout(done));
    return document.activeElement?.textContent?.trim();
  };
  return { row, press };
}

test("the arrows choose, and go round", async () => {
  const { row, press } = choices("b");
  expect(await press("ArrowRight")).toBe("C");
  expect(await press("ArrowDown")).toBe("A");
  expect(await press("ArrowLeft")).toBe("C");
  expect(await press("Home")).toBe("A");
  expect(await press("End")).toBe("C");
  expect(row.props("modelValue")).toBe("c");
});

test("it is one stop for Tab, at the one that is chosen", () => {
  const { row } = choices("b");
  expect(row.findAll("button").map((button) => button.attributes("tabindex"))).toEqual(["-1", "0", "-1"]);
});
