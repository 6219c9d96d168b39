import { expect, test } from "vitest";
import { FrameMeter } from "@/view/local/meter";

test("a slow hand is no slow browser", () => {
  const meter = new FrameMeter();
  for (let at = 0; at < 20; at++) {
    meter.drawn(at * 200);
    meter.rested();
  }
  expect(meter.rate).toBeNull();
  for (let at = 0; at < 20; at++) meter.drawn(5000 + at * 20);
  expect(meter.rate).toBeCloseTo(50);
  meter.clear();
  expect(meter.rate).toBeNull();
});
