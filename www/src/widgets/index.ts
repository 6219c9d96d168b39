// The widget for each kind of property: `<Kind>Widget.vue` beside this file, by the kind's name on the wire.
import type { Component } from "vue";
import type { Property } from "../protocol.gen";

/** `wide`: needs the whole width, with its label above it. */
type Widget = Component & { wide?: boolean };

const files = import.meta.glob<Widget>("./*Widget.vue", { eager: true, import: "default" });

const kindOf = (file: string) => file.replace(/^\.\/(.*)Widget\.vue$/, "$1").toLowerCase();

export const WIDGETS = Object.fromEntries(
  Object.entries(files).map(([file, widget]) => [kindOf(file), widget]),
) as Record<Property["widget"], Widget>;
