import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatNumber,
  formatShort,
  formatTyped,
  formatWithin,
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
    [12345678, "12345678"],
    [20000001, "20000001"],
    [9007199254740991, "9007199254740991"],
    [1e22, "1e22"],
    [12345678.9, "1.234568e7"],
    [0.00001, "1e-5"],
    [100, "100"],
    [-2.5e-7, "-2.5e-7"],
    [NaN, "NaN"],
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
    expect(formatShort(1500000.5)).toBe("1.5e6");
    expect(formatShort(20000001)).toBe("20000001");
    expect(formatShort(NaN)).toBe("–");
  });

  test.each([
    [
      [101325, 101332.5],
      ["101325", "101332.5"],
    ],
    [
      [293.15, 293.1514],
      ["293.15", "293.1514"],
    ],
    [
      [293.1499938964844, 293.151397705078125],
      ["293.15", "293.1514"],
    ],
    [
      [448262.125, 448262.525],
      ["448262.125", "448262.525"],
    ],
    [
      [6200475.180468, 6200475.580468],
      ["6200475.18", "6200475.58"],
    ],
    [
      [0, 4.58e-14, 9.16e-14],
      ["0", "4.58e-14", "9.16e-14"],
    ],
    [
      [4e6, 4000000.00000001],
      ["4000000", "4000000.00000001"],
    ],
    [
      [1, 1 + Number.EPSILON],
      ["1", "1.0000000000000002"],
    ],
    [
      [0.3, 0.1 + 0.2],
      ["0.3", "0.30000000000000004"],
    ],
    [
      [-1e300, 1 / 3, 1e300],
      ["-1e300", "0.3333", "1e300"],
    ],
    [
      [5, 5],
      ["5", "5"],
    ],
  ])("%j is written as %j: neighbours differ", (values, texts) => {
    expect(values.map((value) => formatShort(value, values))).toEqual(texts);
  });

  test("however near two numbers are, they are never written alike, nor rounded past each other", () => {
    const wrong: [number, number][] = [];
    let seed = 7;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let turn = 0; turn < 500; turn++) {
      const low = (random() - 0.5) * 10 ** Math.round(random() * 40 - 20);
      const high = low + Math.abs(low) * 10 ** -(random() * 17);
      for (const format of [formatShort, formatNumber, formatTyped]) {
        const [a, b] = [format(low, [low, high]), format(high, [low, high])].map(Number) as [number, number];
        if (low === high) continue;
        const right = a < b && a - low <= (high - low) / 2 && high - b <= (high - low) / 2;
        if (!right) wrong.push([low, high]);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("a number in a field has all its digits, but not the noise of how it is kept", () => {
    expect(formatTyped(6200475.180468)).toBe("6200475.180468");
    expect(formatTyped(448262.125)).toBe("448262.125");
    expect(formatTyped(0.10000000149011612)).toBe("0.1");
    expect(formatTyped(0.1 + 0.2)).toBe("0.3");
    expect(formatTyped(1 / 3)).toBe("0.333333333333333");
    expect(formatTyped(0.3333333432674408)).toBe("0.33333334");
  });

  test("a number within a size is as good as the size, and no better", () => {
    expect(formatWithin(448262.3251234, 0.001)).toBe("448262.325");
    expect(formatWithin(448262.3251234, 40)).toBe("448262");
    expect(formatWithin(1e-12, 0.01)).toBe("0");
    expect(formatWithin(-1e-12, 0.01)).toBe("0");
    expect(formatWithin(1.23456e-7, 1e-9)).toBe("1.23e-7");
    expect(formatWithin(1.25, 0)).toBe("1.25");
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
