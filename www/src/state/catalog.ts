// What can be created and the colour maps that ParaView ships: asked for once, and again when the answer may differ.
import { defineStore } from "pinia";
import { ref, shallowRef } from "vue";
import type { CatalogItem, Preset } from "../protocol.gen";
import { useSession } from "./session";

export const useCatalog = defineStore("catalog", () => {
  const session = useSession();
  const items = shallowRef<CatalogItem[]>([]);
  const presets = shallowRef<Preset[]>([]);
  const loading = ref(false);

  /** Sources and filters, the filters with a reason where they do not take that output. */
  async function load(node: string | null, port: number): Promise<void> {
    loading.value = true;
    const catalog = await session.attempt("catalog.list", { node, port });
    loading.value = false;
    if (catalog) items.value = catalog.items;
  }

  async function loadPresets(): Promise<void> {
    if (presets.value.length) return;
    const list = await session.attempt("color.presets", {});
    if (list) presets.value = list.presets;
  }

  return { items, presets, loading, load, loadPresets };
});
