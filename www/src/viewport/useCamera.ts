// The page's camera of the active view: moved by gestures, sent by Motion, and taken over when somebody else moves it.
import { shallowRef, watch } from "vue";
import type { Camera, Frame, View } from "../protocol.gen";
import { usePipeline } from "../state/pipeline";
import { useSession } from "../state/session";
import { Motion } from "./motion";

/** Still for this long, and the camera of another client's image may be taken for ours. */
const IDLE_MS = 600;

export function useCamera() {
  const session = useSession();
  const pipeline = usePipeline();
  const camera = shallowRef<Camera | null>(null);
  let version = -1;
  let view: string | null = null;
  let movedAt = -Infinity;

  const motion = new Motion((sent) => view && session.notify("view.camera.set", { view, ...sent }), {
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
    motion.drop();
  }

  watch(() => pipeline.view, take, { immediate: true });
  // A new connection may have missed changes of the camera: what the topic says then counts.
  watch(
    () => session.online,
    (online) => {
      if (!online) version = -1;
      else take(pipeline.view);
    },
  );

  function move(next: Camera): void {
    if (!session.may("view.camera.set")) return;
    camera.value = next;
    movedAt = performance.now();
    motion.move(next);
  }

  /** An image came: where it shows another client's camera and this one rests, that is the camera now. */
  function seen(frame: Frame): void {
    const idle = !motion.moving && performance.now() - movedAt > IDLE_MS;
    if (frame.motion === 0 && idle && frame.view === view) camera.value = frame.camera;
  }

  return { camera, move, seen, latency: (number: number) => motion.latency(number) };
}
