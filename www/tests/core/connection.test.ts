import { describe, expect, test } from "vitest";
import {
  backoff,
  initialState,
  transition,
  type ConnectionEvent,
  type ConnectionState,
} from "@/core/connection";

const run = (...events: ConnectionEvent[]): ConnectionState => events.reduce(transition, initialState());
const lost = (code = 1006, reason = "", now = 0): ConnectionEvent => ({ type: "lost", code, reason, now });
const online: ConnectionEvent[] = [{ type: "connect" }, { type: "opened" }, { type: "joined" }];

describe("the connection's life", () => {
  test("goes from connecting by joining to online", () => {
    expect(run({ type: "connect" }).phase).toBe("connecting");
    expect(run({ type: "connect" }, { type: "opened" }).phase).toBe("joining");
    expect(run(...online)).toMatchObject({ phase: "online", everOnline: true, attempt: 0 });
  });

  test("waits longer after each loss, and starts over once online", () => {
    let state = run(...online, lost(1006, "", 1000));
    expect(state).toMatchObject({
      phase: "waiting",
      attempt: 1,
      retryAt: 1000 + backoff(0),
      everOnline: true,
    });
    state = [{ type: "connect" } as const, lost(1006, "", 2000)].reduce(transition, state);
    expect(state).toMatchObject({ attempt: 2, retryAt: 2000 + backoff(1) });
    state = online.reduce(transition, state);
    expect(state.attempt).toBe(0);
  });

  test("never waits longer than five seconds", () => {
    expect(backoff(0)).toBeLessThan(1000);
    expect(backoff(1000)).toBe(5000);
  });

  test("stops at another version and shows the sentence", () => {
    const state = run(...online, lost(4406, "The page is too old."));
    expect(state).toMatchObject({ phase: "outdated", sentence: "The page is too old.", retryAt: null });
    expect(transition(state, lost()).phase).toBe("outdated");
  });

  test("asks to sign in when refused, and can try again", () => {
    const state = run({ type: "connect" }, { type: "refused" });
    expect(state.phase).toBe("signed-out");
    expect(transition(state, lost()).phase).toBe("signed-out");
    expect(transition(state, { type: "connect" }).phase).toBe("connecting");
  });

  test("stays ended", () => {
    const state = run(...online, { type: "quit" });
    expect([...online, lost(), { type: "refused" } as const].reduce(transition, state).phase).toBe("ended");
  });

  test("a late answer of an old attempt does not bring it online", () => {
    expect(run(...online, lost(), { type: "joined" }).phase).toBe("waiting");
    expect(run(...online, lost(), { type: "opened" }).phase).toBe("waiting");
  });
});
