import { expect, test } from "vitest";
import { score } from "@/core/search";

const best = (typed: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, points: score(typed, text) }))
    .filter((item) => item.points !== null)
    .sort((a, b) => (b.points ?? 0) - (a.points ?? 0))
    .map((item) => item.text);

test("the whole word comes before a beginning, that before the middle", () => {
  expect(best("clip", "Iso Clip Tool", "Clip Closed Surface", "Clip", "Eclipse")).toEqual([
    "Clip", "Clip Closed Surface", "Iso Clip Tool", "Eclipse",
  ]); // prettier-ignore
});

test("each word must be found, in any order", () => {
  expect(score("tracer stream", "Stream Tracer")).not.toBeNull();
  expect(score("stream glyph", "Stream Tracer")).toBeNull();
});

test("initials find it", () => {
  expect(best("st", "Stream Tracer", "Contour")).toEqual(["Stream Tracer"]);
});

test("nothing typed fits everything", () => {
  expect(score("  ", "Anything")).not.toBeNull();
});
