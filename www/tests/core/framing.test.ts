import { describe, expect, test } from "vitest";
import { asFrame, unpack } from "@/core/framing";

function pack(header: string, payload: number[]): ArrayBuffer {
  const head = new TextEncoder().encode(header);
  const bytes = new Uint8Array(4 + head.length + payload.length);
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  bytes.set(payload, 4 + head.length);
  return bytes.buffer;
}

describe("binary messages", () => {
  test("come apart into header and payload", () => {
    const message = unpack(pack('{"type":"frame","name":"Übung"}', [1, 2, 3]));
    expect(message?.header).toEqual({ type: "frame", name: "Übung" });
    expect([...(message?.payload ?? [])]).toEqual([1, 2, 3]);
  });

  test("an empty payload is one", () => {
    expect(unpack(pack("{}", []))?.payload.length).toBe(0);
  });

  test.each([
    ["too short", new ArrayBuffer(3)],
    ["a header longer than the message", pack("{}", []).slice(0, 5)],
    ["no JSON", pack("{nope", [])],
    ["a header that is no object", pack("[1]", [])],
  ])("%s is refused", (_name, bytes) => {
    expect(unpack(bytes)).toBeNull();
  });
});

test("an image is known by its header, and other kinds of messages are none", () => {
  const header = { type: "frame", view: "7", seq: 1, camera: {} };
  expect(asFrame(header)).toBe(header);
  expect(asFrame({ ...header, type: "geometry" })).toBeNull();
  expect(asFrame({ ...header, seq: "1" })).toBeNull();
  expect(asFrame({ ...header, view: undefined })).toBeNull();
});
