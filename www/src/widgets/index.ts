// The widget for each kind of property.
import type { Component } from "vue";
import type { Property } from "../protocol.gen";
import ArrayWidget from "./ArrayWidget.vue";
import ArraysWidget from "./ArraysWidget.vue";
import BoolWidget from "./BoolWidget.vue";
import ChoiceWidget from "./ChoiceWidget.vue";
import ColorWidget from "./ColorWidget.vue";
import InputWidget from "./InputWidget.vue";
import LabelWidget from "./LabelWidget.vue";
import MultilineWidget from "./MultilineWidget.vue";
import NumberWidget from "./NumberWidget.vue";
import ProxyWidget from "./ProxyWidget.vue";
import SliderWidget from "./SliderWidget.vue";
import TextWidget from "./TextWidget.vue";
import ValuesWidget from "./ValuesWidget.vue";
import VectorWidget from "./VectorWidget.vue";

export const WIDGETS: Record<Property["widget"], Component> = {
  bool: BoolWidget,
  number: NumberWidget,
  slider: SliderWidget,
  vector: VectorWidget,
  text: TextWidget,
  multiline: MultilineWidget,
  choice: ChoiceWidget,
  values: ValuesWidget,
  arrays: ArraysWidget,
  array: ArrayWidget,
  input: InputWidget,
  proxy: ProxyWidget,
  color: ColorWidget,
  file: TextWidget,
  label: LabelWidget,
};

/** Widgets that need the whole width: their label stands above them. */
export const WIDE: ReadonlySet<Property["widget"]> = new Set(["multiline", "values", "arrays", "proxy"]);
