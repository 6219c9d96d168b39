import { createHash } from "node:crypto";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { blockStarts, digestOf } from "@/core/digest";
import type { Place } from "@/protocol.gen";
import { together, useDropped } from "@/state/dropped";
import { useFiles } from "@/state/files";
import { useNotices } from "@/state/notices";
import { useSession } from "@/state/session";
import { settle } from "../fakes";

const place = (path: string, changes: Partial<Place> = {}): Place => ({
  root: "r", path, folder: "data", series: null, count: 1, ...changes,
}); // prettier-ignore

describe("the digest", () => {
  test("is of the whole of a short file", async () => {
    expect(await digestOf(new Blob(["abc"]))).toBe(createHash("sha256").update("abc").digest("hex"));
    expect(await digestOf(new Blob([]))).toBe(createHash("sha256").digest("hex"));
  });

  test("is of sixteen blocks of a long one, the last byte among them", async () => {
    const size = 16 * 65536 + 12345;
    const bytes = new Uint8Array(size).map((_, index) => (index * 31) % 251);
    const hash = createHash("sha256");
    for (let index = 0; index < 16; index++) {
      const start = Math.floor((index * (size - 65536)) / 15);
      hash.update(bytes.slice(start, start + 65536));
    }
    expect(await digestOf(new Blob([bytes]))).toBe(hash.digest("hex"));
    const other = bytes.slice();
    other[size - 1] = 255;
    expect(await digestOf(new Blob([other]))).not.toBe(await digestOf(new Blob([bytes])));
  });

  test("is none where it cannot be read", async () => {
    const broken = { size: 4, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) };
    expect(await digestOf(broken as unknown as Blob)).toBeNull();
  });

  test("reads little of an enormous file", () => {
    const starts = blockStarts(2 ** 42);
    expect([starts.length, starts[0], starts[15]]).toEqual([16, 0, 2 ** 42 - 65536]);
  });
});

describe("what to open", () => {
  const member = (index: number) => place(`t_${index}.vtu`, { series: "t_1.vtu", count: 2 });

  test("a series is one where all of it was dropped, and single files where not", () => {
    const all = [1, 2].map(member);
    expect(together(all)).toEqual([{ root: "r", path: "t_1.vtu", series: true, reader: null }]);
    expect(together([member(2)])).toEqual([{ root: "r", path: "t_2.vtu", series: false, reader: null }]);
  });

  test("every other file by itself, twice the same once", () => {
    const files = ["a.vtu", "b.vtu", "a.vtu"].map((path) => place(path));
    expect(together(files).map((params) => params.path)).toEqual(["a.vtu", "b.vtu"]);
  });
});

describe("dropping", () => {
  let answers: Place[][];
  let truncated: boolean;
  let opened: string[];

  beforeEach(() => {
    setActivePinia(createPinia());
    answers = [];
    truncated = false;
    opened = [];
    const request = vi.fn((_method: string, params: { files: { name: string; digest: string | null }[] }) => {
      expect(params.files.every((file) => file.digest?.length === 64)).toBe(true);
      return Promise.resolve({ files: answers.map((places) => ({ places })), truncated });
    });
    useSession().request = request as never;
    useFiles().open = ((params: { path: string }) => {
      opened.push(params.path);
      return Promise.resolve(true);
    }) as never;
  });

  const drop = (...names: string[]) => useDropped().open(names.map((name) => new File([name], name)));

  test("opens all files that were found", async () => {
    answers = [[place("x/a.vtu")], [place("b.vtu")]];
    await drop("a.vtu", "b.vtu");
    expect(opened).toEqual(["x/a.vtu", "b.vtu"]);
    expect(useNotices().shown).toEqual([]);
  });

  test("opens nothing else where a file was not found, and says so", async () => {
    answers = [[], [place("b.vtu")]];
    await drop("a.vtu", "b.vtu");
    expect(opened).toEqual(["b.vtu"]);
    expect(useNotices().shown.map((item) => item.message)).toEqual([
      "a.vtu lies in none of the data folders.",
    ]);
  });

  test("asks which of several places", async () => {
    answers = [[place("x/a.vtu"), place("y/a.vtu")]];
    const done = drop("a.vtu");
    await vi.waitFor(() => expect(useDropped().question?.certain).toBe(true));
    useDropped().question?.answer(answers[0]?.[1] ?? null);
    await done;
    expect(opened).toEqual(["y/a.vtu"]);
    expect(useDropped().question).toBeNull();
  });

  test("opens none where the person says so", async () => {
    answers = [[place("x/a.vtu"), place("y/a.vtu")]];
    const done = drop("a.vtu");
    await vi.waitFor(() => expect(useDropped().question).not.toBeNull());
    useDropped().question?.answer(null);
    await done;
    expect(opened).toEqual([]);
  });

  test("waits for the reader that the person chooses before it opens the next", async () => {
    const files = useFiles();
    files.open = ((params: { path: string }) => {
      opened.push(params.path);
      if (params.path === "a.csv")
        files.question = { name: "a.csv", readers: [], open: () => Promise.resolve() };
      return Promise.resolve(false);
    }) as never;
    answers = [[place("a.csv")], [place("b.vtu")]];
    const done = drop("a.csv", "b.vtu");
    await vi.waitFor(() => expect(files.question).not.toBeNull());
    await settle();
    expect(opened).toEqual(["a.csv"]);
    files.question = null;
    await done;
    expect(opened).toEqual(["a.csv", "b.vtu"]);
  });
});
