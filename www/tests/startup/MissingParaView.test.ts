import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, expect, test } from "vitest";
import MissingParaView from "@/startup/MissingParaView.vue";
import { useSession } from "@/state/session";
import { FakeOutside, SERVER, settle, snapshot } from "../fakes";

let outside: FakeOutside;

beforeEach(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  useSession().start(outside);
  outside.socket.open();
  outside.socket.answer(
    "session.hello",
    snapshot({ server: { ...SERVER, state: "missing", text: "There is none.", missing: MISSING } }),
  );
  await settle();
});

const MISSING = { hint: "Get one.", command: "apt install paraview", searched: ["/opt"] };

test("says what is missing, how to get it and where was looked; looks again, or where it is told to", async () => {
  const wrapper = mount(MissingParaView);
  for (const text of ["There is none.", "Get one.", "apt install paraview", "/opt"])
    expect(wrapper.text()).toContain(text);
  await wrapper.get("[data-testid=look-again]").trigger("click");
  expect(outside.socket.last("session.restart").params).toEqual({ pvpython: null });
  outside.socket.answer("session.restart", {});
  await settle();
  await wrapper.get("[data-testid=locate]").setValue(" /opt/pv ");
  await wrapper.get("form").trigger("submit");
  expect(outside.socket.last("session.restart").params).toEqual({ pvpython: "/opt/pv" });
  outside.socket.refuse("session.restart", {
    code: -32001,
    message: "No such file.",
    data: { kind: "failed" },
  });
  await settle();
  expect(wrapper.get("[data-testid=error]").text()).toContain("No such file.");
});
