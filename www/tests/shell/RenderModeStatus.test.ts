import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { nextTick, ref } from "vue";
import { createVuetify } from "vuetify";
import RenderModeStatus from "@/shell/RenderModeStatus.vue";
import { useSession } from "@/state/session";
import { useViews, useMetrics } from "@/state/views";
import { pipeline } from "../fakes";

const Menu = { template: '<div><slot name="button" :activator="{}" /></div>' };
beforeEach(() => setActivePinia(createPinia()));

test.each(["local", "remote", "hybrid"] as const)(
  "a rate is said while it moves, and not at rest (%s)",
  async (mode) => {
    useSession().apply([{ name: "pipeline", version: 1, value: pipeline() }]);
    const metrics = useMetrics(ref("7"));
    expect(useViews().shown).toBe(metrics);
    Object.assign(metrics, { seq: 4, mode, rate: 12, localRate: 3, still: false, width: 640, height: 400 });
    const wrapper = mount(RenderModeStatus, {
      global: { plugins: [createVuetify()], stubs: { PopMenu: Menu } },
    });
    expect(wrapper.text()).toContain(mode === "remote" ? "12 fps" : "3 fps");
    metrics.still = true;
    await nextTick();
    expect(wrapper.text()).not.toContain("fps");
    wrapper.unmount();
  },
);
