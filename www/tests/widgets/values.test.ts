import { describe, expect, test } from "vitest";
import {
  asArrayRef,
  asNumbers,
  asPort,
  asSwitches,
  changed,
  decorated,
  readNumber,
  readNumbers,
  spread,
} from "@/widgets/values";
import type { Decoration } from "@/protocol.gen";
import { property } from "../fakes";

describe("values of any shape become harmless ones", () => {
  test("numbers", () => expect(asNumbers([1, null, "x"])).toEqual([1, 0, 0]));
  test("no numbers", () => expect(asNumbers("x")).toEqual([]));
  test("switches", () => expect(asSwitches([["a", true], ["b", 0], "c"])).toEqual([["a", true], ["b", false]])); // prettier-ignore
  test("arrays", () => {
    expect(asArrayRef(["POINTS", "p"])).toEqual(["POINTS", "p"]);
    expect(asArrayRef(["", ""])).toBeNull();
  });
  test("ports", () => {
    expect(asPort({ node: "5", port: 1 })).toEqual({ node: "5", port: 1 });
    expect(asPort(null)).toBeNull();
  });
});

describe("typed numbers", () => {
  test("the even spread of a small range far from zero has as many numbers", () => {
    expect(spread(293.15, 293.1514, 5)).toEqual([293.15, 293.15035, 293.1507, 293.15105, 293.1514]);
    expect(spread(0, 1, 4)).toEqual([0, 0.3333333, 0.6666667, 1]);
    expect(new Set(spread(6200475.18, 6200475.1801, 11)).size).toBe(11);
  });

  test.each([
    ["5", {}, { value: 5 }],
    ["x", {}, { problem: "Type a number, such as 0.5 or 1e-3." }],
    ["1.5", { integer: true }, { problem: "Type a whole number." }],
    ["-1", { low: 0 }, { problem: "The smallest value is 0." }],
    ["11", { high: 10 }, { problem: "The largest value is 10." }],
  ])("%j with %j", (text, rule, expected) => expect(readNumber(text, rule)).toEqual(expected));

  test("lists take blanks, commas and lines", () => {
    expect(readNumbers("1, 2;3\n4  5e-1")).toEqual({ values: [1, 2, 3, 4, 0.5] });
    expect(readNumbers("")).toEqual({ values: [] });
    expect(readNumbers("1, two")).toEqual({ problem: "“two” is not a number." });
  });

  test("an even spread holds both ends", () => {
    expect(spread(0, 10, 5)).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(spread(0, 10, 1)).toEqual([5]);
    expect(spread(0, 10, 0)).toEqual([]);
  });
});

describe("decorations", () => {
  const values: Record<string, unknown> = { Mode: 1, On: true };
  const decoration = (name: string, wanted: unknown[], inverse = false): Decoration => ({
    mode: "visibility", property: name, values: wanted, inverse, compare: "equals", alternatives: [],
  }); // prettier-ignore
  const look = (mode: "visibility" | "enabled", name: string, wanted: unknown[], inverse = false) =>
    decorated([{ ...decoration(name, wanted, inverse), mode }], (key) => values[key]);

  test("show a property by another's value", () => {
    expect(look("visibility", "Mode", [1, 2]).visible).toBe(true);
    expect(look("visibility", "Mode", [0]).visible).toBe(false);
    expect(look("visibility", "Mode", [0], true).visible).toBe(true);
  });
  test("know that 1 is true", () => expect(look("enabled", "On", [1]).enabled).toBe(true));
  test("hold where one of several does", () => {
    const either = (...tests: [Decoration, ...Decoration[]]) =>
      decorated([{ ...tests[0], alternatives: tests.slice(1) }], (key) => values[key]).visible;
    expect(either(decoration("Mode", [0]), decoration("Mode", [1]))).toBe(true);
    expect(either(decoration("Mode", [0]), decoration("On", [0]))).toBe(false);
  });
  test.each([
    ["greater", 0, true],
    ["greater", 1, false],
    ["less", 2, true],
    ["contains", "1", true],
    ["contains", "2", false],
  ] as const)("compare: %s than or with %s", (compare, wanted, visible) =>
    expect(decorated([{ ...decoration("Mode", [wanted]), compare }], (key) => values[key]).visible).toBe(visible)); // prettier-ignore
  test("leave the other mode alone", () =>
    expect(look("enabled", "Mode", [0])).toEqual({ visible: true, enabled: false }));
});

test("a value is changed only where ParaView names a default", () => {
  expect(changed(property("a", 1, { default: 2 }), 1)).toBe(true);
  expect(changed(property("a", 1, { default: null }), 1)).toBe(false);
  expect(changed(property("a", [1, 2], { default: [1, 2] }), [1, 2])).toBe(false);
});
