// A value that the server owns and a hand moves: while the hand is ahead, what it chose is shown, not what the server
// still says, so that a slider does not jump back under the finger.
import { computed, ref, type ComputedRef } from "vue";

/** Time that the server's news may come after its answer. */
const SETTLE_MS = 300;

export interface Held<T> {
  value: ComputedRef<T>;
  set(now: T): void;
}

export function useHeld<T>(server: () => T, send: (now: T) => Promise<unknown>): Held<T> {
  const held = ref<{ now: T } | null>(null);
  let turn = 0;

  function set(now: T): void {
    const own = ++turn;
    held.value = { now };
    void send(now).finally(() => {
      setTimeout(() => {
        if (own === turn) held.value = null;
      }, SETTLE_MS);
    });
  }

  return { value: computed(() => (held.value ? (held.value.now as T) : server())), set };
}
