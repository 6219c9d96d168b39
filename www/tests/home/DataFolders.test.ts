import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import DataFolders from "@/home/DataFolders.vue";
import type { Root } from "@/protocol.gen";
import { useFiles } from "@/state/files";
import { useUi } from "@/state/ui";

beforeEach(() => setActivePinia(createPinia()));

test("a folder opens the file browser there; one that cannot be read says why and opens nothing", async () => {
  const root = (id: string, problem: string | null) => ({ root: id, label: id, problem }) as Root;
  useFiles().roots = [root("one", null), root("two", "It is gone.")];
  const wrapper = mount(DataFolders);
  const [one, two] = wrapper.findAll("[data-testid=data-folder]");
  expect(two?.text()).toContain("It is gone.");
  await two?.trigger("click");
  expect(useUi().dialog).toBeNull();
  await one?.trigger("click");
  expect([useUi().dialog, useFiles().startAt]).toEqual(["files", "one"]);
});

test("without any there is a way to get one", () => {
  expect(mount(DataFolders).text()).toContain("pvw-desktop --data FOLDER");
});
