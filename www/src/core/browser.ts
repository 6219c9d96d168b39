// What the client needs from a browser: the socket, the clock, and the sign-in code of the URL's fragment.
import type { Outside, Socket } from "./client";

export const browserOutside: Outside & { video: boolean } = {
  video: false,
  open(subprotocol: string): Socket {
    // Below the page's own address, which is its session's.
    const address = new URL("ws", location.href).href.replace(/^http/, "ws");
    return new WebSocket(address, subprotocol) as unknown as Socket;
  },
  async reachable(): Promise<boolean> {
    try {
      return (await fetch("/healthz", { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  },
  now: () => Date.now(),
  later(run, ms) {
    const timer = window.setTimeout(run, ms);
    return () => window.clearTimeout(timer);
  },
};

/** The code in `#k=CODE`, or null. */
export function signInCode(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("k");
}

/** Trades the code of the URL for a cookie and takes it out of the URL. A refused code is no failure here: an older
 *  cookie may still be good, and the connection says so. */
export async function signIn(): Promise<void> {
  const code = signInCode(location.hash);
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    await fetch("auth", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
    });
  } catch {
    // The gateway is away: the connection shows that and tries again.
  }
}
