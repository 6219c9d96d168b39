// The icon of a pipeline node, by words in its proxy's name.
import {
  mdiArrowTopRightThin, mdiCalculatorVariantOutline, mdiChartBellCurve, mdiContentCut, mdiCubeOutline,
  mdiDatabaseOutline, mdiFileOutline, mdiFilterOutline, mdiGrain, mdiGroup, mdiKnife, mdiPulse, mdiScatterPlotOutline,
  mdiSelectionDrag, mdiSphere, mdiTable, mdiVectorCurve, mdiVectorTriangle, mdiWaves, mdiArrowExpandAll,
} from "@mdi/js"; // prettier-ignore
import type { PipelineNode } from "../protocol.gen";

const RULES: [RegExp, string][] = [
  [/slice|cut\b/i, mdiKnife],
  [/clip/i, mdiContentCut],
  [/contour|isovolume/i, mdiWaves],
  [/calculator/i, mdiCalculatorVariantOutline],
  [/stream|trac|path/i, mdiVectorCurve],
  [/glyph|vector/i, mdiArrowTopRightThin],
  [/threshold|extract|select/i, mdiSelectionDrag],
  [/warp|transform|reflect/i, mdiArrowExpandAll],
  [/group|append|merge|block/i, mdiGroup],
  [/table|spreadsheet/i, mdiTable],
  [/histogram|statistic/i, mdiChartBellCurve],
  [/plot|probe|line/i, mdiPulse],
  [/triangul|tetra|surface|decimat|smooth|normals/i, mdiVectorTriangle],
  [/point|particle/i, mdiGrain],
  [/gradient|curl|vort/i, mdiScatterPlotOutline],
  [/sphere|ball/i, mdiSphere],
];

/** SVG path for a node. */
export function nodeIcon(node: Pick<PipelineNode, "proxy" | "type" | "group" | "file">): string {
  if (node.file) return mdiFileOutline;
  const text = `${node.proxy} ${node.type}`;
  if (/reader/i.test(text)) return mdiDatabaseOutline;
  const rule = RULES.find(([pattern]) => pattern.test(text));
  if (rule) return rule[1];
  return node.group === "sources" ? mdiCubeOutline : mdiFilterOutline;
}
