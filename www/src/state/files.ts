// Data folders, recent files, and opening: a file, a series, a recent one, an example; with a reader where it takes one.
import { defineStore } from "pinia";
import { computed, ref, shallowRef } from "vue";
import { toFailure, type Failure } from "../core/errors";
import type { FilesExample, FilesOpen, Opened, Reader, RecentFile, Root } from "../protocol.gen";
import { useNotices } from "./notices";
import { usePipeline } from "./pipeline";
import { useSession } from "./session";
import { useWorkspace } from "./workspace";
import { useUi } from "./ui";

/** Several readers fit, or the person wants to pick one. */
export interface ReaderQuestion {
  name: string;
  readers: Reader[];
  open(reader: string): Promise<unknown>;
}

export const useFiles = defineStore("files", () => {
  const session = useSession();
  const workspace = useWorkspace();
  const pipeline = usePipeline();
  const ui = useUi();
  const notices = useNotices();
  const roots = ref<Root[]>([]);
  const recent = computed(() => session.topic("recent")?.files ?? []);
  /** Folder that the file browser starts in; null: where it was last. */
  const startAt = ref<string | null>(null);
  const question = ref<ReaderQuestion | null>(null);
  const opening = ref(false);
  /** Why the last file did not open, for the file browser; elsewhere it becomes a notice. */
  const failure = shallowRef<Failure | null>(null);

  async function loadRoots(): Promise<void> {
    const list = session.online ? await session.attempt("files.roots", {}) : null;
    if (list) roots.value = list.roots;
  }

  async function chooseFolder(): Promise<Root | null> {
    const added = await session.attempt("files.choose_folder", {});
    if (!added?.root) return null;
    await loadRoots();
    startAt.value = added.root.root;
    ui.dialog = "files";
    return added.root;
  }

  /** What came of opening; true where something is open now. */
  function settle(name: string, opened: Opened, again: (reader: string) => Promise<unknown>): boolean {
    if (opened.choose.length) {
      question.value = { name, readers: opened.choose, open: again };
      return false;
    }
    question.value = null;
    ui.dialog = null;
    ui.homeShown = false;
    if (opened.node) pipeline.activate(opened.node);
    return true;
  }

  async function guarded(work: () => Promise<boolean>): Promise<boolean> {
    if (opening.value) return false;
    opening.value = true;
    failure.value = null;
    try {
      return await work();
    } catch (error) {
      if (ui.dialog === "files") failure.value = toFailure(error);
      else notices.fail(error);
      return false;
    } finally {
      opening.value = false;
    }
  }

  function open(params: FilesOpen): Promise<boolean> {
    const name = params.path.split("/").pop() ?? params.path;
    return guarded(async () => {
      const opened = await session.request("files.open", { view: workspace.shown, ...params });
      return settle(name, opened, (reader) => open({ ...params, reader }));
    });
  }

  function openRecent(file: RecentFile, reader: string | null = null): Promise<boolean> {
    return guarded(async () => {
      const opened = await session.request("files.open_recent", {
        id: file.id,
        reader,
        view: workspace.shown,
      });
      return settle(file.name, opened, (chosen) => openRecent(file, chosen));
    });
  }

  function openExample(name: FilesExample["name"]): Promise<boolean> {
    return guarded(async () => {
      const { node } = await session.request("files.example", { name, view: workspace.shown });
      return settle(name, { node, choose: [] }, () => Promise.resolve());
    });
  }

  /** Asks which reader to use. */
  async function openWith(params: FilesOpen): Promise<void> {
    const list = await session.attempt("files.readers", { root: params.root, path: params.path });
    if (!list) return;
    const name = params.path.split("/").pop() ?? params.path;
    question.value = { name, readers: list.readers, open: (reader) => open({ ...params, reader }) };
  }

  return {
    roots,
    recent,
    startAt,
    question,
    opening,
    failure,
    loadRoots,
    chooseFolder,
    open,
    openRecent,
    openExample,
    openWith,
  };
});
