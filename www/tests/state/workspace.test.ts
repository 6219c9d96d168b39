import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { useSession } from "@/state/session";
import { useWorkspace } from "@/state/workspace";
import { pipeline, topics, view } from "../fakes";

let version: number;
const change = (values: Record<string, unknown>) => useSession().apply(topics(values, (version += 1)));

beforeEach(() => {
  version = 0;
  setActivePinia(createPinia());
});

test("the view that is shown is the one that the pipeline names", () => {
  const workspace = useWorkspace();
  expect([workspace.shown, workspace.view]).toEqual([null, null]);
  change({ pipeline: pipeline(), "view/7": view("7"), "view/8": view("8") });
  expect([workspace.shown, workspace.view?.view]).toEqual(["7", "7"]);
  change({ pipeline: { ...pipeline(), view: "8" } });
  expect([workspace.shown, workspace.view?.view]).toEqual(["8", "8"]);
});

test("while ParaView is away its place is kept, and it counts as no view", () => {
  const workspace = useWorkspace();
  change({ pipeline: pipeline(), "view/7": view("7") });
  expect(workspace.shown).toBe("7");
  change({ pipeline: null, "view/7": null });
  expect([workspace.shown, workspace.view]).toEqual(["7", null]);
  change({ pipeline: { ...pipeline(), view: "9" }, "view/9": view("9") });
  expect([workspace.shown, workspace.view?.view]).toEqual(["9", "9"]);
});
