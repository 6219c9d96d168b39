import { expect, test } from "vitest";
import { ByteCache } from "@/view/local/arrays/cache";

test("what was used longest ago leaves first", () => {
  const cache = new ByteCache<Float32Array>(30);
  cache.put("a", new Float32Array(3));
  cache.put("b", new Float32Array(3));
  cache.get("a");
  cache.put("c", new Float32Array(3));
  expect(["a", "b", "c"].map((key) => cache.has(key))).toEqual([true, false, true]);
  cache.put("a", new Float32Array(1));
  expect(cache.bytes).toBe(16);
});

test("one array that is larger than all of it is not kept, and leaves nothing behind", () => {
  const cache = new ByteCache<Float32Array>(8);
  cache.put("a", new Float32Array(1));
  cache.put("b", new Float32Array(3));
  expect(cache.bytes).toBe(0);
  expect(cache.get("b")).toBeUndefined();
});
