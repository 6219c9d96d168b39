import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { perform, allowed, type Action } from "@/actions/registry";
import { METHOD_ROLES } from "@/protocol.gen";
import { allActions } from "@/actions";
import { useNotices } from "@/state/notices";
import { useSession } from "@/state/session";
import { snapshot } from "../fakes";

beforeEach(() => setActivePinia(createPinia()));

const action = (changes: Partial<Action>): Action => ({
  id: "test", label: "Test it", icon: "", menu: "Help", run: () => undefined, ...changes,
}); // prettier-ignore

test("an action that cannot be used says why and does not run", async () => {
  let ran = false;
  await perform(action({ reason: () => "nothing is selected", run: () => (ran = true) }));
  expect(ran).toBe(false);
  expect(useNotices().shown[0]?.message).toBe("Test it: nothing is selected.");
});

test("a failure becomes a notice", async () => {
  await perform(action({ run: () => Promise.reject(new Error("It broke.")) }));
  expect(useNotices().shown[0]).toMatchObject({ level: "error", message: "It broke." });
});

test("a role that is too low has no such action", () => {
  useSession().snapshot(snapshot({}, "watch"));
  expect(allowed(action({ method: "pipeline.delete" }))).toBe(false);
  expect(allowed(action({}))).toBe(true);
});

test("every action names a method of the wire", () => {
  for (const { id, method } of allActions()) {
    if (method) expect(METHOD_ROLES, id).toHaveProperty([method]);
  }
});
