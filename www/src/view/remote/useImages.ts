// A view's images onto its canvas, and the numbers that the status bar shows of them.
import { onScopeDispose, type Ref } from "vue";
import type { Frame } from "../../protocol.gen";
import { useSession } from "../../state/session";
import { forView } from "../../state/views";
import type { Place } from "../place";
import { FrameQueue, letterbox } from "./frames";
import { browserDecoder, VideoStream } from "./video";

const RATE_WINDOW_MS = 1500;

interface Watcher {
  background(): string;
  /** An image is on the canvas. */
  drawn(frame: Frame): void;
  latency(motion: number): number | null;
}

export function useImages(place: Place, canvas: Readonly<Ref<HTMLCanvasElement | null>>, watcher: Watcher) {
  const session = useSession();
  const { metrics } = place;
  const drawnAt: { at: number; bytes: number }[] = [];
  /** When images came, and their size, until they are drawn. */
  const arrivals = new Map<number, { at: number; bytes: number }>();
  let idle: ReturnType<typeof setTimeout> | undefined;
  /** The image on screen, kept to draw it again when the canvas changes its size. */
  const kept = document.createElement("canvas");

  function paint(): void {
    const target = canvas.value;
    const context = target?.getContext("2d", { alpha: false });
    if (!target || !context || target.width === 0 || target.height === 0) return;
    context.fillStyle = watcher.background();
    context.fillRect(0, 0, target.width, target.height);
    if (!metrics.image) return;
    const { x, y, width, height } = letterbox(kept, target);
    context.imageSmoothingEnabled = width !== kept.width;
    context.imageSmoothingQuality = "medium";
    context.drawImage(kept, x, y, width, height);
  }

  function draw(picture: ImageBitmap, frame: Frame): void {
    // A late one of a view that is gone does not come back.
    if (frame.view !== place.id.value || !place.there.value) return;
    kept.width = picture.width;
    kept.height = picture.height;
    kept.getContext("2d", { alpha: false })?.drawImage(picture, 0, 0);
    measure(frame);
    paint();
    watcher.drawn(frame);
  }

  function measure(frame: Frame): void {
    const now = performance.now();
    const { bytes, at } = arrivals.get(frame.seq) ?? { bytes: 0, at: now };
    for (const seq of arrivals.keys()) if (seq <= frame.seq) arrivals.delete(seq);
    drawnAt.push({ at: now, bytes });
    while ((drawnAt[0]?.at ?? now) < now - RATE_WINDOW_MS) drawnAt.shift();
    const span = now - (drawnAt[0]?.at ?? now);
    clearTimeout(idle);
    idle = setTimeout(() => (metrics.rate = metrics.traffic = 0), RATE_WINDOW_MS);
    metrics.width = frame.width;
    metrics.height = frame.height;
    metrics.rate = drawnAt.length > 2 ? ((drawnAt.length - 1) * 1000) / span : 0;
    metrics.traffic = drawnAt.reduce((sum, image) => sum + image.bytes, 0) / (RATE_WINDOW_MS / 1000);
    // The full image after the motion is another matter: it is allowed to take its time.
    const total = frame.motion > 0 ? watcher.latency(frame.motion) : null;
    if (total !== null && !frame.still) metrics.latency = total;
    metrics.image = { frame, bytes, decodeMs: now - at, totalMs: total };
  }

  const video = new VideoStream(
    browserDecoder,
    () => place.id.value !== null && session.notify("view.keyframe", { view: place.id.value }),
    (run, ms) => void setTimeout(run, ms),
  );
  onScopeDispose(() => video.close());
  const queue = new FrameQueue<ImageBitmap>({
    decode: (blob) => createImageBitmap(blob),
    follow: (frame, payload) => video.decode(frame, payload),
    draw,
    acknowledge: (view, seq) => session.notify("view.ack", { view, seq }),
  });
  function take(frame: Frame, payload: Uint8Array<ArrayBuffer>): void {
    arrivals.set(frame.seq, { at: performance.now(), bytes: payload.byteLength });
    queue.take(frame, payload);
  }
  forView(place.id, (id) => {
    const end = session.onImage(id, take);
    return () => {
      end();
      video.close(); // another view's images go on from its own
    };
  });

  return { paint, image: kept };
}
