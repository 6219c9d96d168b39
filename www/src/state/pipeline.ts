// The nodes, which one is active, and the tree the Pipeline Browser draws.
import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import type { Display, Information, PipelineNode, ProxyState } from "../protocol.gen";
import { useSession } from "./session";
import { displayOf } from "./topics";
import { useWorkspace } from "./workspace";

/** What `Information.type` is for a table. */
export const TABLE = "Table";

export interface TreeRow {
  node: PipelineNode;
  depth: number;
  /** For each level above this row: whether a line goes on past it. */
  guides: boolean[];
  last: boolean;
}

/** Nodes in tree order, each below its first input. */
export function treeRows(nodes: readonly PipelineNode[]): TreeRow[] {
  const known = new Set(nodes.map((node) => node.node));
  const children = new Map<string, PipelineNode[]>();
  for (const node of nodes) {
    const parent = node.inputs[0]?.node ?? "";
    const key = known.has(parent) ? parent : "";
    children.set(key, [...(children.get(key) ?? []), node]);
  }
  const rows: TreeRow[] = [];
  const visit = (key: string, depth: number, guides: boolean[]) => {
    const list = children.get(key) ?? [];
    list.forEach((node, index) => {
      const last = index === list.length - 1;
      rows.push({ node, depth, guides, last });
      visit(node.node, depth + 1, depth === 0 ? [] : [...guides, !last]);
    });
  };
  visit("", 0, []);
  return rows;
}

export const usePipeline = defineStore("pipeline", () => {
  const session = useSession();
  const workspace = useWorkspace();
  const activeId = ref<string | null>(null);
  const activePort = ref(0);

  const nodes = computed(() => session.topic("pipeline")?.nodes ?? []);
  const rows = computed(() => treeRows(nodes.value));
  const active = computed(() => nodes.value.find((node) => node.node === activeId.value) ?? null);
  const proxy = computed<ProxyState | null>(() => of(activeId.value));
  /** How the active output port is shown in the view on the page. */
  const display = computed<Display | null>(() =>
    activeId.value ? displayOf(workspace.shown, activeId.value, activePort.value) : null,
  );
  const info = computed<Information | null>(() =>
    activeId.value ? (session.topic(`info/${activeId.value}/${activePort.value}`) ?? null) : null,
  );

  function of(id: string | null): ProxyState | null {
    return id ? (session.topic(`proxy/${id}`) ?? null) : null;
  }

  function activate(id: string | null, port = 0): void {
    activeId.value = id;
    activePort.value = port;
  }

  const dependents = (id: string) =>
    nodes.value.filter((node) => node.inputs.some((input) => input.node === id));

  /** Why a node cannot be deleted; null where it can. */
  function whyNotDelete(id: string): string | null {
    const users = dependents(id).map((node) => node.name);
    return users.length
      ? `${users.join(", ")} ${users.length > 1 ? "depend" : "depends"} on it: delete that first`
      : null;
  }

  // When the active node goes, its input takes its place. An id that was never in the list was asked for and will come.
  watch(nodes, (now, before) => {
    if (active.value) return;
    const gone = before.find((node) => node.node === activeId.value);
    if (activeId.value && !gone) return;
    const parent = now.find((node) => node.node === gone?.inputs[0]?.node);
    activate((parent ?? now[now.length - 1])?.node ?? null);
  });

  return {
    nodes,
    rows,
    active,
    activeId,
    activePort,
    proxy,
    display,
    info,
    of,
    activate,
    dependents,
    whyNotDelete,
  };
});
