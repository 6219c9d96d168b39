import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { cameraActions } from "@/actions/camera";
import { whyNot } from "@/actions/registry";
import type { PipelineNode } from "@/protocol.gen";
import { useSession } from "@/state/session";
import { view } from "../fakes";

beforeEach(() => setActivePinia(createPinia()));

function reasons(...visible: boolean[]): (string | null)[] {
  const session = useSession();
  session.connection.phase = "online";
  const nodes = visible.map((shown, at) => ({
    node: String(at), name: `n${at}`, inputs: [], state: "ok", message: null,
    ports: [{ index: 0, name: "out", visible_in: shown ? ["v"] : [], can_show_in: ["v"] }],
  })) as unknown as PipelineNode[]; // prettier-ignore
  session.apply([
    { name: "server", version: 1, value: { state: "ready" } },
    { name: "pipeline", version: 1, value: { nodes, view: "v" } },
    { name: "view/v", version: 1, value: view("v") },
  ]);
  return cameraActions()
    .filter((action) => action.method === "view.camera.reset" && action.id !== "camera.node")
    .map(whyNot);
}

test("the camera is set to what is shown, so there must be something", () => {
  expect(new Set(reasons())).toEqual(new Set(["nothing is shown in the view"]));
});

test("hidden is not shown", () =>
  expect(new Set(reasons(false))).toEqual(new Set(["nothing is shown in the view"])));

test("something shown is enough", () => expect(new Set(reasons(false, true))).toEqual(new Set([null])));
