import { shallowMount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { nextTick } from "vue";
import ViewArea from "@/shell/ViewArea.vue";
import { useSession } from "@/state/session";
import RenderView from "@/view/RenderView.vue";
import UnknownKind from "@/view/UnknownKind.vue";
import { pipeline, topics, view } from "../fakes";

let version: number;
const change = (values: Record<string, unknown>) => useSession().apply(topics(values, (version += 1)));

beforeEach(() => {
  version = 0;
  setActivePinia(createPinia());
});

test("the view that is shown has the component of its kind; before there is one, that of images", async () => {
  const area = shallowMount(ViewArea);
  expect(area.findComponent(RenderView).props("view")).toBeNull();
  change({ pipeline: pipeline(), "view/7": view("7") });
  await nextTick();
  expect(area.findComponent(RenderView).props("view")).toBe("7");
  change({ pipeline: { ...pipeline(), view: "8" }, "view/8": { view: "8", kind: "hologram" } });
  await nextTick();
  expect(area.findComponent(RenderView).exists()).toBe(false);
  expect(area.findComponent(UnknownKind).props("kind")).toBe("hologram");
});
