import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { useCatalog } from "@/state/catalog";
import { useSession } from "@/state/session";
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

test("color maps are asked for once, and again only where the first answer was none", async () => {
  const catalog = useCatalog();
  const asked = () => outside.socket.sent.filter(({ method }) => method === "color.presets").length;
  const failing = catalog.loadPresets();
  outside.socket.refuse("color.presets", { code: -32003, message: "Busy.", data: { kind: "unavailable" } });
  await failing;
  expect(catalog.presets).toEqual([]);
  const loading = catalog.loadPresets();
  outside.socket.answer("color.presets", { presets: [{ name: "Viridis", colors: [] }] });
  await loading;
  await catalog.loadPresets();
  expect(asked()).toBe(2);
  expect(catalog.presets.map(({ name }) => name)).toEqual(["Viridis"]);
});

test("what can be made of an output is asked for by its port, and a refusal leaves what there was", async () => {
  const catalog = useCatalog();
  const first = catalog.load("5", 1);
  expect(catalog.loading).toBe(true);
  expect(outside.socket.last("catalog.list").params).toEqual({ node: "5", port: 1 });
  outside.socket.answer("catalog.list", { items: [{ name: "Clip" }] });
  await first;
  const second = catalog.load("6", 0);
  outside.socket.refuse("catalog.list", { code: -32003, message: "Busy.", data: { kind: "unavailable" } });
  await second;
  expect(catalog.loading).toBe(false);
  expect(catalog.items).toMatchObject([{ name: "Clip" }]);
});
