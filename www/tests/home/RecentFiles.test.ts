import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import RecentFiles from "@/home/RecentFiles.vue";
import { useSession } from "@/state/session";
import { FakeOutside, settle, snapshot } from "../fakes";

let outside: FakeOutside;

beforeEach(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer(
    "session.hello",
    snapshot({ recent: { files: recent(9) }, pipeline: { nodes: [], view: "7" } }),
  );
  await settle();
});

function recent(count: number) {
  return Array.from({ length: count }, (_, at) => ({
    id: `f${at}`, name: `file${at}.vtu`, folder: "data", series: false, opened: 0,
  })); // prettier-ignore
}

test("the newest eight are offered; one is opened by its id, and forgotten by its own button", async () => {
  const wrapper = mount(RecentFiles);
  const items = wrapper.findAll("[data-testid=recent-file]");
  expect(items.map((item) => item.attributes("data-name"))).toEqual(recent(8).map(({ name }) => name));
  await items[3]?.trigger("click");
  expect(outside.socket.last("files.open_recent").params).toEqual({ id: "f3", reader: null, view: "7" });
  await wrapper.get("[aria-label='Take file1.vtu off this list']").trigger("click");
  expect(outside.socket.last("files.forget_recent").params).toEqual({ id: "f1" });
});
