// The ways back after a crash, the one first that leaves out what crashed. Pure; the overlay draws them.
import type { Crash, SessionRestart } from "../protocol.gen";

export interface Way {
  testid: string;
  label: string;
  how: SessionRestart;
}

type Restore = Crash["restore"];

/** What became of the work: a sentence, and what comes back by itself. */
export function aboutWork(crash: Crash): string | null {
  if (!crash.restorable) return null;
  if (crash.restore === "previous") return "Your work could not be brought back: ParaView stops at it. Its last step is left out.";
  if (crash.restore === "nothing") return "Your work could not be brought back: ParaView stops at it.";
  return crash.during
    ? "Your work is saved as it was before that step, and can be brought back without it."
    : "Your work was saved after each step and can be brought back.";
} // prettier-ignore

/** The countdown's words. */
export function countdown(crash: Crash, seconds: number): string {
  return `It restarts by itself in ${seconds} s${crash.restorable ? ENDING[endingOf(crash)] : ""}.`;
}

/** The ways, the advised one first. */
export function waysBack(crash: Crash | null): Way[] {
  const first: Restore = crash?.restorable ? crash.restore : "nothing";
  const others: Restore[] = crash?.restorable
    ? (["all", "previous", "nothing"] as const).filter((restore) => restore !== first)
    : [];
  return [
    ...[first, ...others].map((restore) => ({
      testid: `restart-${restore}`,
      label: crash?.restorable ? labelOf(restore, crash) : "Restart",
      how: { restore },
    })),
    { testid: "restart-software", label: "With software rendering", how: { restore: first, software: true } },
  ];
}

const ENDING = {
  step: ", without that step",
  all: ", with your work",
  previous: ", without the last step",
  nothing: ", without your work",
};

function endingOf(crash: Crash): keyof typeof ENDING {
  return crash.restore === "all" && crash.during ? "step" : crash.restore;
}

function labelOf(restore: Restore, crash: Crash): string {
  if (restore === crash.restore) return `Restart${ENDING[endingOf(crash)].replace(",", "")}`;
  if (restore === "all") return "With the last step too";
  if (restore === "previous") return crash.during ? "One step further back" : "Without the last step";
  return "Empty";
}
