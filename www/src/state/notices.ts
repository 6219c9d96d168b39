// Short messages that pass: notices of the server and failures of requests.
import { defineStore } from "pinia";
import { ref } from "vue";
import { toFailure, type Failure } from "../core/errors";

export interface Shown extends Failure {
  id: number;
  level: "info" | "warning" | "error";
}

const MOST = 4;
const LIFETIME_MS = { info: 5000, warning: 9000, error: 15000 };

export const useNotices = defineStore("notices", () => {
  const shown = ref<Shown[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let nextId = 1;

  function show(level: Shown["level"], failure: Failure): void {
    const same = shown.value.find((item) => item.message === failure.message);
    if (same) dismiss(same.id);
    const { message, hint, log } = failure;
    const item = { id: nextId++, level, message, hint, log };
    for (const old of shown.value.slice(0, Math.max(0, shown.value.length - MOST + 1))) dismiss(old.id);
    shown.value = [...shown.value, item];
    release(item.id);
  }

  function dismiss(id: number): void {
    hold(id);
    shown.value = shown.value.filter((item) => item.id !== id);
  }

  /** Somebody is reading it. */
  function hold(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  /** Nobody is: its time runs, from the start. */
  function release(id: number): void {
    const item = shown.value.find((other) => other.id === id);
    hold(id);
    if (item) timers.set(id, setTimeout(() => dismiss(id), LIFETIME_MS[item.level])); // prettier-ignore
  }

  const info = (message: string) => show("info", { message, hint: null, log: null });
  const fail = (thrown: unknown) => show("error", toFailure(thrown));

  return { shown, show, info, fail, dismiss, hold, release };
});
