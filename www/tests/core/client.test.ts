import { beforeEach, describe, expect, test } from "vitest";
import { Client } from "@/core/client";
import { WireError } from "@/core/errors";
import { FakeOutside, Heard, settle, snapshot } from "../fakes";

let outside: FakeOutside;
let heard: Heard;
let client: Client;

beforeEach(() => {
  outside = new FakeOutside();
  heard = new Heard();
  client = new Client(outside, heard);
});

async function join(): Promise<void> {
  client.connect();
  outside.socket.open();
  outside.socket.answer("session.hello", snapshot());
  await settle();
}

describe("joining", () => {
  test("says hello first and gives the snapshot before it is online", async () => {
    const order: string[] = [];
    heard.snapshot = () => void order.push("snapshot");
    heard.connection = (state) => void order.push(state.phase);
    await join();
    expect(order).toEqual(["connecting", "joining", "snapshot", "online"]);
    expect(outside.socket.sent[0]?.method).toBe("session.hello");
  });

  test("refuses requests until then", async () => {
    client.connect();
    await expect(client.request("session.log", {})).rejects.toMatchObject({ kind: "disconnected" });
    expect(client.notify("view.visible", { view: "7", visible: true })).toBe(false);
  });
});

describe("requests", () => {
  test("answers find their question in any order", async () => {
    await join();
    const first = client.request("session.log", {});
    const second = client.request("files.roots", {});
    outside.socket.answer("files.roots", { roots: [] });
    outside.socket.answer("session.log", { lines: ["a"] });
    expect(await first).toEqual({ lines: ["a"] });
    expect(await second).toEqual({ roots: [] });
  });

  test("an error keeps its sentence, hint and log", async () => {
    await join();
    const answer = client.request("session.log", {});
    outside.socket.refuse("session.log", {
      code: -32004,
      message: "No.",
      data: { kind: "failed", hint: "Do this.", log: "L" },
    });
    const error = await answer.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WireError);
    expect(error).toMatchObject({ message: "No.", kind: "failed", hint: "Do this.", log: "L" });
  });

  test("are failed when the connection goes", async () => {
    await join();
    const answer = client.request("session.log", {});
    outside.socket.lose();
    await expect(answer).rejects.toMatchObject({ kind: "disconnected" });
  });

  test("garbage from the other side is passed over", async () => {
    await join();
    const socket = outside.socket;
    socket.onmessage?.({ data: "{not json" });
    socket.onmessage?.({ data: "[1]" });
    socket.receive(new ArrayBuffer(2));
    socket.receive({ jsonrpc: "2.0", id: 999, result: {} });
    expect(heard.binaries).toEqual([]);
    expect(heard.phase).toBe("online");
  });
});

describe("losing the connection", () => {
  test("comes back by itself with a new hello", async () => {
    await join();
    outside.socket.lose();
    expect(heard.phase).toBe("waiting");
    outside.pass(400);
    expect(outside.sockets).toHaveLength(2);
    outside.socket.open();
    outside.socket.answer("session.hello", snapshot());
    await settle();
    expect(heard.phase).toBe("online");
    expect(heard.snapshots).toHaveLength(2);
  });

  test("a refused handshake at a living gateway means: sign in", async () => {
    outside.gatewayThere = true;
    client.connect();
    outside.socket.lose();
    await settle();
    expect(heard.phase).toBe("signed-out");
    outside.pass(60_000);
    expect(outside.sockets).toHaveLength(1);
  });

  test("a gateway that is away is waited for", async () => {
    client.connect();
    outside.socket.lose();
    await settle();
    expect(heard.phase).toBe("waiting");
    outside.pass(400);
    expect(outside.sockets).toHaveLength(2);
  });

  test("a connection that says nothing for long is given up", async () => {
    await join();
    outside.pass(10_000);
    expect(outside.socket.sent.some((message) => message.method === "session.ping")).toBe(true);
    outside.pass(31_000);
    expect(outside.sockets[0]?.closed).toBe(true);
    expect(outside.sockets.length).toBeGreaterThan(1);
  });

  test("one that answers pings is kept", async () => {
    await join();
    for (let round = 0; round < 10; round++) {
      outside.pass(10_000);
      outside.socket.answer("session.ping", { state: "ready" });
    }
    expect(outside.sockets).toHaveLength(1);
    expect(heard.phase).toBe("online");
  });

  test("nothing comes back after quit", async () => {
    await join();
    client.quit();
    outside.pass(60_000);
    expect(heard.phase).toBe("ended");
    expect(outside.sockets).toHaveLength(1);
  });
});
