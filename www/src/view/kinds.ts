// The component for each kind of view: `<Kind>View.vue` beside this file, by the kind's name on the wire.
import type { Component } from "vue";

const files = import.meta.glob<Component>("./*View.vue", { eager: true, import: "default" });

const kindOf = (file: string) => file.replace(/^\.\/(.*)View\.vue$/, "$1").toLowerCase();

/** Of a kind that has none, the page says so (UnknownKind.vue). */
export const VIEWS: ReadonlyMap<string, Component> = new Map(
  Object.entries(files).map(([file, view]) => [kindOf(file), view]),
);
