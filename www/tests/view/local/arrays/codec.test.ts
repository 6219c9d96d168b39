import { expect, test } from "vitest";
import { decode, sizeOf } from "@/view/local/arrays/codec";

/** Byte k of number n at k * count + n, as the gateway does it. */
function planes(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const count = bytes.length / size;
  const result = new Uint8Array(bytes.length);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < size; k++) result[k * count + n] = bytes[n * size + k] ?? 0;
  return result;
}
const bytesOf = (numbers: ArrayBufferView) => new Uint8Array(numbers.buffer.slice(0) as ArrayBuffer);

test("numbers come back as they were, raw and in planes", () => {
  const numbers = Float32Array.from([1.5, -2e10, 0, NaN, 7, 8]);
  const shape = { type: "float32", components: 3, items: 2 } as const;
  expect(decode(bytesOf(numbers), "raw", shape)).toEqual(numbers);
  expect(decode(planes(bytesOf(numbers), 4), "planes", shape)).toEqual(numbers);
  const doubles = Float64Array.from([Math.PI, -1e300]);
  const two = { type: "float64", components: 1, items: 2 } as const;
  expect(decode(planes(bytesOf(doubles), 8), "planes", two)).toEqual(doubles);
});

test("bytes that begin somewhere in a buffer are read from there", () => {
  const buffer = new Uint8Array([9, 1, 0, 2, 0]);
  const shape = { type: "uint16", components: 1, items: 2 } as const;
  expect([...decode(buffer.subarray(1), "raw", shape)]).toEqual([1, 2]);
});

test("ids come from differences of each component to the item before", () => {
  const ids = [0, 1, 2, 2, 1, 3, 4_000_000_000, 5, 0];
  const coded = Int32Array.from(ids, (id, at) => {
    const difference = (id - (at >= 3 ? (ids[at - 3] ?? 0) : 0)) | 0;
    return (difference << 1) ^ (difference >> 31);
  });
  const shape = { type: "uint32", components: 3, items: 3 } as const;
  expect([...decode(planes(bytesOf(coded), 4), "delta-planes", shape)]).toEqual(ids);
});

test("normals unfold from the octahedron within a thousandth", () => {
  const normals = [[0, 0, 1], [0, 0, -1], [1, 0, 0], [0.6, -0.48, 0.64], [-0.6, 0.48, -0.64]]; // prettier-ignore
  const folded = Int16Array.from(
    normals.flatMap(([x = 0, y = 0, z = 0]) => {
      const sum = Math.abs(x) + Math.abs(y) + Math.abs(z);
      const [u, v] = [x / sum, y / sum];
      const sign = (value: number) => (value < 0 ? -1 : 1);
      const pair = z < 0 ? [(1 - Math.abs(v)) * sign(u), (1 - Math.abs(u)) * sign(v)] : [u, v];
      return pair.map((part) => Math.round(part * 32767));
    }),
  );
  const shape = { type: "float32", components: 3, items: normals.length } as const;
  const decoded = decode(planes(bytesOf(folded), 2), "octahedral", shape);
  normals.flat().forEach((part, at) => expect(decoded[at]).toBeCloseTo(part, 3));
});

test("bytes that do not fit, and codecs that are not known, are refused", () => {
  const shape = { type: "float32", components: 3, items: 2 } as const;
  expect(sizeOf(shape)).toBe(24);
  expect(() => decode(new Uint8Array(23), "raw", shape)).toThrow("23 bytes instead of 24");
  expect(() => decode(new Uint8Array(24), "zip", shape)).toThrow('"zip"');
});
