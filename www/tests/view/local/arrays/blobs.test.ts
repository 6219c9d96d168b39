import { beforeEach, expect, test } from "vitest";
import { BadBlob, BlobStore } from "@/view/local/arrays/blobs";
import { ByteCache } from "@/view/local/arrays/cache";
import type { Numbers } from "@/view/local/arrays/codec";
import { settle } from "../../../fakes";
import { blob, FakeGateway } from "../things";

let gateway: FakeGateway;
let store: BlobStore;
const never = () => new AbortController().signal;

beforeEach(() => {
  gateway = new FakeGateway();
  store = new BlobStore(gateway.fetch, gateway.decode, new ByteCache<Numbers>(1000));
});

test("a blob that is asked for twice is fetched once, and then kept", async () => {
  const one = store.get(blob("a", 1), never());
  const two = store.get(blob("a", 1), never());
  await settle();
  gateway.answer("a", Float32Array.from([1, 2, 3]));
  expect([...(await one)]).toEqual([1, 2, 3]);
  expect(await two).toBe(await one);
  expect(await store.get(blob("a", 1), never())).toBe(await one);
  expect(gateway.asked).toEqual(["a"]);
  expect(store.cached).toBe(12);
});

test("no more than four are fetched at a time", async () => {
  const all = ["a", "b", "c", "d", "e"].map((hash) => store.get(blob(hash, 1), never()));
  await settle();
  expect(gateway.asked).toEqual(["a", "b", "c", "d"]);
  gateway.answer("b", new Float32Array(3));
  await all[1];
  await settle();
  expect(gateway.asked).toContain("e");
});

test("the fetch stops when the last who waits leaves, and a later one begins anew", async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const one = store.get(blob("a", 1), first.signal);
  const two = store.get(blob("a", 1), second.signal);
  await settle();
  first.abort();
  await expect(one).rejects.toThrow();
  gateway.answer("a", new Float32Array(3));
  expect((await two).length).toBe(3);
  const third = new AbortController();
  const gone = store.get(blob("b", 1), third.signal);
  await settle();
  third.abort();
  await expect(gone).rejects.toThrow();
  const again = store.get(blob("b", 1), never());
  await settle();
  gateway.answer("b", new Float32Array(3));
  expect((await again).length).toBe(3);
});

test("a blob that is gone or has another size is a bad one", async () => {
  const gone = store.get(blob("a", 1), never());
  const short = store.get(blob("b", 1), never());
  const handled = [expect(gone).rejects.toThrow(BadBlob), expect(short).rejects.toThrow(BadBlob)];
  await settle();
  gateway.answer("a", new Uint8Array(), 404);
  gateway.answer("b", new Uint8Array(5));
  await Promise.all(handled);
});
