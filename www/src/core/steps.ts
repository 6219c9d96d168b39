// Time steps, ascending. Pure. A step is its index: two of them may be too near each other to be told apart by anything else.

/** The step that a time is (`index`, where the server says so) or that is nearest to it. */
export function nearestStep(values: readonly number[], time: number, index: number | null): number {
  if (index !== null) return index;
  let best = 0;
  for (let at = 1; at < values.length; at++) {
    if (Math.abs((values[at] ?? NaN) - time) < Math.abs((values[best] ?? NaN) - time)) best = at;
  }
  return best;
}

/** The steps before and after one. */
export function neighbours(values: readonly number[], at: number): number[] {
  return [at - 1, at + 1].flatMap((other) => values[other] ?? []);
}
