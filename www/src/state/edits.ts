// What was typed into the Properties panel and is not applied yet, and what came of the last apply.
// Representations and views take changes at once; everything in the pipeline waits for Apply.
import { promiseTimeout } from "@vueuse/core";
import { defineStore } from "pinia";
import { computed, reactive, ref, watch } from "vue";
import { toFailure, type Failure } from "../core/errors";
import type { Change, PipelineNode, Property, ProxyState } from "../protocol.gen";
import { usePipeline } from "./pipeline";
import { usePrefs } from "./prefs";
import { useSession } from "./session";
import { useWorkspace } from "./workspace";

type Values = Record<string, unknown>;

/** Whether two JSON values are the same. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** A proxy and all proxies inside its properties. */
export function withInner(proxy: ProxyState): ProxyState[] {
  return [proxy, ...proxy.properties.flatMap((property) => property.proxies.flatMap(withInner))];
}

const AUTO_APPLY_MS = 400;
/** Time that the news of a change may come after its answer. */
const SETTLE_MS = 300;

export const useEdits = defineStore("edits", () => {
  const session = useSession();
  const workspace = useWorkspace();
  const pipeline = usePipeline();
  const prefs = usePrefs();
  const drafts = reactive<Record<string, Values>>({});
  /** Of representations and views: what was sent and is not in their topic yet. */
  const sent = reactive<Record<string, Values>>({});
  const failures = reactive<Record<string, Failure>>({});
  const applying = ref(false);
  /** The node whose panel a draft was typed into, by the id of the edited proxy. */
  const owners = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Ids of the proxies that are edited together with a node. */
  function idsOf(node: string): string[] {
    const proxy = pipeline.of(node);
    return proxy ? withInner(proxy).map((inner) => inner.id) : [node];
  }

  function value(proxy: ProxyState, property: Property): unknown {
    const draft = sent[proxy.id] ?? drafts[proxy.id];
    return draft && property.name in draft ? draft[property.name] : property.value;
  }

  const isDraft = (id: string, name: string) => name in (drafts[id] ?? {});

  /** Takes a value from a widget. */
  function set(proxy: ProxyState, property: Property, now: unknown): void {
    if (proxy.kind === "representation" || proxy.kind === "view") {
      void setAtOnce(proxy.id, property.name, now);
      return;
    }
    const others = Object.entries(drafts[proxy.id] ?? {}).filter(([name]) => name !== property.name);
    const own: [string, unknown][] = same(now, property.value) ? [] : [[property.name, now]];
    store(proxy.id, Object.fromEntries([...others, ...own]));
    if (pipeline.activeId) owners.set(proxy.id, pipeline.activeId);
    if (prefs.autoApply) applySoon();
  }

  function applySoon(): void {
    clearTimeout(timer);
    // What is typed while it runs waits for the end of it.
    timer = setTimeout(() => (applying.value ? applySoon() : void apply()), AUTO_APPLY_MS);
  }

  async function setAtOnce(id: string, name: string, now: unknown): Promise<void> {
    sent[id] = { ...sent[id], [name]: now };
    await session.attempt("proxy.set", { id, values: { [name]: now } });
    await promiseTimeout(SETTLE_MS);
    const rest = Object.entries(sent[id] ?? {}).filter(([key, value]) => key !== name || value !== now);
    if (rest.length) sent[id] = Object.fromEntries(rest);
    else Reflect.deleteProperty(sent, id);
  }

  function store(id: string, values: Values): void {
    if (Object.keys(values).length) drafts[id] = values;
    else Reflect.deleteProperty(drafts, id);
  }

  function waits(node: string): boolean {
    return idsOf(node).some((id) => id in drafts);
  }

  /** Whether a node has no result, and somebody looks for one: what nobody sees may take long, and waits until it is
   * shown or chosen. */
  function lacks(node: PipelineNode): boolean {
    const seen = node.node === pipeline.activeId || node.ports.some((port) => port.visible_in.length > 0);
    return node.state === "modified" && seen;
  }

  /** Nodes that Apply would run, inputs first. */
  const waiting = computed(() =>
    pipeline.nodes.filter((node) => node.state === "new" || lacks(node) || waits(node.node)),
  );

  /** Whether Reset has something to take back. */
  const resettable = computed(() => pipeline.nodes.some((node) => waits(node.node)));

  /** Applies all that waits, node by node; stops at the first that fails. What failed stays as it was typed. */
  async function apply(): Promise<boolean> {
    clearTimeout(timer);
    if (applying.value) return false;
    applying.value = true;
    try {
      for (const { node } of [...waiting.value]) if (!(await applyNode(node))) return false;
      return true;
    } finally {
      applying.value = false;
    }
  }

  async function applyNode(node: string): Promise<boolean> {
    const changes: Change[] = idsOf(node)
      .filter((id) => id in drafts)
      .map((id) => ({ id, values: { ...drafts[id] } }));
    try {
      await session.request("proxy.apply", { changes, node, view: workspace.shown });
    } catch (error) {
      failures[node] = toFailure(error);
      pipeline.activate(node);
      return false;
    }
    clearFailure(node);
    for (const { id, values } of changes) forget(id, values);
    return true;
  }

  /** Drops drafts that were applied; what was typed since then stays. */
  function forget(id: string, applied: Values): void {
    const rest = Object.entries(drafts[id] ?? {}).filter(([name, now]) => !same(now, applied[name]));
    store(id, Object.fromEntries(rest));
  }

  /** Takes back what was typed and not applied. */
  function reset(): void {
    clearTimeout(timer);
    for (const id of Object.keys(drafts)) Reflect.deleteProperty(drafts, id);
    for (const node of Object.keys(failures)) clearFailure(node);
  }

  function clearFailure(node: string): void {
    Reflect.deleteProperty(failures, node);
  }

  // Ids may come again in a new ParaView: what belongs to a node that is gone goes with it.
  watch(
    () => pipeline.nodes,
    (nodes) => {
      const alive = new Set(nodes.map((node) => node.node));
      for (const id of Object.keys(drafts)) if (!alive.has(owners.get(id) ?? id)) store(id, {});
      for (const id of Object.keys(failures)) if (!alive.has(id)) clearFailure(id);
    },
  );

  return {
    drafts,
    failures,
    applying,
    waiting,
    resettable,
    value,
    isDraft,
    set,
    waits,
    apply,
    reset,
    clearFailure,
  };
});
