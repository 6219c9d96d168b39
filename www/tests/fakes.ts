// Stand-ins for what lies outside the page: a socket that a test answers by hand, and a clock it turns.
import type { Listener, Outside, Socket } from "@/core/client";
import type { ConnectionState } from "@/core/connection";
import type { BinaryMessage } from "@/core/framing";
import type {
  Camera,
  Pipeline,
  PipelineNode,
  Property,
  ProxyState,
  Snapshot,
  TopicUpdate,
  View,
} from "@/protocol.gen";

export class FakeSocket implements Socket {
  binaryType = "";
  onopen: Socket["onopen"] = null;
  onmessage: Socket["onmessage"] = null;
  onclose: Socket["onclose"] = null;
  sent: { id?: number; method: string; params: Record<string, unknown> }[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }
  close(): void {
    this.closed = true;
  }
  open(): void {
    (this.onopen as (() => void) | null)?.();
  }
  receive(message: unknown): void {
    this.onmessage?.({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
  }
  lose(code = 1006, reason = ""): void {
    this.onclose?.({ code, reason });
  }
  /** The newest request of a method. */
  last(method: string): { id: number; params: Record<string, unknown> } {
    const found = this.sent.filter((message) => message.method === method).pop();
    if (found?.id === undefined) throw new Error(`no request ${method} was sent`);
    return { id: found.id, params: found.params };
  }
  answer(method: string, result: unknown): void {
    this.receive({ jsonrpc: "2.0", id: this.last(method).id, result });
  }
  refuse(method: string, error: unknown): void {
    this.receive({ jsonrpc: "2.0", id: this.last(method).id, error });
  }
}

export class FakeOutside implements Outside {
  sockets: FakeSocket[] = [];
  gatewayThere = false;
  video = false;
  time = 0;
  private timers: { at: number; run: () => void }[] = [];

  open(): FakeSocket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }
  reachable(): Promise<boolean> {
    return Promise.resolve(this.gatewayThere);
  }
  now(): number {
    return this.time;
  }
  later(run: () => void, ms: number): () => void {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((other) => other !== timer));
  }
  /** Turns the clock and runs what is due, in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = due.at;
      due.run();
    }
    this.time = end;
  }
  get socket(): FakeSocket {
    const socket = this.sockets[this.sockets.length - 1];
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
}

export class Heard implements Listener {
  states: ConnectionState[] = [];
  snapshots: Snapshot[] = [];
  events: [string, unknown][] = [];
  binaries: BinaryMessage[] = [];
  connection = (state: ConnectionState) => void this.states.push(state);
  snapshot = (snapshot: Snapshot) => void this.snapshots.push(snapshot);
  event = (name: string, params: unknown) => void this.events.push([name, params]);
  binary = (message: BinaryMessage) => void this.binaries.push(message);
  get phase(): string | undefined {
    return this.states[this.states.length - 1]?.phase;
  }
}

/** Lets everything that waits on promises run. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

export const SERVER = {
  state: "ready", text: "Ready", since: 0, paraview: "5.11.0", python: "3.11", renderer: "llvmpipe", pid: 1,
  crash: null, missing: null,
}; // prettier-ignore

export function topics(values: Record<string, unknown>, version = 1): TopicUpdate[] {
  return Object.entries(values).map(([name, value]) => ({ name, version, value }));
}

export function snapshot(values: Record<string, unknown> = {}, role: Snapshot["role"] = "host"): Snapshot {
  return { client: "c1", role, app_version: "0.1.0", topics: topics({ server: SERVER, ...values }) };
}

export function node(id: string, changes: Partial<PipelineNode> = {}): PipelineNode {
  return {
    node: id, name: `Node${id}`, type: "Contour", proxy: "Contour", group: "filters", inputs: [],
    ports: [{ index: 0, name: "Output", visible_in: ["7"], can_show_in: ["7"] }], state: "ok", message: null, file: null,
    ...changes,
  }; // prettier-ignore
}

export const pipeline = (...nodes: PipelineNode[]): Pipeline => ({ nodes, view: "7" });

export function property(name: string, value: unknown, changes: Partial<Property> = {}): Property {
  return {
    name, label: name, widget: "number", value, default: null, help: "", group: null, advanced: false, integer: false,
    low: null, high: null, choices: [], proxies: [], decorations: [], ...changes,
  }; // prettier-ignore
}

export function proxy(id: string, properties: Property[], kind: ProxyState["kind"] = "source"): ProxyState {
  return { id, kind, name: "X", label: "X", help: "", properties };
}

export const camera = (): Camera => ({
  position: [0, 0, 10], focal_point: [0, 0, 0], view_up: [0, 1, 0], view_angle: 30, parallel_scale: 1, parallel: false,
}); // prettier-ignore

export function view(id: string, changes: Partial<View> = {}): View {
  return {
    view: id, kind: "render", width: 4, height: 2, ratio: 1, camera: camera(), camera_version: 1, center_of_rotation: [0, 0, 0], bounds: null,
    orientation_axes: true, background: [0, 0, 0], quality: { rate: 30, full_size: false, lod: true }, ...changes,
  }; // prettier-ignore
}
