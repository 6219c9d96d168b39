import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { afterEach, expect, test } from "vitest";
import { defineComponent, h } from "vue";
import PropertyRow from "@/panels/PropertyRow.vue";
import { useFocusKeeper } from "@/ui/focus";
import { property, proxy } from "../fakes";

const opened: { unmount: () => void }[] = [];
afterEach(() => opened.splice(0).forEach((wrapper) => wrapper.unmount()));

function row() {
  setActivePinia(createPinia());
  const shown = property("Name", "a", { widget: "text" });
  const page = defineComponent(() => {
    useFocusKeeper();
    return () => h(PropertyRow, { proxy: proxy("3", [shown]), property: shown, enabled: true });
  });
  const wrapper = mount(page, { attachTo: document.body, global: { stubs: { VMenu: true } } });
  opened.push(wrapper);
  return wrapper;
}

/** Whether our own menu comes in place of the browser's. */
function ours(on: Element, button: number, by: string): boolean {
  const press = new Event("pointerdown", { bubbles: true });
  document.dispatchEvent(Object.assign(press, { pointerType: by }));
  const menu = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button });
  on.dispatchEvent(menu);
  return menu.defaultPrevented;
}

test("text keeps the browser's menu under mouse and finger: there is copy and paste", () => {
  const input = row().get("input").element;
  expect(ours(input, 2, "mouse")).toBe(false);
  expect(ours(input, 0, "touch")).toBe(false); // a long press has no right button
});

test("its name has the property's own menu, and so has text by the keyboard", () => {
  const wrapper = row();
  expect(ours(wrapper.get("label").element, 2, "mouse")).toBe(true);
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "F10", shiftKey: true }));
  const menu = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button: 0 });
  wrapper.get("input").element.dispatchEvent(menu);
  expect(menu.defaultPrevented).toBe(true);
});
