// Start: sign in with the code of the URL where there is one, connect, show the page.
import "./theme/tokens.css";
import { createPinia } from "pinia";
import { createApp } from "vue";
import App from "./App.vue";
import { browserOutside, signIn } from "./core/browser";
import { drawnBySoftware } from "./view/local/software";
import { useSession } from "./state/session";
import { usePrefs } from "./state/prefs";
import { canDecodeVideo } from "./view/remote/video";
import { pageVuetify } from "./theme/vuetify";
import "./theme/base.css";
import "./theme/buttons.css";
import "./theme/fields.css";
import "./theme/menus.css";
import "./theme/text.css";
import "./theme/motion.css";
import "./theme/touch.css";

const app = createApp(App);
app.use(createPinia());
app.use(pageVuetify(usePrefs().dark));
if (drawnBySoftware()) document.documentElement.dataset.drawing = "software";
app.mount("#app");
void canDecodeVideo().then((can) => (browserOutside.video = can));
void signIn().then(() => useSession().start(browserOutside));
