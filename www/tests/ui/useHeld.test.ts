import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ref } from "vue";
import { useHeld } from "@/ui/useHeld";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("shows what the hand chose until the server has caught up", async () => {
  const server = ref(0);
  const answers: (() => void)[] = [];
  const { value, set } = useHeld(
    () => server.value,
    () => new Promise<void>((resolve) => answers.push(resolve)),
  );
  set(1);
  set(2);
  server.value = 1;
  expect(value.value).toBe(2);
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(value.value).toBe(2);
  server.value = 2;
  answers[1]?.();
  await vi.advanceTimersByTimeAsync(1000);
  server.value = 7;
  expect(value.value).toBe(7);
});

test("a refused value gives way to the server's", async () => {
  const { value, set } = useHeld(
    () => 5,
    () => Promise.resolve(null),
  );
  set(9);
  expect(value.value).toBe(9);
  await vi.advanceTimersByTimeAsync(1000);
  expect(value.value).toBe(5);
});
