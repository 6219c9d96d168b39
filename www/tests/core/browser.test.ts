import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signIn, signInCode } from "@/core/browser";

const fetched = vi.fn<typeof fetch>();

beforeEach(() => vi.stubGlobal("fetch", fetched));
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
});

test.each([
  ["#k=abc", "abc"],
  ["#x=1&k=a%20b", "a b"],
  ["", null],
  ["#other", null],
])("the code of %j is %j", (hash, code) => expect(signInCode(hash)).toBe(code));

test("the code is posted once and leaves the address", async () => {
  fetched.mockResolvedValue(new Response("{}"));
  location.hash = "#k=secret";
  await signIn();
  expect(location.hash).toBe("");
  expect(fetched).toHaveBeenCalledTimes(1);
  const [url, init] = fetched.mock.calls[0] ?? [];
  expect(url).toBe("auth");
  expect(init).toMatchObject({
    method: "POST",
    body: '{"code":"secret"}',
    headers: { "Content-Type": "application/json" },
  });
  await signIn();
  expect(fetched).toHaveBeenCalledTimes(1);
});

test("a gateway that is away does not stop the page", async () => {
  fetched.mockRejectedValue(new TypeError("refused"));
  location.hash = "#k=secret";
  await expect(signIn()).resolves.toBeUndefined();
});
