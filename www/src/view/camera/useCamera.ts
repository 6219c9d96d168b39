// The page's camera of a view: moved by gestures, sent by Motion, and taken over when somebody else moves it.
import { onScopeDispose, shallowRef, watch } from "vue";
import type { Camera, Frame, View } from "../../protocol.gen";
import { useSession } from "../../state/session";
import { forView } from "../../state/views";
import type { Place } from "../place";
import { Motion, type Sent } from "./motion";

/** Still for this long, and the camera of another client's image may be taken for ours. */
const IDLE_MS = 600;

interface Watcher {
  /** Whether the server need not know of the camera before the hand rests. */
  quiet(): boolean;
  /** The hand moves, or rests after it did. */
  moving(moving: boolean): void;
}

export function useCamera(place: Place, watcher: Watcher) {
  const session = useSession();
  const camera = shallowRef<Camera | null>(null);
  let version = -1;
  let view: string | null = null;
  let movedAt = -Infinity;
  /** Somebody else's camera that came while the hand was on this one: taken over once it rests. */
  let foreign: Camera | null = null;
  let taking: ReturnType<typeof setTimeout> | undefined;

  function send(sent: Sent): void {
    if (view && !(sent.interactive && watcher.quiet())) session.notify("view.camera.set", { view, ...sent });
    if (!sent.interactive) watcher.moving(false);
  }

  const motion = new Motion(send, {
    now: () => performance.now(),
    frame: (run) => requestAnimationFrame(run),
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });

  function take(topic: View | null): void {
    if (!topic) {
      camera.value = view = null;
      version = -1;
      return;
    }
    const other = topic.view !== view;
    if (!other && topic.camera_version === version) return;
    view = topic.view;
    version = topic.camera_version;
    camera.value = topic.camera;
    foreign = null;
    motion.drop();
    watcher.moving(false);
  }

  watch(place.view, take, { immediate: true });
  // A new connection may have missed changes of the camera: what the topic says then counts.
  watch(
    () => session.online,
    (online) => {
      if (!online) version = -1;
      else take(place.view.value);
    },
  );

  function move(next: Camera): void {
    if (!session.may("view.camera.set")) return;
    camera.value = next;
    foreign = null;
    movedAt = performance.now();
    motion.move(next);
    watcher.moving(true);
  }

  const idle = () => !motion.moving && performance.now() - movedAt > IDLE_MS;

  function takeOver(other: Camera): void {
    foreign = other;
    clearTimeout(taking);
    if (idle()) camera.value = other;
    else taking = setTimeout(() => foreign && takeOver(foreign), IDLE_MS);
  }

  /** An image came: where it shows another client's camera, that is the camera once this one rests. */
  function seen(frame: Frame): void {
    if (frame.motion === 0 && frame.view === view && frame.camera) takeOver(frame.camera);
  }

  /** Another client moved it, and this page gets no images that say so. */
  forView(place.id, (id) => session.onCamera(id, (moved) => void (view === id && takeOver(moved))));
  onScopeDispose(() => clearTimeout(taking));

  /** Asks for a full image of the camera as it is. */
  function ask(): void {
    if (camera.value && session.may("view.camera.set")) motion.ask(camera.value);
  }

  return { camera, move, seen, ask, latency: (number: number) => motion.latency(number) };
}
