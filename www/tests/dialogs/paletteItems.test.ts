import { createPinia, setActivePinia } from "pinia";
import { expect, test } from "vitest";
import { ref } from "vue";
import { rank, usePaletteItems, type PaletteItem } from "@/dialogs/paletteItems";
import { useCatalog } from "@/state/catalog";
import { usePrefs } from "@/state/prefs";
import { useSession } from "@/state/session";
import { useUi } from "@/state/ui";
import { FakeOutside, node, pipeline, settle, snapshot } from "../fakes";

const item = (label: string, changes: Partial<PaletteItem> = {}): PaletteItem => ({
  key: label, kind: "Filter", label, run: () => undefined, ...changes,
}); // prettier-ignore
const labels = (items: PaletteItem[], typed: string) => rank(items, typed).map((found) => found.label);

test("the best fit comes first", () => {
  expect(labels([item("Iso Volume"), item("Contour Generic"), item("Contour")], "contour")).toEqual([
    "Contour",
    "Contour Generic",
  ]);
});

test("what cannot be used comes after what can", () => {
  const items = [item("Clip", { reason: "needs a dataset" }), item("Clip Closed Surface")];
  expect(labels(items, "clip")).toEqual(["Clip Closed Surface", "Clip"]);
  expect(labels(items, "")).toEqual(["Clip Closed Surface", "Clip"]);
});

test("words of the detail count less than words of the label", () => {
  const items = [item("Threshold", { detail: "clips cells away" }), item("Clip")];
  expect(labels(items, "clip")).toEqual(["Clip", "Threshold"]);
});

test("there are never too many", () => {
  expect(
    rank(
      Array.from({ length: 500 }, (_, index) => item(`Filter ${index}`)),
      "filter",
    ).length,
  ).toBeLessThanOrEqual(60);
});

test.each([
  { warning: null, applies: true },
  { warning: "It is known to crash ParaView.", applies: false },
])("what may crash says so, and automatic apply leaves it alone: $warning", async ({ warning, applies }) => {
  setActivePinia(createPinia());
  const outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot({ pipeline: pipeline() }));
  await settle();
  usePrefs().autoApply = true;
  useUi().openPalette("sources");
  useCatalog().items = [
    { group: "sources", name: "S", label: "Some source", help: "", reason: null, warning },
  ];
  const found = usePaletteItems(ref("some source")).found.value[0];
  expect(found?.warning).toBe(warning);
  found?.run();
  await settle();
  useSession().apply([{ name: "pipeline", version: 2, value: pipeline(node("1", { state: "new" })) }]);
  outside.socket.answer("pipeline.create", { node: "1" });
  await settle();
  expect(outside.socket.sent.some((message) => message.method === "proxy.apply")).toBe(applies);
});
