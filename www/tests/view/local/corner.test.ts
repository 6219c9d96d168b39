import { expect, test } from "vitest";
import { axesCamera, cornerOf, letters } from "@/view/local/corner";
import { camera } from "../../fakes";

test("the axes are looked at the way the view is, from one distance", () => {
  const far = axesCamera({ ...camera(), position: [0, 0, 1000] });
  const near = axesCamera({ ...camera(), position: [0, 0, 1] });
  expect(far).toEqual(near);
  expect(far.position[2]).toBeGreaterThan(0);
  expect(far.position.slice(0, 2).map(Math.abs)).toEqual([0, 0]);
});

test("X points right and Y up in a view along Z, and the nearest letter is drawn last", () => {
  const side = cornerOf(800);
  expect(side).toBe(200);
  const found = letters(camera(), side);
  const at = (letter: string) => found.find((item) => item.letter === letter) ?? { x: NaN, y: NaN };
  expect(at("X").x).toBeGreaterThan(at("Y").x);
  expect(at("Y").y).toBeLessThan(at("X").y);
  expect(found.map(({ letter }) => letter).pop()).toBe("Z");
});
