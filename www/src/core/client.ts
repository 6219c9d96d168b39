// The one WebSocket: JSON-RPC requests and notifications out, state, events and binary frames in.
// Sockets, clock and the sign-in probe come from outside, so that tests run it without a browser.
import { SUBPROTOCOL, type Events, type Notifications, type Requests, type Snapshot } from "../protocol.gen";
import { initialState, transition, type ConnectionEvent, type ConnectionState } from "./connection";
import { WireError, fromWire, isRecord } from "./errors";
import { unpack, type BinaryMessage } from "./framing";

/** The part of WebSocket that is used here. */
export interface Socket {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export interface Outside {
  open(subprotocol: string): Socket;
  /** Whether the gateway answers at all; asked when a socket never opened, to tell refused from absent. */
  reachable(): Promise<boolean>;
  now(): number;
  later(run: () => void, ms: number): () => void;
  /** Whether video can be decoded here, as far as it is known yet. */
  readonly video: boolean;
}

export interface Listener {
  connection(state: ConnectionState): void;
  snapshot(snapshot: Snapshot): void;
  event<K extends keyof Events>(name: K, params: Events[K]): void;
  binary(message: BinaryMessage): void;
}

interface Pending {
  resolve(value: never): void;
  reject(error: WireError): void;
}

const PING_EVERY_MS = 10_000;
const SILENCE_MS = 30_000;

export class Client {
  private state = initialState();
  private socket: Socket | null = null;
  private opened = false;
  private nextId = 1;
  private heardAt = 0;
  private readonly pending = new Map<number, Pending>();
  private cancelTimer: (() => void) | null = null;

  constructor(
    private readonly outside: Outside,
    private readonly listener: Listener,
    private readonly name = "PVW Desktop page",
  ) {}

  /** Opens the connection, now. */
  connect(): void {
    this.clearTimer();
    this.dropSocket();
    this.dispatch({ type: "connect" });
    if (this.state.phase !== "connecting") return;
    this.opened = false;
    const socket = this.outside.open(SUBPROTOCOL);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.onOpen();
    socket.onmessage = (event) => this.onMessage(event.data);
    socket.onclose = (event) => this.onClose(event.code, event.reason);
    this.socket = socket;
  }

  /** The application was told to quit: no reconnecting after this. */
  quit(): void {
    this.dispatch({ type: "quit" });
    this.clearTimer();
    this.dropSocket();
  }

  /** Sends a request; rejects with a WireError. */
  request<K extends keyof Requests>(
    method: K,
    params: Requests[K]["params"],
  ): Promise<Requests[K]["result"]> {
    const ready =
      this.state.phase === "online" || (this.state.phase === "joining" && method === "session.hello");
    if (!ready || !this.socket) {
      const hint = "It comes back by itself; then try again.";
      return Promise.reject(
        new WireError("There is no connection to PVW Desktop.", "disconnected", { hint }),
      );
    }
    const id = this.nextId++;
    const socket = this.socket;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** Sends a notification; false where there is no connection. */
  notify<K extends keyof Notifications>(method: K, params: Notifications[K]): boolean {
    if (this.state.phase !== "online" || !this.socket) return false;
    this.socket.send(JSON.stringify({ jsonrpc: "2.0", method, params }));
    return true;
  }

  private onOpen(): void {
    this.opened = true;
    this.heardAt = this.outside.now();
    this.dispatch({ type: "opened" });
    this.request("session.hello", { client: this.name, images: true, video: this.outside.video }).then(
      (snapshot) => {
        // The snapshot comes first: whoever sees "online" finds the state there.
        this.listener.snapshot(snapshot);
        this.dispatch({ type: "joined" });
        this.ping();
      },
      () => this.socket?.close(),
    );
  }

  private onMessage(data: unknown): void {
    this.heardAt = this.outside.now();
    if (data instanceof ArrayBuffer) {
      const message = unpack(data);
      if (message) this.listener.binary(message);
      return;
    }
    if (typeof data !== "string") return;
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    if (isRecord(message)) this.onJson(message);
  }

  private onJson(message: Record<string, unknown>): void {
    if (typeof message.method === "string") {
      this.listener.event(message.method as keyof Events, message.params as never);
      return;
    }
    const pending = typeof message.id === "number" ? this.pending.get(message.id) : undefined;
    if (!pending) return;
    this.pending.delete(message.id as number);
    if (message.error !== undefined && message.error !== null) pending.reject(fromWire(message.error));
    else pending.resolve(message.result as never);
  }

  private onClose(code: number, reason: string): void {
    this.dropSocket();
    if (this.opened) {
      this.lose(code, reason);
      return;
    }
    // A browser does not say why a handshake failed. A gateway that answers elsewhere has refused this one.
    void this.outside.reachable().then((reachable) => {
      if (this.socket) return;
      if (reachable) this.dispatch({ type: "refused" });
      else this.lose(code, reason);
    });
  }

  private lose(code: number, reason: string): void {
    this.dispatch({ type: "lost", code, reason, now: this.outside.now() });
    if (this.state.phase !== "waiting" || this.state.retryAt === null) return;
    this.setTimer(() => this.connect(), this.state.retryAt - this.outside.now());
  }

  private ping(): void {
    this.setTimer(() => {
      if (this.outside.now() - this.heardAt > SILENCE_MS) {
        this.dropSocket();
        this.lose(0, "");
        return;
      }
      this.request("session.ping", {}).catch(() => undefined);
      this.ping();
    }, PING_EVERY_MS);
  }

  private dropSocket(): void {
    const socket = this.socket;
    this.socket = null;
    this.clearTimer();
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    const lost = [...this.pending.values()];
    this.pending.clear();
    for (const pending of lost) pending.reject(WireError.disconnected());
  }

  private setTimer(run: () => void, ms: number): void {
    this.clearTimer();
    this.cancelTimer = this.outside.later(run, Math.max(0, ms));
  }

  private clearTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
  }

  private dispatch(event: ConnectionEvent): void {
    const next = transition(this.state, event);
    if (next === this.state) return;
    this.state = next;
    this.listener.connection(next);
  }
}
