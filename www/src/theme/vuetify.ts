// Vuetify with the page's colours. Its style element carries the nonce that the gateway put into index.html.
import "vuetify/styles/core";
import { type FunctionalComponent, h, Transition } from "vue";
import { createVuetify } from "vuetify";
import { aliases, mdi } from "vuetify/iconsets/mdi-svg";

function nonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
}

const light = {
  background: "#e9ecf0",
  surface: "#ffffff",
  primary: "#1d5fc2",
  success: "#14764a",
  error: "#b3261e",
};
const dark = {
  background: "#0e1115",
  surface: "#1e232b",
  primary: "#84b4ff",
  success: "#45cf92",
  error: "#ff8f86",
};

/** What opens and closes does so at once. Without a transition Vuetify still waits for two frames in which nothing moves,
 * and a menu that is left in just that time stays on the screen. */
const atOnce: FunctionalComponent = (_props, { slots, attrs }) =>
  h(Transition, { ...attrs, css: false }, slots);
atOnce.props = ["disabled", "group", "target"];
atOnce.inheritAttrs = false;
const transition = { component: atOnce };

/** The Vuetify of the page. */
export function pageVuetify(isDark: boolean) {
  return createVuetify({
    theme: {
      defaultTheme: isDark ? "dark" : "light",
      cspNonce: nonce(),
      utilities: false,
      themes: { light: { dark: false, colors: light }, dark: { dark: true, colors: dark } },
    },
    icons: { defaultSet: "mdi", aliases, sets: { mdi } },
    defaults: { VMenu: { transition }, VDialog: { transition } },
  });
}
