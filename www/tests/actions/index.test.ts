import { createPinia, setActivePinia } from "pinia";
import { beforeAll, expect, test } from "vitest";
import { action, allActions, whyNot } from "@/actions";
import { usePipeline } from "@/state/pipeline";
import { useSession } from "@/state/session";
import { FakeOutside, node, pipeline, settle, snapshot, view } from "../fakes";

let outside: FakeOutside;

// The list is made once and keeps its stores.
beforeAll(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  const time = { values: [0, 1, 2], index: 1, time: 1, playing: false, loop: false };
  outside.socket.answer(
    "session.hello",
    snapshot({ pipeline: pipeline(node("5")), "view/7": view("7"), time, jobs: { jobs: [{ id: "j1" }] } }),
  );
  await settle();
  usePipeline().activate("5");
});

test("no two actions have one name or one shortcut", () => {
  const twice = (words: string[]) => words.filter((word, at) => words.indexOf(word) !== at);
  expect(twice(allActions().map(({ id }) => id))).toEqual([]);
  expect(twice(allActions().flatMap(({ shortcuts }) => shortcuts ?? []))).toEqual([]);
  expect(() => action("no.such")).toThrow("no.such");
});

test("with a node, a view, time and a job everything can be used but what has nothing to do", () => {
  const cannot = allActions().filter((item) => whyNot(item) !== null);
  expect(cannot.map(({ id }) => id).sort()).toEqual([
    "edits.apply",
    "edits.dismiss",
    "edits.reset",
    "view.hover",
    "view.screenshot",
  ]);
});

/** What each action sends; those that are not here open something or change this page alone. */
const SENT: Record<string, Record<string, unknown>> = {
  "session.restart": { restore: "all" },
  "pipeline.show": { node: "5", port: 0, visible: false, view: "7" },
  "pipeline.delete": { node: "5" },
  "job.cancel": { job: "j1" },
  "camera.reset": { view: "7" },
  "camera.node": { view: "7", node: "5" },
  "camera.+x": { view: "7", direction: "+x" },
  "camera.-x": { view: "7", direction: "-x" },
  "camera.+y": { view: "7", direction: "+y" },
  "camera.-y": { view: "7", direction: "-y" },
  "camera.+z": { view: "7", direction: "+z" },
  "camera.-z": { view: "7", direction: "-z" },
  "camera.iso": { view: "7", direction: "iso" },
  "camera.parallel": { view: "7", parallel: true },
  "view.axes": { view: "7", orientation_axes: false },
  "time.first": { to: "first" },
  "time.previous": { to: "previous" },
  "time.next": { to: "next" },
  "time.last": { to: "last" },
  "time.play": { playing: true },
  "time.loop": { playing: false, loop: true },
};

test("each action sends the method that it says it needs, about what is active and shown", () => {
  const sent: Record<string, Record<string, unknown>> = {};
  // After quitting there is no connection.
  const usable = allActions().filter((item) => whyNot(item) === null && item.id !== "session.quit");
  for (const { id, method, run } of usable) {
    const before = outside.socket.sent.length;
    void Promise.resolve(run()).catch(() => undefined);
    for (const message of outside.socket.sent.slice(before)) {
      expect(message.method, id).toBe(method);
      sent[id] = message.params;
    }
  }
  expect(sent).toEqual(SENT);
});
