import { afterEach, expect, test, vi } from "vitest";
import { screenshot } from "@/view/screenshot";

afterEach(() => vi.restoreAllMocks());

function canvas(width: number, height: number): HTMLCanvasElement {
  return Object.assign(document.createElement("canvas"), { width, height });
}

test("layers lie one above the other, all at the lower left; empty ones are left out", async () => {
  const drawn: [unknown, number, number][] = [];
  const context = { drawImage: (...call: [unknown, number, number]) => drawn.push(call) };
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(context as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((done) => done(new Blob(["png"])));
  const [below, letters] = [canvas(400, 300), canvas(75, 75)];
  const file = await screenshot([below, null, canvas(0, 0), letters]);
  expect(drawn).toEqual([
    [below, 0, 0],
    [letters, 0, 225],
  ]);
  expect(file?.size).toBe(3);
});

test("without a picture there is no file", async () => {
  expect(await screenshot([null])).toBeNull();
});
