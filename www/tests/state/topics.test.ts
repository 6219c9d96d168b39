import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { useSession } from "@/state/session";
import { canShow, displayOf, isVisible, kindOf, sceneOf, viewOf } from "@/state/topics";
import { FakeOutside, pipeline, settle, snapshot, topics, view } from "../fakes";

let outside: FakeOutside;

beforeEach(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot({ pipeline: pipeline() }));
  await settle();
});

test("each view has its own topic and scenes; one that is not there has none", () => {
  const scenes = { "scene/7": { version: 1 }, "scene/8/lod": { version: 2 } };
  useSession().apply(topics({ "view/7": view("7"), "view/8": view("8"), ...scenes }));
  expect(["7", "8", "9", null].map((id) => viewOf(id)?.view ?? null)).toEqual(["7", "8", null, null]);
  expect(sceneOf("7", "full")).toEqual({ version: 1 });
  expect(sceneOf("7", "lod")).toBeNull();
  expect(sceneOf("8", "full")).toBeNull();
  expect(sceneOf("8", "lod")).toEqual({ version: 2 });
  expect(sceneOf(null, "full")).toBeNull();
});

test("a view of another kind is no render view", () => {
  useSession().apply(topics({ "view/7": view("7"), "view/8": { view: "8", kind: "hologram" } }));
  expect(["7", "8", "9", null].map(kindOf)).toEqual(["render", "hologram", null, null]);
  expect(viewOf("8")).toBeNull();
});

test("a display is found by its view, node and port", () => {
  useSession().apply(topics({ "display/7/5/1": { node: "5", port: 1 } }));
  expect(displayOf("7", "5", 1)).toMatchObject({ node: "5" });
  for (const [view, port] of [
    ["7", 0],
    ["8", 1],
    [null, 1],
  ] as const)
    expect(displayOf(view, "5", port)).toBeNull();
});

test("a port is visible, and can be shown, in the views that it names", () => {
  const port = { index: 0, name: "Output", visible_in: ["7"], can_show_in: ["7", "8"] };
  expect(["7", "8", null].map((view) => isVisible(port, view))).toEqual([true, false, false]);
  expect(["7", "8", null].map((view) => canShow(port, view))).toEqual([true, true, false]);
});
