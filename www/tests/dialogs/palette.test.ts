import { expect, test } from "vitest";
import { rank, type PaletteItem } from "@/dialogs/paletteItems";

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
