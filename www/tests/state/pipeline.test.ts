import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, test } from "vitest";
import { treeRows, usePipeline } from "@/state/pipeline";
import { useSession } from "@/state/session";
import { node, pipeline, settle } from "../fakes";

const on = (input: string) => ({ inputs: [{ node: input, port: 0 }] });

describe("the tree", () => {
  test("puts each node below its first input, brothers in their order", () => {
    const rows = treeRows([node("1"), node("2", on("1")), node("3"), node("4", on("1")), node("5", on("2"))]);
    expect(rows.map((row) => `${row.node.node}@${row.depth}`)).toEqual(["1@0", "2@1", "5@2", "4@1", "3@0"]);
  });

  test("draws a line past nodes that have brothers below", () => {
    const rows = treeRows([node("1"), node("2", on("1")), node("3", on("2")), node("4", on("1"))]);
    const row = (id: string) => rows.find((item) => item.node.node === id);
    expect(row("2")).toMatchObject({ guides: [], last: false });
    expect(row("3")).toMatchObject({ guides: [true], last: true });
    expect(row("4")).toMatchObject({ guides: [], last: true });
  });

  test("a node whose input is not there stands at the top", () => {
    expect(treeRows([node("2", on("9"))]).map((row) => row.depth)).toEqual([0]);
  });
});

describe("the active node", () => {
  let store: ReturnType<typeof usePipeline>;
  let version = 0;

  beforeEach(() => {
    setActivePinia(createPinia());
    store = usePipeline();
    version = 0;
  });

  async function set(...nodes: Parameters<typeof pipeline>): Promise<void> {
    useSession().apply([{ name: "pipeline", version: ++version, value: pipeline(...nodes) }]);
    await settle();
  }

  test("is the last one at first", async () => {
    await set(node("1"), node("2", on("1")));
    expect(store.activeId).toBe("2");
  });

  test("falls back to the input of one that was deleted", async () => {
    await set(node("1"), node("2", on("1")), node("3"));
    store.activate("2");
    await set(node("1"), node("3"));
    expect(store.activeId).toBe("1");
  });

  test("one that was asked for before it arrived is kept", async () => {
    await set(node("1"));
    store.activate("8");
    await set(node("1"), node("7"));
    expect(store.activeId).toBe("8");
    await set(node("1"), node("7"), node("8"));
    expect(store.active?.node).toBe("8");
  });

  test("another person's new node does not take the panel away", async () => {
    await set(node("1"));
    await set(node("1"), node("2"));
    expect(store.activeId).toBe("1");
  });

  test("a node that others depend on says so", async () => {
    await set(node("1"), node("2", on("1")));
    expect(store.whyNotDelete("1")).toContain("Node2");
    expect(store.whyNotDelete("2")).toBeNull();
  });
});
