import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { expect, test } from "vitest";
import ViewTab from "@/panels/ViewTab.vue";
import { useSession } from "@/state/session";
import { FakeOutside, pipeline, settle, snapshot, view } from "../fakes";

let outside: FakeOutside;

async function open(values: Record<string, unknown>) {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot(values));
  await settle();
  return mount(ViewTab, { global: { stubs: { ColorField: true, AllProperties: true } } });
}

test("changes the view that is shown, and no other", async () => {
  const wrapper = await open({
    pipeline: pipeline(),
    "view/7": view("7"),
    "view/8": view("8", { orientation_axes: false }),
  });
  const axes = wrapper.get<HTMLInputElement>("[data-testid=orientation-axes]");
  expect(axes.element.checked).toBe(true);
  await axes.setValue(false);
  expect(outside.socket.last("view.set").params).toEqual({ view: "7", orientation_axes: false });
  await wrapper.get("[aria-label='Parallel projection']").setValue(true);
  expect(outside.socket.last("view.set").params).toEqual({ view: "7", parallel: true });
});

test("without a view there is nothing to change", async () => {
  expect((await open({})).text()).toBe("There is no view yet.");
});
