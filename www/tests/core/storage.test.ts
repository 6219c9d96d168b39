import { afterEach, expect, test, vi } from "vitest";
import { isNumber, oneOf, recall, remember } from "@/core/storage";

afterEach(() => vi.restoreAllMocks());

test("what is remembered is recalled", () => {
  remember("size", 31);
  expect(recall("size", 10, isNumber)).toBe(31);
});

test("what does not fit is as if it were not there", () => {
  localStorage.setItem("pvw.theme", '"neon"');
  expect(recall("theme", "system", oneOf("system", "dark"))).toBe("system");
  localStorage.setItem("pvw.broken", "{");
  expect(recall("broken", 3, isNumber)).toBe(3);
});

test("a browser that refuses to remember costs nothing", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(refuse);
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(refuse);
  expect(recall("lasting", 1, isNumber)).toBe(1);
  remember("lasting", 2);
  expect(recall("lasting", 1, isNumber)).toBe(2);
});
