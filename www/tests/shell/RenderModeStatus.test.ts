import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import { nextTick } from "vue";
import { createVuetify } from "vuetify";
import RenderModeStatus from "@/shell/RenderModeStatus.vue";
import { useViewport } from "@/state/views";

const Menu = { template: '<div><slot name="button" :activator="{}" /></div>' };
beforeEach(() => setActivePinia(createPinia()));

test.each(["local", "remote", "hybrid"] as const)(
  "a rate is said while it moves, and not at rest (%s)",
  async (mode) => {
    const metrics = useViewport();
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
