// Bytes of a blob to numbers. Pure, and run in a worker: the page must not stumble while a large array arrives.
// `planes` puts byte k of all numbers together, which compresses far better than numbers as they are.
import type { Blob as BlobName } from "../../../protocol.gen";

export type Numbers =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
} as const;

export const CODECS = ["raw", "planes", "delta-planes", "octahedral"] as const;
export type Codec = (typeof CODECS)[number];

/** The part of a blob's description that decoding needs. */
export type Shape = Pick<BlobName, "type" | "components" | "items">;

/** Bytes that the numbers of a blob take in memory. */
export function sizeOf(shape: Shape): number {
  return ARRAYS[shape.type].BYTES_PER_ELEMENT * shape.components * shape.items;
}

/** The numbers of a blob; throws where the bytes do not fit its description. */
export function decode(bytes: Uint8Array<ArrayBuffer>, codec: string, shape: Shape): Numbers {
  const expected = codec === "octahedral" ? shape.items * 4 : sizeOf(shape);
  if (bytes.byteLength !== expected)
    throw new Error(`an array has ${bytes.byteLength} bytes instead of ${expected}`);
  const Type = ARRAYS[shape.type];
  switch (codec as Codec) {
    case "raw":
      return new Type(aligned(bytes));
    case "planes":
      return new Type(woven(bytes, Type.BYTES_PER_ELEMENT));
    case "delta-planes":
      return summed(new Int32Array(woven(bytes, 4)), shape);
    case "octahedral":
      return normals(new Int16Array(woven(bytes, 2)), shape);
    default:
      throw new Error(`an array is encoded as "${codec}", which this page does not know`);
  }
}

function aligned(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return whole ? bytes.buffer : bytes.slice().buffer;
}

/** Planes of bytes put together again. */
function woven(bytes: Uint8Array<ArrayBuffer>, size: number): ArrayBuffer {
  if (size === 1) return aligned(bytes);
  const count = bytes.length / size;
  const result = new Uint8Array(bytes.length);
  for (let plane = 0; plane < size; plane++) {
    let from = plane * count;
    for (let to = plane; to < result.length; to += size) result[to] = bytes[from++] ?? 0;
  }
  return result.buffer;
}

/** Differences from the item before, small ones as small numbers whatever their sign, to the numbers themselves. */
function summed(differences: Int32Array<ArrayBuffer>, { type, components }: Shape): Numbers {
  if (type !== "uint32" && type !== "int32") throw new Error(`differences of ${type} are not known`);
  for (let at = 0; at < differences.length; at++) {
    const coded = differences[at] ?? 0;
    const difference = (coded >>> 1) ^ -(coded & 1);
    const before = at >= components ? (differences[at - components] ?? 0) : 0;
    differences[at] = before + difference;
  }
  return new ARRAYS[type](differences.buffer);
}

/** Unit vectors from the two coordinates of the octahedron they were folded onto. */
function normals(folded: Int16Array<ArrayBuffer>, { type, components }: Shape): Numbers {
  if (type !== "float32" || components !== 3) throw new Error("normals must be three float32");
  const result = new Float32Array((folded.length / 2) * 3);
  for (let from = 0, to = 0; from < folded.length; from += 2, to += 3) {
    let x = (folded[from] ?? 0) / 32767;
    let y = (folded[from + 1] ?? 0) / 32767;
    const z = 1 - Math.abs(x) - Math.abs(y);
    if (z < 0) {
      const unfolded = x;
      x = (1 - Math.abs(y)) * (x < 0 ? -1 : 1);
      y = (1 - Math.abs(unfolded)) * (y < 0 ? -1 : 1);
    }
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    result[to] = x / length;
    result[to + 1] = y / length;
    result[to + 2] = z / length;
  }
  return result;
}
