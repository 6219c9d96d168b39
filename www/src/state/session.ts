// The connection and the mirror of the server's topics. The other stores read from here; nothing else holds the client.
import { defineStore } from "pinia";
import { computed, ref, shallowReactive, shallowRef } from "vue";
import { Client, type Outside } from "../core/client";
import { initialState, type ConnectionState } from "../core/connection";
import { asFrame, type BinaryMessage } from "../core/framing";
import {
  METHOD_ROLES,
  type Camera,
  type Events,
  type Frame,
  type Notifications,
  type Requests,
  type Role,
  type Snapshot,
  type TopicUpdate,
  type Topics,
} from "../protocol.gen";
import { useNotices } from "./notices";

const RANK: Record<Role, number> = { watch: 0, control: 1, host: 2 };

type ImageHandler = (frame: Frame, payload: BinaryMessage["payload"]) => void;
type CameraHandler = (camera: Camera) => void;

/** What the status element and the overlays go by. */
export type Health = "starting" | "ready" | "busy" | "reconnecting" | "crashed" | "missing";

export const useSession = defineStore("session", () => {
  const connection = shallowRef<ConnectionState>(initialState());
  const role = ref<Role>("watch");
  const appVersion = ref("");
  const topics = shallowReactive(new Map<string, unknown>());
  const versions = new Map<string, number>();
  /** Who shows a view's images and follows its camera, by the view's id. */
  const imageHandlers = new Map<string, ImageHandler>();
  const cameraHandlers = new Map<string, CameraHandler>();
  let client: Client | null = null;

  function start(outside: Outside): void {
    client = new Client(outside, { connection: onConnection, snapshot, event, binary });
    client.connect();
  }

  function onConnection(state: ConnectionState): void {
    if (state.phase === "connecting") versions.clear(); // another gateway may count anew
    connection.value = state;
  }

  function snapshot(value: Snapshot): void {
    role.value = value.role;
    appVersion.value = value.app_version;
    // A change may have come before it and be newer: what was told on this connection counts by its version.
    const known = new Set([...value.topics.map((topic) => topic.name), ...versions.keys()]);
    for (const name of [...topics.keys()]) if (!known.has(name)) topics.delete(name);
    apply(value.topics);
  }

  function apply(changes: TopicUpdate[]): void {
    for (const { name, version, value } of changes) {
      if (version <= (versions.get(name) ?? -1)) continue;
      if (value === null) {
        versions.delete(name);
        topics.delete(name);
      } else {
        versions.set(name, version);
        topics.set(name, value);
      }
    }
  }

  function event<K extends keyof Events>(name: K, params: Events[K]): void {
    if (name === "state.changed") apply((params as Events["state.changed"]).changes);
    if (name === "session.notice") {
      const notice = params as Events["session.notice"];
      useNotices().show(notice.level, notice);
    }
    if (name === "window.raise") window.focus();
    if (name === "view.camera.moved") {
      const moved = params as Events["view.camera.moved"];
      cameraHandlers.get(moved.view)?.(moved.camera);
    }
  }

  /** An image goes to who shows its view. One of a view that is not on the page is passed over. */
  function binary({ header, payload }: BinaryMessage): void {
    const frame = asFrame(header);
    if (!frame) return;
    const show = imageHandlers.get(frame.view);
    if (show) show(frame, payload);
    else notify("view.ack", { view: frame.view, seq: frame.seq });
  }

  /** Hears of a view's images until the returned function is called. */
  const onImage = (view: string, handler: ImageHandler) => keep(imageHandlers, view, handler);

  /** Hears of a view's camera, where another client moved it, until the returned function is called. */
  const onCamera = (view: string, handler: CameraHandler) => keep(cameraHandlers, view, handler);

  function request<K extends keyof Requests>(
    method: K,
    params: Requests[K]["params"],
  ): Promise<Requests[K]["result"]> {
    if (!client) return Promise.reject(new Error("The page has not connected yet."));
    return client.request(method, params);
  }

  function notify<K extends keyof Notifications>(method: K, params: Notifications[K]): boolean {
    return client?.notify(method, params) ?? false;
  }

  /** A request whose failure is shown as a notice; null then. */
  async function attempt<K extends keyof Requests>(
    method: K,
    params: Requests[K]["params"],
  ): Promise<Requests[K]["result"] | null> {
    try {
      return await request(method, params);
    } catch (error) {
      useNotices().fail(error);
      return null;
    }
  }

  function topic<K extends keyof Topics>(name: K): Topics[K] | undefined {
    return topics.get(name as string) as Topics[K] | undefined;
  }

  /** The names of the topics that there are which begin so. */
  const names = (prefix: string) => [...topics.keys()].filter((name) => name.startsWith(prefix));

  /** Whether this client's role is enough for a method. */
  function may(method: string): boolean {
    return RANK[role.value] >= RANK[METHOD_ROLES[method] ?? "host"];
  }

  async function quit(): Promise<void> {
    await request("session.quit", {}).catch(() => undefined);
    client?.quit();
  }

  const reconnect = () => client?.connect();
  const server = computed(() => topic("server"));
  const jobs = computed(() => topic("jobs")?.jobs ?? []);
  const online = computed(() => connection.value.phase === "online");
  const health = computed<Health>(() => {
    if (!online.value) return connection.value.everOnline ? "reconnecting" : "starting";
    switch (server.value?.state) {
      case "ready":
        return "ready";
      case "busy":
      case "stopping":
        return "busy";
      case "crashed":
      case "gone":
        return "crashed";
      case "missing":
        return "missing";
      default:
        return "starting";
    }
  });
  /** Whether ParaView can take requests that change something. */
  const usable = computed(() => health.value === "ready" || health.value === "busy");

  return {
    connection, role, appVersion, server, jobs, online, health, usable,
    start, snapshot, apply, event, binary, onImage, onCamera, request, notify, attempt, topic, names, may, quit, reconnect,
  }; // prettier-ignore
});

function keep<H>(handlers: Map<string, H>, view: string, handler: H): () => void {
  handlers.set(view, handler);
  return () => void (handlers.get(view) === handler && handlers.delete(view));
}
