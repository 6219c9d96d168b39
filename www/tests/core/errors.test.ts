import { expect, test } from "vitest";
import { briefly } from "@/core/errors";

test("a message is as long as one reads at a glance", () => {
  expect(briefly("cut.vtu could not be read.")).toBe("cut.vtu could not be read.");
  const long = briefly("a filter said this and that ".repeat(40));
  expect(long.length).toBeLessThanOrEqual(201);
  expect(long).toMatch(/[a-z]…$/);
  expect(briefly("x".repeat(500))).toBe(`${"x".repeat(200)}…`);
});
