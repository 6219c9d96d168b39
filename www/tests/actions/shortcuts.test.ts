import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, test } from "vitest";
import { allActions } from "@/actions";
import { actionFor, isChordOnControl, pressName, targetOf, type KeyPress } from "@/actions/shortcuts";

beforeEach(() => setActivePinia(createPinia()));

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more,
}); // prettier-ignore

test.each([
  [press("r"), "R"],
  [press("R", { shiftKey: true }), "Shift+R"],
  [press("?", { shiftKey: true }), "?"],
  [press(" "), "Space"],
  [press(" ", { ctrlKey: true }), "Ctrl+Space"],
  [press("k", { metaKey: true }), "Ctrl+K"],
  [press("ArrowLeft", { shiftKey: true }), "Shift+ArrowLeft"],
  [press("F2"), "F2"],
])("%j is named %s", (event, name) => expect(pressName(event)).toBe(name));

describe("which action a key runs", () => {
  const id = (event: KeyPress, target: "text" | "control" | "page") =>
    actionFor(allActions(), event, target)?.id;

  test("letters on the page", () => {
    expect(id(press("r"), "page")).toBe("camera.reset");
    expect(id(press("X", { shiftKey: true }), "page")).toBe("camera.-x");
    expect(id(press("?", { shiftKey: true }), "page")).toBe("help.shortcuts");
  });

  test("text takes letters and keeps chords and function keys", () => {
    expect(id(press("r"), "text")).toBeUndefined();
    expect(id(press("Delete"), "text")).toBeUndefined();
    expect(id(press("k", { ctrlKey: true }), "text")).toBe("help.palette");
    expect(id(press("F1"), "text")).toBe("help.shortcuts");
  });

  test("a button keeps Space and the arrows", () => {
    expect(id(press(" "), "control")).toBeUndefined();
    expect(id(press("ArrowRight"), "control")).toBeUndefined();
    expect(id(press(" "), "page")).toBe("time.play");
    expect(id(press("r"), "control")).toBe("camera.reset");
  });
});

test("no two actions share a shortcut or a name", () => {
  const shortcuts = allActions().flatMap((action) => action.shortcuts ?? []);
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
  expect(new Set(allActions().map((action) => action.id)).size).toBe(allActions().length);
});

test("every shortcut is a name that a key press can have", () => {
  for (const action of allActions()) {
    for (const shortcut of action.shortcuts ?? []) {
      const parts = shortcut.split("+");
      const key = parts.pop() ?? "";
      const event = press(key === "Space" ? " " : key, {
        ctrlKey: parts.includes("Ctrl"),
        shiftKey: parts.includes("Shift"),
      });
      expect(pressName(event)).toBe(shortcut);
    }
  }
});

test("what has the focus decides", () => {
  const make = (html: string) => {
    document.body.innerHTML = html;
    return document.body.firstElementChild;
  };
  expect(targetOf(make("<input type='text'>"))).toBe("text");
  expect(targetOf(make("<input type='range'>"))).toBe("control");
  expect(targetOf(make("<textarea></textarea>"))).toBe("text");
  expect(targetOf(make("<button></button>"))).toBe("control");
  expect(targetOf(make("<div></div>"))).toBe("page");
  expect(targetOf(null)).toBe("page");
});

describe("a control is not worked by a key with Ctrl, Alt or Meta", () => {
  const made = (html: string): Element => {
    document.body.innerHTML = html;
    return document.body.firstElementChild as Element;
  };
  const chord = (element: Element, key: string, more: Partial<KeyPress> = { ctrlKey: true }) =>
    isChordOnControl(press(key, more), element);

  test("buttons and check boxes: Space and Enter", () => {
    for (const html of ["<button></button>", '<input type="checkbox">', '<div role="tree"></div>']) {
      for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }]) {
        expect(chord(made(html), " ", more)).toBe(true);
        expect(chord(made(html), "Enter", more)).toBe(true);
      }
      expect(chord(made(html), " ", {})).toBe(false);
      expect(chord(made(html), " ", { shiftKey: true })).toBe(false);
    }
  });

  test("sliders: the keys that move them", () => {
    expect(chord(made('<input type="range">'), "ArrowRight")).toBe(true);
    expect(chord(made('<input type="range">'), "End")).toBe(true);
    expect(chord(made('<input type="range">'), "ArrowRight", {})).toBe(false);
  });

  test("text keeps its own chords", () => expect(chord(made("<input>"), "ArrowRight")).toBe(false));
});
