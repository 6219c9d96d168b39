import { mount, type VueWrapper } from "@vue/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import Tips from "@/ui/Tips.vue";

let wrapper: VueWrapper;
let field: HTMLInputElement;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<input data-tip="Between 0 and 1" /><button>No tip</button>';
  field = document.querySelector("input") as HTMLInputElement;
  wrapper = mount(Tips, { attachTo: document.body });
});
afterEach(() => {
  wrapper.unmount();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const told = () => wrapper.text() === "Between 0 and 1" && wrapper.isVisible();
const over = (element: Element | null, pointerType = "mouse") =>
  element?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType }));

test("a tip comes after a while under the pointer, and goes with it", async () => {
  over(field);
  await pass(400);
  expect(told()).toBe(false);
  await pass(100);
  expect(told()).toBe(true);
  over(document.querySelector("button"));
  await pass(0);
  expect(told()).toBe(false);
});

test("a finger brings none", async () => {
  over(field, "touch");
  await pass(1000);
  expect(told()).toBe(false);
});

test("what is wrong with a field is said at once", async () => {
  field.setAttribute("aria-invalid", "true");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await pass(0);
  expect(told()).toBe(true);
  field.setAttribute("aria-invalid", "false");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await pass(0);
  expect(told()).toBe(false);
});
