import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatNumber,
  formatShort,
  fromHex,
  gradient,
  parseNumber,
  secondsUntil,
  toHex,
} from "@/core/format";

describe("numbers", () => {
  test.each([
    [0.1 + 0.2, "0.3"],
    [0.10000000149011612, "0.1"],
    [-0, "0"],
    [1234567, "1234567"],
    [12345678, "1.23457e7"],
    [0.00001, "1e-5"],
    [100, "100"],
    [-2.5e-7, "-2.5e-7"],
  ])("%d is shown as %s", (value, text) => expect(formatNumber(value)).toBe(text));

  test("what is shown reads back as nearly the same", () => {
    for (const value of [3.14159265, 1e-9, 6.02e23, -0.0001234567]) {
      expect(Math.abs((parseNumber(formatNumber(value)) ?? NaN) / value - 1)).toBeLessThan(1e-5);
    }
  });

  test.each([
    ["1", 1],
    [" -2.5e-3 ", -0.0025],
    [".5", 0.5],
    ["5.", 5],
    ["1,5", 1.5],
    ["", null],
    ["abc", null],
    ["1e999", null],
    ["0x10", null],
    ["1 2", null],
    ["1,000,000", null],
  ])("typed %j is %j", (text, value) => expect(parseNumber(text)).toBe(value));

  test("short ones have four digits", () => {
    expect(formatShort(293.149994)).toBe("293.1");
    expect(formatShort(1500000)).toBe("1.5e6");
    expect(formatShort(NaN)).toBe("–");
  });
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1234, "1.2 kB"],
  [88123456, "88.1 MB"],
  [250e6, "250 MB"],
  [5e15, "5000 TB"],
])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test("colours go to hex and back", () => {
  expect(toHex([1, 0.5, 0])).toBe("#ff8000");
  expect(fromHex("#ff8000")?.map((part) => Math.round(part * 100) / 100)).toEqual([1, 0.5, 0]);
  expect(fromHex("red")).toBeNull();
  expect(toHex([2, -1])).toBe("#ff0000");
});

test("a gradient of one colour is a flat one", () => {
  expect(gradient(["#000000"])).toBe("linear-gradient(#000000, #000000)");
  expect(gradient([])).toBe("none");
});

test("a countdown does not go below zero", () => {
  expect(secondsUntil(5000, 1200)).toBe(4);
  expect(secondsUntil(5000, 9000)).toBe(0);
});
