// What the palette finds: everything a person can do or reach, scored against what was typed.
import { mdiFileOutline, mdiLayersTripleOutline, mdiTuneVariant } from "@mdi/js";
import { computed, type Ref } from "vue";
import { allActions, allowed, perform, whyNot } from "../actions";
import { gradient } from "../core/format";
import { score } from "../core/search";
import { nodeIcon } from "../panels/nodeIcons";
import type { CatalogItem } from "../protocol.gen";
import { useCatalog } from "../state/catalog";
import { useEdits } from "../state/edits";
import { useFiles } from "../state/files";
import { usePipeline } from "../state/pipeline";
import { usePrefs } from "../state/prefs";
import { useSession } from "../state/session";
import { useUi } from "../state/ui";

export interface PaletteItem {
  key: string;
  kind: "Action" | "Filter" | "Source" | "Color map" | "Recent file" | "Property";
  label: string;
  detail?: string;
  icon?: string;
  swatch?: string;
  shortcut?: string;
  reason?: string | null;
  /** What to know before it is used: it may crash ParaView. */
  warning?: string | null;
  run: () => void;
}

const MOST = 60;
/** What comes first among equals. */
const RANK: Record<PaletteItem["kind"], number> = {
  Filter: 6,
  Action: 5,
  Source: 4,
  Property: 3,
  "Recent file": 2,
  "Color map": 1,
};

/** Items that fit, the best first; those that cannot be used come after those that can. */
export function rank(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const scored = items.flatMap((item) => {
    const label = score(typed, item.label);
    const points = label ?? score(typed, `${item.label} ${item.kind} ${item.detail ?? ""}`);
    if (points === null) return [];
    return [{ item, points: points + (label === null ? -40 : 0) + RANK[item.kind] - (item.reason ? 60 : 0) }];
  });
  if (!typed.trim()) scored.sort((a, b) => Number(Boolean(a.item.reason)) - Number(Boolean(b.item.reason)));
  else scored.sort((a, b) => b.points - a.points);
  return scored.slice(0, MOST).map(({ item }) => item);
}

/** Adds a source or filter, and shows its properties. */
async function create(item: CatalogItem): Promise<void> {
  const pipeline = usePipeline();
  const ui = useUi();
  const group = item.group === "sources" ? "sources" : "filters";
  const input = pipeline.activeId ? [{ node: pipeline.activeId, port: pipeline.activePort }] : [];
  const inputs = group === "filters" ? input : [];
  const made = await useSession().attempt("pipeline.create", { group, name: item.name, inputs });
  if (!made) return;
  pipeline.activate(made.node);
  ui.tab = "properties";
  ui.homeShown = false;
  // What may crash waits for the person, whatever the switch says.
  if (usePrefs().autoApply && !item.warning) await useEdits().apply();
}

function created(group: "filters" | "sources"): PaletteItem[] {
  return useCatalog()
    .items.filter((item) => item.group === group)
    .map((item) => ({
      key: `${group}/${item.name}`,
      kind: group === "filters" ? "Filter" : "Source",
      label: item.label,
      detail: item.help,
      icon: nodeIcon({ proxy: item.name, type: item.label, group: item.group, file: null }),
      reason: item.reason,
      warning: item.warning,
      run: () => void create(item),
    }));
}

function actions(): PaletteItem[] {
  return allActions()
    .filter((item) => allowed(item) && item.id !== "help.palette")
    .map((item) => ({
      key: item.id,
      kind: "Action",
      label: item.label,
      detail: item.menu,
      icon: item.icon,
      shortcut: item.shortcuts?.[0],
      reason: whyNot(item),
      run: () => void perform(item),
    }));
}

function properties(): PaletteItem[] {
  const pipeline = usePipeline();
  const ui = useUi();
  return (pipeline.proxy?.properties ?? []).map((property) => ({
    key: `property/${property.name}`,
    kind: "Property",
    label: property.label,
    detail: pipeline.active?.name,
    icon: mdiTuneVariant,
    run: () => (ui.focusProperty = { name: property.name, advanced: property.advanced }),
  }));
}

function recent(): PaletteItem[] {
  const files = useFiles();
  return files.recent.map((file) => ({
    key: `recent/${file.id}`,
    kind: "Recent file",
    label: file.name,
    detail: file.folder,
    icon: file.series ? mdiLayersTripleOutline : mdiFileOutline,
    run: () => void files.openRecent(file),
  }));
}

function presets(): PaletteItem[] {
  const coloring = usePipeline().display?.coloring;
  return useCatalog().presets.map((preset) => ({
    key: `preset/${preset.name}`,
    kind: "Color map",
    label: preset.name,
    swatch: gradient(preset.colors),
    reason: coloring ? null : "color by an array first",
    run: () => {
      if (coloring) void useSession().attempt("color.preset", { map: coloring.map, preset: preset.name });
    },
  }));
}

export function usePaletteItems(query: Ref<string>) {
  const session = useSession();
  const pipeline = usePipeline();
  const catalog = useCatalog();
  const ui = useUi();

  const items = computed<PaletteItem[]>(() => {
    if (ui.paletteScope !== "everything") return created(ui.paletteScope);
    return [
      ...actions(),
      ...created("filters"),
      ...created("sources"),
      ...properties(),
      ...recent(),
      ...presets(),
    ];
  });
  const found = computed(() => rank(items.value, query.value));

  /** Asks anew what the active output takes. */
  async function load(): Promise<void> {
    if (!session.usable || !session.may("catalog.list")) return;
    await Promise.all([catalog.load(pipeline.activeId, pipeline.activePort), catalog.loadPresets()]);
  }

  return { found, load, loading: computed(() => catalog.loading) };
}
