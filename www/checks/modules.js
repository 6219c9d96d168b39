// What lint holds the page's modules to, read from the sources alone: no circle of imports among files or among the
// folders of src (type imports counted), a test for each module or a reason in untested.json, and no four files of a
// folder that share a first word in place of a folder of their own. Knows nothing of what the modules do.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parse } from "vue/compiler-sfc";

const SIBLINGS = 4;
/** Vue's word for what a component uses: it names a kind of function, not a subject. */
const NO_SUBJECT = new Set(["use"]);
/** Made by `make generate`; its own test is Python's. */
const GENERATED = new Set(["protocol.gen.ts"]);

/**
 * @param {string} folder
 * @param {RegExp} ending
 * @returns {string[]} names relative to the folder, with slashes
 */
function filesOf(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => name.split(sep).join("/"))
    .sort();
}

/** @param {string} source the folder src; @returns {string[]} */
export function modulesOf(source) {
  return filesOf(source, /(?<!\.d)\.ts$|\.vue$/);
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {string[]} what a module imports, as it is written there
 */
export function importsOf(name, text) {
  const { script, scriptSetup } = name.endsWith(".vue") ? parse(text).descriptor : {};
  const code = name.endsWith(".vue") ? `${script?.content ?? ""}\n${scriptSetup?.content ?? ""}` : text;
  const found = ts.preProcessFile(code, true, true).importedFiles.map((file) => file.fileName);
  // A worker is named by its address.
  const workers = [...code.matchAll(/new URL\("([^"]+)", import\.meta\.url\)/g)].map(([, url]) => url ?? "");
  return [...found, ...workers];
}

/**
 * @param {string} source
 * @returns {Map<string, Set<string>>} for each module the modules of the page that it imports
 */
export function graphOf(source) {
  const modules = modulesOf(source);
  const known = new Set([...modules, ...filesOf(source, /\.d\.ts$/)]);
  const graph = new Map();
  for (const name of modules) {
    const wanted = new Set();
    for (const written of importsOf(name, readFileSync(join(source, name), "utf8"))) {
      if (!/^(\.|@\/)/.test(written) || /\.(css|svg)$/.test(written)) continue;
      const path = written.startsWith("@/")
        ? written.slice(2)
        : normalize(join(dirname(name), written))
            .split(sep)
            .join("/");
      const target = [path, `${path}.ts`, `${path}/index.ts`, `${path}.d.ts`].find((item) => known.has(item));
      if (!target) throw new Error(`src/${name} imports ${written}, which this check cannot find`);
      wanted.add(target);
    }
    graph.set(name, wanted);
  }
  return graph;
}

/** @param {string} name; @returns {string} the folder of src, or the file where it lies in src itself */
const roomOf = (name) => name.split("/")[0] ?? name;

/**
 * @param {Map<string, Set<string>>} graph
 * @returns {Map<string, Set<string>>} the same of the folders of src
 */
export function roomsOf(graph) {
  const rooms = new Map();
  for (const [name, targets] of graph) {
    const room = roomOf(name);
    const wanted = rooms.get(room) ?? new Set();
    rooms.set(room, wanted);
    for (const target of targets) if (roomOf(target) !== room) wanted.add(roomOf(target));
  }
  return rooms;
}

/**
 * @param {Map<string, Set<string>>} graph
 * @returns {string[][]} circles, each from a node back to itself, the shortest through that node; no node in two of them
 */
export function circlesOf(graph) {
  const told = new Set();
  const circles = [];
  for (const start of graph.keys()) {
    const way = told.has(start) ? null : wayBack(graph, start);
    if (!way) continue;
    way.forEach((name) => told.add(name));
    circles.push(way);
  }
  return circles;
}

/**
 * @param {Map<string, Set<string>>} graph
 * @param {string} start
 * @returns {string[] | null}
 */
function wayBack(graph, start) {
  const from = new Map();
  const next = [start];
  for (const name of next) {
    for (const target of graph.get(name) ?? []) {
      if (target === start) {
        const way = [start];
        for (let at = name; at !== start; at = from.get(at)) way.unshift(at);
        return [start, ...way];
      }
      if (from.has(target)) continue;
      from.set(target, name);
      next.push(target);
    }
  }
  return null;
}

/**
 * @param {string} page the folder www
 * @returns {string[]} what is wrong with tests and the list of what has none
 */
export function untestedIn(page) {
  const listed = JSON.parse(readFileSync(join(page, "untested.json"), "utf8"));
  const modules = new Set(modulesOf(join(page, "src")).filter((name) => !GENERATED.has(name)));
  const tests = new Set(filesOf(join(page, "tests"), /\.test\.ts$/));
  const testOf = (name) => name.replace(/\.(ts|vue)$/, ".test.ts");
  const wrong = [];
  for (const name of modules) {
    const tested = tests.has(testOf(name));
    if (!tested && !(name in listed))
      wrong.push(`src/${name} has no tests/${testOf(name)} and no reason in untested.json`);
    if (tested && name in listed) wrong.push(`untested.json lists ${name}, which has a test: take it out`);
  }
  for (const [name, reason] of Object.entries(listed)) {
    if (!modules.has(name))
      wrong.push(`untested.json lists ${name}, which is not there (any more): take it out`);
    if (typeof reason !== "string" || !reason.trim()) wrong.push(`untested.json gives no reason for ${name}`);
  }
  const wanted = new Set([...modules].map(testOf));
  for (const test of tests) {
    const check = test.startsWith("checks/") && existsSync(join(page, test.replace(".test.ts", ".js")));
    if (!wanted.has(test) && !check) wrong.push(`tests/${test} is named after no module of src`);
  }
  return wrong;
}

/**
 * @param {string} source
 * @returns {string[]} folders that are hidden in the names of files
 */
export function prefixesIn(source) {
  const groups = new Map();
  for (const name of modulesOf(source)) {
    const word =
      name
        .split("/")
        .pop()
        ?.match(/^[A-Z]?[a-z0-9]+/)?.[0]
        .toLowerCase() ?? "";
    const key = `${dirname(name)} ${word}`;
    if (!NO_SUBJECT.has(word)) groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()]
    .filter((names) => names.length >= SIBLINGS)
    .map(
      (names) => `${names.map((name) => `src/${name}`).join(", ")} share a first word: make a folder of them`,
    );
}

/** @param {string} page; @returns {string[]} */
export function complaintsOf(page) {
  const source = join(page, "src");
  const graph = graphOf(source);
  const say = (circle) => `circle of imports: ${circle.join(" → ")}`;
  return [
    ...circlesOf(graph).map(say),
    ...circlesOf(roomsOf(graph)).map(say),
    ...untestedIn(page),
    ...prefixesIn(source),
  ];
}

const own = fileURLToPath(import.meta.url);
if (argv[1] && relative(argv[1], own) === "") {
  const complaints = complaintsOf(dirname(dirname(own)));
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  process.exitCode = complaints.length ? 1 : 0;
}
