import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { circlesOf, complaintsOf, graphOf, importsOf, roomsOf } from "../../checks/modules.js";

let page: string;

beforeEach(() => (page = mkdtempSync(join(tmpdir(), "page-"))));
afterEach(() => rmSync(page, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries({ "untested.json": "{}", ...files })) {
    mkdirSync(dirname(join(page, name)), { recursive: true });
    writeFileSync(join(page, name), text);
  }
}

const circles = () => circlesOf(graphOf(join(page, "src")));

test("a module and a component that import each other are a circle, were it for a type alone", () => {
  write({
    "src/a/one.ts": 'import type { Two } from "./Two.vue";\nexport type One = Two;\n',
    "src/a/Two.vue": '<script setup lang="ts">\nimport type { One } from "./one";\n</script>\n',
  });
  expect(circles()).toEqual([["a/Two.vue", "a/one.ts", "a/Two.vue"]]);
  expect(complaintsOf(page)).toContain("circle of imports: a/Two.vue → a/one.ts → a/Two.vue");
});

test("a circle of three is found once, by the shortest way, whatever leads to it", () => {
  write({
    "src/main.ts": 'import "./a/one";\n',
    "src/a/one.ts": 'export * from "@/a/two";\n',
    "src/a/two.ts": 'export const three = () => import("./three");\n',
    "src/a/three.ts": 'import { x } from "./one";\nimport "./three.css";\nexport default x;\n',
  });
  expect(circles()).toEqual([["a/one.ts", "a/two.ts", "a/three.ts", "a/one.ts"]]);
});

test("folders that use each other are a circle though their files are none", () => {
  write({
    "src/a/one.ts": 'import "../b/two";\n',
    "src/a/other.ts": "",
    "src/b/two.ts": "",
    "src/b/three.ts": 'import "../a/other";\n',
  });
  expect(circles()).toEqual([]);
  expect(circlesOf(roomsOf(graphOf(join(page, "src"))))).toEqual([["a", "b", "a"]]);
});

test("a worker counts as imported by who starts it", () => {
  const code = 'new Worker(new URL("./decode.worker.ts", import.meta.url), { type: "module" });';
  expect(importsOf("decoder.ts", code)).toEqual(["./decode.worker.ts"]);
});

test("what cannot be found is no silent gap", () => {
  write({ "src/a.ts": 'import "./gone";\n' });
  expect(circles).toThrow("src/a.ts imports ./gone");
});

test("the list of modules without a test is exact", () => {
  write({
    "src/bare.ts": "",
    "src/tested.ts": "",
    "src/told.ts": "",
    "src/silent.ts": "",
    "tests/tested.test.ts": "",
    "tests/nobody.test.ts": "",
    "untested.json": JSON.stringify({ "tested.ts": "x", "told.ts": "why", "silent.ts": " ", "gone.ts": "y" }),
  });
  expect(complaintsOf(page)).toEqual([
    "src/bare.ts has no tests/bare.test.ts and no reason in untested.json",
    "untested.json lists tested.ts, which has a test: take it out",
    "untested.json gives no reason for silent.ts",
    "untested.json lists gone.ts, which is not there (any more): take it out",
    "tests/nobody.test.ts is named after no module of src",
  ]);
});

test("four files with the same first word are a folder; composables are not", () => {
  const of = (...names: string[]) => Object.fromEntries(names.map((name) => [`src/a/${name}`, ""]));
  const told = () => complaintsOf(page).filter((text) => text.includes("share a first word"));
  write(of("fileA.ts", "FileB.vue", "fileC.ts", "filesD.ts", "useA.ts", "useB.ts", "useC.ts", "useD.ts"));
  expect(told()).toEqual([]);
  write(of("file.ts"));
  expect(told()).toHaveLength(1);
});
