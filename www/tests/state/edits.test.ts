import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useEdits } from "@/state/edits";
import { usePipeline } from "@/state/pipeline";
import { usePrefs } from "@/state/prefs";
import { useSession } from "@/state/session";
import { FakeOutside, node, pipeline, property, proxy, settle, snapshot } from "../fakes";

let outside: FakeOutside;
let edits: ReturnType<typeof useEdits>;

const plane = proxy("20", [property("Origin", [0, 0, 0], { widget: "vector" })], "proxy");
const slice = proxy("2", [
  property("Value", 1),
  property("Mode", 0),
  property("Plane", "20", { widget: "proxy", proxies: [plane] }),
]);
const radius = property("Radius", 5);
const source = proxy("1", [radius]);
const value = slice.properties[0] ?? radius;
const origin = plane.properties[0] ?? radius;

beforeEach(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer(
    "session.hello",
    snapshot({
      pipeline: pipeline(node("1"), node("2", { inputs: [{ node: "1", port: 0 }] })),
      "proxy/1": source,
      "proxy/2": slice,
    }),
  );
  await settle();
  edits = useEdits();
  usePipeline().activate("2");
});

const applied = () =>
  outside.socket.sent.filter((message) => message.method === "proxy.apply").map((message) => message.params);
const ERROR = { code: -32004, message: "It failed.", data: { kind: "failed", log: "L" } };

describe("what has no result", () => {
  const hidden = [{ index: 0, name: "Output", visible_in: [], can_show_in: ["7"] }];
  const become = (changes: Parameters<typeof node>[1]) =>
    useSession().apply([{ name: "pipeline", version: 2, value: pipeline(node("1", changes), node("2")) }]);

  test("and is not seen waits until it is chosen, whatever else is applied", async () => {
    become({ state: "modified", ports: hidden });
    expect(edits.waiting).toEqual([]);
    edits.set(slice, value, 7);
    void edits.apply();
    await settle();
    expect(applied().map((params) => params.node)).toEqual(["2"]);
    usePipeline().activate("1");
    expect(edits.waiting.map((item) => item.node)).toContain("1");
  });

  test("and is to be seen waits for Apply", () => {
    become({ state: "modified" });
    expect(edits.waiting.map((item) => item.node)).toEqual(["1"]);
  });
});

describe("drafts", () => {
  test("are shown instead of the value, and only then wait", () => {
    expect(edits.waiting).toEqual([]);
    edits.set(slice, value, 7);
    expect(edits.value(slice, value)).toBe(7);
    expect(edits.isDraft("2", "Value")).toBe(true);
    expect(edits.waiting.map((item) => item.node)).toEqual(["2"]);
  });

  test("go when the old value is typed again", () => {
    edits.set(slice, value, 7);
    edits.set(slice, value, 1);
    expect(edits.waiting).toEqual([]);
    expect(edits.resettable).toBe(false);
  });

  test("go with reset, and so does the error", async () => {
    edits.set(slice, value, 7);
    const done = edits.apply();
    outside.socket.refuse("proxy.apply", ERROR);
    await done;
    edits.reset();
    expect(edits.value(slice, value)).toBe(1);
    expect(edits.failures).toEqual({});
  });

  test("of a proxy inside count for its node", () => {
    edits.set(plane, origin, [1, 0, 0]);
    expect(edits.waiting.map((item) => item.node)).toEqual(["2"]);
  });

  test("go with their node", async () => {
    edits.set(slice, value, 7);
    useSession().apply([{ name: "pipeline", version: 2, value: pipeline(node("1")) }]);
    await settle();
    expect(edits.drafts).toEqual({});
  });
});

describe("apply", () => {
  test("sends a node's own drafts and those of the proxies inside it", async () => {
    edits.set(slice, value, 7);
    edits.set(plane, origin, [1, 0, 0]);
    const done = edits.apply();
    outside.socket.answer("proxy.apply", {});
    expect(await done).toBe(true);
    expect(applied()).toEqual([
      { node: "2", view: "7", changes: [{ id: "2", values: { Value: 7 } }, { id: "20", values: { Origin: [1, 0, 0] } }] },
    ]); // prettier-ignore
    expect(edits.drafts).toEqual({});
  });

  test("runs inputs first and stops at the first that fails, with nothing typed lost", async () => {
    edits.set(slice, value, 7);
    edits.set(source, radius, 9);
    const done = edits.apply();
    outside.socket.refuse("proxy.apply", ERROR);
    expect(await done).toBe(false);
    expect(applied().map((params) => params.node)).toEqual(["1"]);
    expect(edits.failures["1"]).toMatchObject({ message: "It failed.", log: "L" });
    expect(edits.value(source, radius)).toBe(9);
    expect(edits.value(slice, value)).toBe(7);
    expect(usePipeline().activeId).toBe("1");
    expect(edits.applying).toBe(false);
  });

  test("runs a new node that nobody touched", async () => {
    useSession().apply([
      { name: "pipeline", version: 2, value: pipeline(node("1"), node("2", { state: "new" })) },
    ]);
    const done = edits.apply();
    outside.socket.answer("proxy.apply", {});
    await done;
    expect(applied()).toEqual([{ node: "2", view: "7", changes: [] }]);
  });

  test("keeps what was typed while it ran", async () => {
    edits.set(slice, value, 7);
    const done = edits.apply();
    edits.set(slice, value, 8);
    outside.socket.answer("proxy.apply", {});
    await done;
    expect(edits.value(slice, value)).toBe(8);
    expect(edits.waiting).toHaveLength(1);
  });

  test("a second apply clears the error of the first", async () => {
    edits.set(slice, value, 7);
    let done = edits.apply();
    outside.socket.refuse("proxy.apply", ERROR);
    await done;
    done = edits.apply();
    outside.socket.answer("proxy.apply", {});
    await done;
    expect(edits.failures).toEqual({});
  });

  test("does not run twice at a time", async () => {
    edits.set(slice, value, 7);
    void edits.apply();
    expect(await edits.apply()).toBe(false);
    expect(applied()).toHaveLength(1);
  });
});

describe("automatic apply", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    usePrefs().autoApply = true;
  });
  afterEach(() => {
    vi.useRealTimers();
    usePrefs().autoApply = false;
  });

  test("runs once when the typing rests", async () => {
    for (const now of [2, 3, 4]) {
      edits.set(slice, value, now);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(applied()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(applied()).toEqual([{ node: "2", view: "7", changes: [{ id: "2", values: { Value: 4 } }] }]);
  });

  test("what is typed while it runs is applied after it", async () => {
    edits.set(slice, value, 2);
    await vi.advanceTimersByTimeAsync(500);
    edits.set(slice, value, 3);
    await vi.advanceTimersByTimeAsync(2000);
    expect(applied()).toHaveLength(1);
    outside.socket.answer("proxy.apply", {});
    await vi.advanceTimersByTimeAsync(500);
    expect(applied()[1]).toEqual({ node: "2", view: "7", changes: [{ id: "2", values: { Value: 3 } }] });
  });
});

test("representations take a value at once, and show it while it is on its way", () => {
  const representation = proxy("9", [property("Opacity", 1)], "representation");
  edits.set(representation, representation.properties[0] ?? value, 0.5);
  expect(outside.socket.last("proxy.set").params).toEqual({ id: "9", values: { Opacity: 0.5 } });
  expect(edits.drafts).toEqual({});
  expect(edits.value(representation, representation.properties[0] ?? value)).toBe(0.5);
});
