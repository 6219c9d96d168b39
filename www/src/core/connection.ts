// The life of the connection as one enum and one transition function. No sockets and no timers: client.ts has those.

export type Phase =
  | "connecting" // a socket is being opened
  | "joining" // it is open, session.hello is under way
  | "online"
  | "waiting" // lost; the next attempt is at `retryAt`
  | "signed-out" // the gateway is there and refuses: no cookie
  | "outdated" // page and gateway speak different versions
  | "ended"; // the application was quit

export interface ConnectionState {
  phase: Phase;
  /** Attempts since the connection was last online. */
  attempt: number;
  /** When the next attempt starts, in ms of the clock the client was given. */
  retryAt: number | null;
  /** Whether it was online before: a first start looks different from a loss. */
  everOnline: boolean;
  /** What the other side said when it closed. */
  sentence: string | null;
}

export type ConnectionEvent =
  | { type: "connect" }
  | { type: "opened" }
  | { type: "joined" }
  | { type: "lost"; code: number; reason: string; now: number }
  | { type: "refused" }
  | { type: "quit" };

/** Close codes with a meaning of their own (docs/protocol.md). */
export const CLOSE_VERSION = 4406;
export const CLOSE_SIGNED_OUT = 4401;

const BACKOFF_MS = [400, 800, 1500, 3000, 5000];

/** Pause before an attempt; the first ones are quick, for a gateway that restarts. */
export function backoff(attempt: number): number {
  return BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 5000;
}

export function initialState(): ConnectionState {
  return { phase: "connecting", attempt: 0, retryAt: null, everOnline: false, sentence: null };
}

/** The state after an event. An event that does not fit the phase changes nothing. */
export function transition(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  if (state.phase === "ended") return state;
  switch (event.type) {
    case "connect":
      return { ...state, phase: "connecting", retryAt: null };
    case "opened":
      return state.phase === "connecting" ? { ...state, phase: "joining" } : state;
    case "joined":
      if (state.phase !== "joining") return state;
      return { phase: "online", attempt: 0, retryAt: null, everOnline: true, sentence: null };
    case "refused":
      return { ...state, phase: "signed-out", retryAt: null };
    case "quit":
      return { ...state, phase: "ended", retryAt: null };
    case "lost":
      return afterLoss(state, event);
  }
}

function afterLoss(
  state: ConnectionState,
  event: { code: number; reason: string; now: number },
): ConnectionState {
  if (state.phase === "outdated" || state.phase === "signed-out") return state;
  const sentence = event.reason || null;
  if (event.code === CLOSE_VERSION) return { ...state, phase: "outdated", retryAt: null, sentence };
  if (event.code === CLOSE_SIGNED_OUT) return { ...state, phase: "signed-out", retryAt: null, sentence };
  const retryAt = event.now + backoff(state.attempt);
  return { ...state, phase: "waiting", attempt: state.attempt + 1, retryAt, sentence };
}
