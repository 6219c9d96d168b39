import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { useFiles } from "@/state/files";
import { useNotices } from "@/state/notices";
import { usePipeline } from "@/state/pipeline";
import { useSession } from "@/state/session";
import { useUi } from "@/state/ui";
import { FakeOutside, pipeline, settle, snapshot } from "../fakes";

let outside: FakeOutside;

beforeEach(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot({ pipeline: pipeline() }));
  await settle();
});

const params = { root: "r1", path: "a/b.vtu", series: false, reader: null };
const no = { code: -32001, message: "It cannot be read.", data: { kind: "failed" } };

test("a file that opens closes the dialog and is the active one", async () => {
  const ui = useUi();
  ui.dialog = "files";
  ui.homeShown = true;
  const opening = useFiles().open(params);
  expect(useFiles().opening).toBe(true);
  // One at a time.
  expect(await useFiles().open(params)).toBe(false);
  outside.socket.answer("files.open", { node: "5", choose: [] });
  expect(await opening).toBe(true);
  expect([ui.dialog, ui.homeShown, usePipeline().activeId, useFiles().opening]).toEqual([
    null,
    false,
    "5",
    false,
  ]);
});

test("where several readers fit the person is asked, and the file opens with the chosen one", async () => {
  const files = useFiles();
  const opening = files.open(params);
  outside.socket.answer("files.open", { node: null, choose: [{ name: "A", label: "A" }] });
  expect(await opening).toBe(false);
  expect(files.question).toMatchObject({ name: "b.vtu", readers: [{ name: "A" }] });
  const again = files.question?.open("A");
  expect(outside.socket.last("files.open").params).toMatchObject({ ...params, reader: "A" });
  outside.socket.answer("files.open", { node: "6", choose: [] });
  expect(await again).toBe(true);
  expect(files.question).toBeNull();
});

test.each([
  ["files", 0],
  [null, 1],
] as const)("a failure is said where the person is (dialog %s)", async (dialog, notices) => {
  const files = useFiles();
  useUi().dialog = dialog;
  const opening = files.open(params);
  outside.socket.refuse("files.open", no);
  expect(await opening).toBe(false);
  expect(useNotices().shown).toHaveLength(notices);
  expect(files.failure?.message ?? null).toBe(dialog ? "It cannot be read." : null);
});
