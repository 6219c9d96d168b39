// Binary WebSocket messages: uint32 little-endian header length, UTF-8 JSON header, payload.
import type { Frame } from "../protocol.gen";
import { isRecord } from "./errors";

export interface BinaryMessage {
  header: Record<string, unknown>;
  payload: Uint8Array<ArrayBuffer>;
}

/** Header and payload, or null where the bytes are no such message. */
export function unpack(data: ArrayBuffer): BinaryMessage | null {
  if (data.byteLength < 4) return null;
  const length = new DataView(data).getUint32(0, true);
  if (length > data.byteLength - 4) return null;
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, length)));
    return isRecord(header) ? { header, payload: new Uint8Array(data, 4 + length) } : null;
  } catch {
    return null;
  }
}

/** The header as a Frame, or null where it is another kind of message. */
export function asFrame(header: Record<string, unknown>): Frame | null {
  const fits =
    header.type === "frame" &&
    typeof header.seq === "number" &&
    typeof header.view === "string" &&
    (header.camera === null || isRecord(header.camera));
  return fits ? (header as unknown as Frame) : null;
}
