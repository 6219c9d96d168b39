import { describe, expect, test } from "vitest";
import type { Crash } from "@/protocol.gen";
import { aboutWork, countdown, waysBack } from "@/startup/waysBack";

const crash = (more: Partial<Crash>): Crash => ({
  reason: "ParaView was ended by signal 11", exit_code: null, signal: "SIGSEGV", during: null, log: [],
  restorable: true, restart_at: 1, restore: "all", ...more,
}); // prettier-ignore

describe("the first way back leaves out what crashed", () => {
  test("a step: the work before it", () => {
    const found = crash({ during: "ContingencyStatistics1" });
    expect(waysBack(found).map((way) => [way.label, way.how])).toEqual([
      ["Restart without that step", { restore: "all" }],
      ["One step further back", { restore: "previous" }],
      ["Empty", { restore: "nothing" }],
      ["With software rendering", { restore: "all", software: true }],
    ]);
    expect(aboutWork(found)).toContain("before that step");
    expect(countdown(found, 4)).toBe("It restarts by itself in 4 s, without that step.");
  });

  test("the work itself: without its last step, then without it", () => {
    const last = crash({ restore: "previous" });
    expect(waysBack(last)[0]).toMatchObject({ label: "Restart without the last step", how: { restore: "previous" } });
    expect(waysBack(last)[1]).toMatchObject({ label: "With the last step too", how: { restore: "all" } });
    expect(waysBack(last).pop()?.how).toEqual({ restore: "previous", software: true });
    expect(countdown(last, 4)).toBe("It restarts by itself in 4 s, without the last step.");
    const all = crash({ restore: "nothing" });
    expect(waysBack(all)[0]).toMatchObject({ label: "Restart without your work", how: { restore: "nothing" } });
    expect(aboutWork(all)).toContain("could not be brought back");
  }); // prettier-ignore

  test("at rest: with the work", () => {
    expect(waysBack(crash({}))[0]).toMatchObject({
      label: "Restart with your work",
      how: { restore: "all" },
    });
    expect(countdown(crash({}), 4)).toBe("It restarts by itself in 4 s, with your work.");
  });

  test("nothing saved: nothing is promised", () => {
    const found = crash({ restorable: false, restore: "nothing" });
    expect(waysBack(found).map((way) => way.label)).toEqual(["Restart", "With software rendering"]);
    expect(aboutWork(found)).toBeNull();
    expect(countdown(found, 4)).toBe("It restarts by itself in 4 s.");
    expect(waysBack(null)).toHaveLength(2);
  });
});
