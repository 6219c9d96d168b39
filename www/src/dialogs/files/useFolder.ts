// Where the file browser is: root, folder, what is in it, the filter, the way back.
import { computed, ref, shallowRef, watch } from "vue";
import { toFailure, type Failure } from "../../core/errors";
import { score } from "../../core/search";
import type { Entry, Listing, Root } from "../../protocol.gen";
import { usePrefs } from "../../state/prefs";
import { useSession } from "../../state/session";

const SEARCH_REST_MS = 200;

/** Where the browser was last; it opens there again. */
let last: { root: string; path: string } | null = null;

export type Folder = ReturnType<typeof useFolder>;

/** Opens a name in a folder, as a path. */
export function join(folder: string, name: string): string {
  return folder ? `${folder}/${name}` : name;
}

export function useFolder() {
  const session = useSession();
  const prefs = usePrefs();
  const root = ref("");
  const path = ref("");
  const query = ref("");
  const deep = ref(false);
  const loading = ref(false);
  const failure = shallowRef<Failure | null>(null);
  const listing = shallowRef<Listing | null>(null);
  const found = shallowRef<Listing | null>(null);
  const history = ref<{ root: string; path: string }[]>([]);
  let turn = 0;

  const entries = computed<Entry[]>(() => {
    if (found.value) return found.value.entries;
    const all = listing.value?.entries ?? [];
    return query.value.trim() ? all.filter((entry) => score(query.value, entry.name) !== null) : all;
  });
  const truncated = computed(() => (found.value ?? listing.value)?.truncated ?? false);

  /** Answers count only while nothing newer was asked. */
  async function ask(request: () => Promise<Listing>, take: (listing: Listing) => void): Promise<void> {
    const own = ++turn;
    loading.value = true;
    failure.value = null;
    try {
      const answer = await request();
      if (own === turn) take(answer);
    } catch (error) {
      if (own === turn) failure.value = toFailure(error);
    } finally {
      if (own === turn) loading.value = false;
    }
  }

  async function load(): Promise<void> {
    if (!root.value) return;
    const params = { root: root.value, path: path.value, hidden: prefs.hiddenFiles };
    await ask(
      () => session.request("files.list", params),
      (answer) => (listing.value = answer),
    );
  }

  async function show(to: { root: string; path: string }): Promise<void> {
    root.value = to.root;
    path.value = to.path;
    found.value = null;
    listing.value = null;
    last = { ...to };
    await load();
  }

  async function go(toRoot: string, toPath: string): Promise<void> {
    if (root.value) history.value = [...history.value, { root: root.value, path: path.value }];
    query.value = "";
    await show({ root: toRoot, path: toPath });
  }

  async function start(roots: readonly Root[], wanted: string | null): Promise<void> {
    const remembered = last && roots.some((item) => item.root === last?.root) ? last : null;
    const first = roots.find((item) => !item.problem) ?? roots[0];
    const to = wanted
      ? { root: wanted, path: "" }
      : (remembered ?? (first ? { root: first.root, path: "" } : null));
    if (to) await show(to);
  }

  function up(): void {
    if (path.value) void go(root.value, path.value.split("/").slice(0, -1).join("/"));
  }

  function back(): void {
    const before = history.value[history.value.length - 1];
    if (!before) return;
    history.value = history.value.slice(0, -1);
    query.value = "";
    void show(before);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch([query, deep], () => {
    clearTimeout(timer);
    const words = query.value.trim();
    if (!deep.value || !words) {
      found.value = null;
      return;
    }
    timer = setTimeout(() => {
      const params = { root: root.value, path: path.value, query: words };
      void ask(
        () => session.request("files.search", params),
        (answer) => (found.value = answer),
      );
    }, SEARCH_REST_MS);
  });
  watch(() => prefs.hiddenFiles, load);

  const canGoBack = computed(() => history.value.length > 0);
  return {
    root,
    path,
    query,
    deep,
    loading,
    failure,
    entries,
    truncated,
    found,
    canGoBack,
    start,
    go,
    up,
    back,
    reload: load,
  };
}
