import { mount } from "@vue/test-utils";
import { expect, test } from "vitest";
import { VIEWS } from "@/view/kinds";
import RenderView from "@/view/RenderView.vue";
import UnknownKind from "@/view/UnknownKind.vue";

test("each kind of view has the component of its name", () => {
  expect([...VIEWS.keys()]).toContain("render");
  expect(VIEWS.get("render")).toBe(RenderView);
  expect(VIEWS.get("hologram")).toBeUndefined();
});

test("for a kind without one there is a sentence that names it and says what to do", () => {
  const text = mount(UnknownKind, { props: { kind: "<b>hologram</b>" } }).text();
  expect(text).toContain("views of the kind “<b>hologram</b>”");
  expect(text).toContain("Reload the page");
});
