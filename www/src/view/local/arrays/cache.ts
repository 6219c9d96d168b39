// Arrays by hash, the least recently used leaving first. What a scene on screen uses is held by that scene itself, so
// a cache that is too small costs traffic but never a picture.

export class ByteCache<T extends { byteLength: number }> {
  private readonly entries = new Map<string, T>();
  private total = 0;

  constructor(private readonly limit: number) {}

  get bytes(): number {
    return this.total;
  }

  get(key: string): T | undefined {
    const found = this.entries.get(key);
    if (found === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, found);
    return found;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  put(key: string, value: T): void {
    this.drop(key);
    this.entries.set(key, value);
    this.total += value.byteLength;
    this.shrink();
  }

  private drop(key: string): void {
    const found = this.entries.get(key);
    if (found === undefined) return;
    this.entries.delete(key);
    this.total -= found.byteLength;
  }

  private shrink(): void {
    for (const key of this.entries.keys()) {
      if (this.total <= this.limit) return;
      this.drop(key);
    }
  }
}
