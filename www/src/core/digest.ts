// What tells a dropped file from another of the same name and size: blocks from its first to its last byte, hashed.
const BLOCK = 65536;
const BLOCKS = 16;

/** Where the blocks of a file begin; all of one that is no longer than they. As the gateway does it. */
export function blockStarts(size: number): number[] {
  if (size <= BLOCK * BLOCKS) return size ? [0] : [];
  return Array.from({ length: BLOCKS }, (_, index) => Math.floor((index * (size - BLOCK)) / (BLOCKS - 1)));
}

/** Null where it cannot be read (a folder, a file that vanished) or the page may not hash (plain http). */
export async function digestOf(file: Blob): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  const length = file.size <= BLOCK * BLOCKS ? file.size : BLOCK;
  try {
    const parts = await Promise.all(
      blockStarts(file.size).map((start) => file.slice(start, start + length).arrayBuffer()),
    );
    const hash = await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch {
    return null;
  }
}
