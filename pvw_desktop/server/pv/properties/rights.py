"""Who may set a property: its kind of widget says the lowest role, and a text that is known to be harmless is less than
its kind. What is not known is the host's."""

from __future__ import annotations

from typing import Any

from pvw_desktop.protocol.widgets import WIDGETS

from .widgets import kind_of

HARMLESS_TEXTS = frozenset(
    """
    AddDoubleVolumeArrayName AddFloatVolumeArrayName AddUnsignedCharVolumeArrayName AreaArrayName ArrayName
    ArrayNames AssemblySelectors BlockColors BlockNames BlockOpacities BlockSelectors
    BlockSelectorsAssemblyName BlockVisibilities BottomAxisLabels BottomAxisTitle CellArrayNames
    CellDataArrays CellIdsArrayName ChannelVisibilities ChartTitle CommentCharacter ComponentTitle Delimeter
    DerivativeArrays Descriptor DimensionCurrentIndex DivergenceArrayName EdgeArrayNames EdgeDataArrays
    EqualizerPoints ExcludedArrays FieldArrayNames FieldDataArrays FieldDelimiterCharacters
    FieldSuffixSeparator Function IDs InterfaceIDsName LeftAxisLabels LeftAxisTitle LengthArrayName
    MaterialIDsName MaterialPIDsName MaterialPropertiesName NanAnnotation NormalArrays OrderingArrays
    OutputArrayName OutputArrayNameSuffix OutputVectorName ParticleType PointArrayNames
    PointDataArrays PointIdsArrayName PolarAxisTitle Prefix QCriterionArrayName RegionArrayName
    ResultArrayName RightAxisLabels RightAxisTitle RotationArrayName RowArrayNames RowDataArrays
    ScalarArrayName SelectArrays SelectMaskArray SelectMassArray SelectMassWtdAvgArray SelectMaterialArray
    SelectVolumeWtdAvgArray SelectionNames Selectors SeriesColor SeriesLabel SeriesLabelPrefix SeriesLineStyle
    SeriesLineThickness SeriesMarkerSize SeriesMarkerStyle SeriesOpacity SeriesPlotCorner SeriesVisibility
    ShepardSumArrayName StringIDs Suffix Text Title TopAxisLabels TopAxisTitle ValidPointsMaskArrayName
    VertexArrayNames VertexCountArrayName VertexDataArrays VolumeArrayName VolumeArrays VolumeFractionArrays
    VorticityArrayName XTitle YTitle ZTitle
    """.split()
)
"""Texts that are names of arrays and blocks, titles, labels, or the formula of the Calculator. Others are not: names of
files that ParaView takes for text (fonts, logs), shaders, names of classes, and formats, which C's printf is handed."""


def role_for(name: str, prop: Any) -> str:
    """The lowest role that may set a property, of a proxy that runs no code."""
    kind = WIDGETS[kind_of(prop).name]
    return "control" if kind.name in ("text", "multiline") and name in HARMLESS_TEXTS else kind.role
