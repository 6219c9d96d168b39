import { createPinia, setActivePinia } from "pinia";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useNotices } from "@/state/notices";

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
});
afterEach(() => vi.useRealTimers());

const messages = () => useNotices().shown.map(({ message }) => message);

test("a notice passes by itself, and later when somebody read it meanwhile", () => {
  const notices = useNotices();
  notices.info("Saved.");
  const id = notices.shown[0]?.id ?? 0;
  vi.advanceTimersByTime(4000);
  notices.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(messages()).toEqual(["Saved."]);
  notices.release(id);
  vi.advanceTimersByTime(4999);
  expect(messages()).toEqual(["Saved."]);
  vi.advanceTimersByTime(1);
  expect(messages()).toEqual([]);
});

test("there are four at most, the oldest leaves first, and one that is said again is the newest", () => {
  const notices = useNotices();
  for (const text of ["a", "b", "c", "d", "e"]) notices.info(text);
  expect(messages()).toEqual(["b", "c", "d", "e"]);
  notices.info("c");
  expect(messages()).toEqual(["b", "d", "e", "c"]);
});

test("whatever was thrown becomes a sentence", () => {
  useNotices().fail(new Error("It broke."));
  expect(useNotices().shown).toMatchObject([{ level: "error", message: "It broke." }]);
});
