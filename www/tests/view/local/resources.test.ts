import { expect, test, vi } from "vitest";
import { makeResources } from "@/view/local/resources";
import { blob } from "./things";

test("an array that two views want at once comes once, and is kept", async () => {
  const numbers = Float32Array.from([1, 2, 3]);
  const fetch = vi.fn(async () => new Response(numbers.slice()));
  vi.stubGlobal("fetch", fetch);
  const { blobs } = makeResources();
  const signal = new AbortController().signal;
  const wanted = blob("a", 1);
  const [one, other] = await Promise.all([blobs.get(wanted, signal), blobs.get(wanted, signal)]);
  expect(one).toEqual(numbers);
  expect(other).toBe(one);
  expect(await blobs.get(wanted, signal)).toBe(one);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(blobs.cached).toBe(12);
  vi.unstubAllGlobals();
});
