import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, test } from "vitest";
import { useNotices } from "@/state/notices";
import { useSession } from "@/state/session";
import { FakeOutside, SERVER, settle, snapshot, topics } from "../fakes";

let outside: FakeOutside;
let session: ReturnType<typeof useSession>;

beforeEach(async () => {
  setActivePinia(createPinia());
  outside = new FakeOutside();
  session = useSession();
  session.start(outside);
});

async function join(
  values: Record<string, unknown> = {},
  role: "host" | "control" | "watch" = "host",
): Promise<void> {
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot(values, role));
  await settle();
}

const change = (values: Record<string, unknown>, version: number) =>
  outside.socket.receive({
    jsonrpc: "2.0",
    method: "state.changed",
    params: { changes: topics(values, version) },
  });

describe("the mirror of topics", () => {
  test("takes the snapshot, then newer versions, not older ones", async () => {
    await join({ time: { values: [1] } });
    change({ time: { values: [2] } }, 2);
    change({ time: { values: [3] } }, 2);
    change({ time: { values: [4] } }, 1);
    expect(session.topic("time")).toEqual({ values: [2] });
  });

  test("a topic that is gone is gone, and may come again with any version", async () => {
    await join({ "proxy/5": { id: "5" } });
    change({ "proxy/5": null }, 9);
    expect(session.topic("proxy/5")).toBeUndefined();
    change({ "proxy/5": { id: "5" } }, 1);
    expect(session.topic("proxy/5")).toEqual({ id: "5" });
  });

  test("a new snapshot replaces everything", async () => {
    await join({ "proxy/5": { id: "5" } });
    session.reconnect();
    await join({ time: { values: [] } });
    expect(session.topic("proxy/5")).toBeUndefined();
    expect(session.topic("time")).toEqual({ values: [] });
  });

  test("what changed before the snapshot came is not undone by it", async () => {
    outside.socket.open();
    change({ server: SERVER, "proxy/5": { id: "5" } }, 2);
    const starting = { ...SERVER, state: "starting" };
    outside.socket.answer("session.hello", snapshot({ server: starting }));
    await settle();
    expect(session.health).toBe("ready");
    expect(session.topic("proxy/5")).toEqual({ id: "5" });
  });

  test("another gateway may count its versions anew", async () => {
    await join();
    change({ time: { values: [9] } }, 9);
    session.reconnect();
    await join({ time: { values: [1] } });
    expect(session.topic("time")).toEqual({ values: [1] });
  });
});

describe("health", () => {
  test("starts as starting, is reconnecting after a loss", async () => {
    expect(session.health).toBe("starting");
    await join();
    expect(session.health).toBe("ready");
    outside.socket.lose();
    expect(session.health).toBe("reconnecting");
  });

  test.each([
    ["starting", "starting"],
    ["ready", "ready"],
    ["busy", "busy"],
    ["stopping", "busy"],
    ["crashed", "crashed"],
    ["gone", "crashed"],
    ["missing", "missing"],
  ])("a server that is %s makes it %s", async (state, health) => {
    await join({ server: { ...SERVER, state } });
    expect(session.health).toBe(health);
  });

  test("a busy one is usable: what is asked for waits its turn", async () => {
    await join({ server: { ...SERVER, state: "busy" }, jobs: { jobs: [{ id: "1" }] } });
    expect(session.health).toBe("busy");
    expect(session.usable).toBe(true);
  });
});

test.each([
  ["watch", "session.ping", true],
  ["watch", "view.camera.set", false],
  ["control", "view.camera.set", true],
  ["control", "session.restart", false],
  ["host", "session.restart", true],
  ["host", "no.such.method", true],
  ["control", "no.such.method", false],
] as const)("as %s, %s is allowed: %s", async (role, method, allowed) => {
  await join({}, role);
  expect(session.may(method)).toBe(allowed);
});

test("a failed attempt becomes a notice", async () => {
  await join();
  const answer = session.attempt("session.log", {});
  outside.socket.refuse("session.log", {
    code: -32003,
    message: "ParaView is busy.",
    data: { kind: "unavailable" },
  });
  expect(await answer).toBeNull();
  expect(useNotices().shown.map((item) => item.message)).toEqual(["ParaView is busy."]);
});

test("a notice of the server is shown; the same one twice is shown once", async () => {
  await join();
  const params = { level: "warning", message: "The reader skipped a block.", hint: null, log: null };
  for (let time = 0; time < 2; time++)
    outside.socket.receive({ jsonrpc: "2.0", method: "session.notice", params });
  expect(useNotices().shown).toHaveLength(1);
});
