import { expect, test } from "vitest";
import { whyEmpty } from "@/panels/emptyPipeline";
import type { Crash, ServerStatus } from "@/protocol.gen";

const server = (restorable: boolean): ServerStatus =>
  ({ state: "crashed", crash: { restorable } as Crash }) as ServerStatus;

test("an empty pipeline says why it is empty", () => {
  expect(whyEmpty("ready", undefined)).toContain("What you open appears here");
  expect(whyEmpty("busy", undefined)).toContain("What you open appears here");
  expect(whyEmpty("crashed", server(true))).toContain("saved and comes back");
  for (const health of ["crashed", "reconnecting", "starting", "missing"] as const)
    expect(whyEmpty(health, server(false))).not.toMatch(/What you open|comes back with/);
});
