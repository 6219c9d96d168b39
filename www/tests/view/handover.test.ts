import { expect, test } from "vitest";
import { handOver } from "@/view/handover";

test("one picture takes over from the other only when it shows the same", () => {
  const now = { mode: "remote", localReady: true, moving: false, remoteMatches: false } as const;
  expect(handOver("remote", now)).toBe("remote");
  expect(handOver("local", now)).toBe("local");
  expect(handOver("local", { ...now, remoteMatches: true })).toBe("remote");
  expect(handOver("local", { ...now, localReady: false })).toBe("remote");
  expect(handOver("remote", { ...now, mode: "local" })).toBe("local");
  expect(handOver("remote", { ...now, mode: "local", localReady: false })).toBe("remote");
});

test("hybrid shows its own while it moves and the image when that has come", () => {
  const now = { mode: "hybrid", localReady: true, moving: true, remoteMatches: true } as const;
  expect(handOver("remote", now)).toBe("local");
  expect(handOver("local", { ...now, moving: false, remoteMatches: false })).toBe("local");
  expect(handOver("local", { ...now, moving: false })).toBe("remote");
});
