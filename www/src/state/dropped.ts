// Files dropped on the page. A browser does not say where they lie: their content finds them in the data folders, and
// where that cannot decide the person does.
import { until } from "@vueuse/core";
import { defineStore } from "pinia";
import { nextTick, ref } from "vue";
import { digestOf } from "../core/digest";
import type { FilesOpen, FoundFile, Place } from "../protocol.gen";
import { useFiles } from "./files";
import { useNotices } from "./notices";
import { useSession } from "./session";

const MOST = 500;

/** One file lies in several places, or may be another one. */
export interface PlaceQuestion {
  name: string;
  /** Whether the content is known to be the same: then these are copies. */
  certain: boolean;
  places: Place[];
  answer(place: Place | null): void;
}

export const useDropped = defineStore("dropped", () => {
  const session = useSession();
  const files = useFiles();
  const notices = useNotices();
  const question = ref<PlaceQuestion | null>(null);
  let before: Promise<void> = Promise.resolve();

  /** Opens all of them, one after the other; what is dropped meanwhile comes after. */
  function open(dropped: readonly File[]): Promise<void> {
    before = before.then(() => openAll(dropped)).catch((error: unknown) => notices.fail(error));
    return before;
  }

  async function openAll(dropped: readonly File[]): Promise<void> {
    const wanted = dropped.slice(0, MOST);
    const told = [];
    for (const file of wanted) told.push({ name: file.name, size: file.size, digest: await digestOf(file) });
    const found = await session.request("files.locate", { files: told });
    const missing: string[] = [];
    const located: Place[] = [];
    for (const [index, { name, digest }] of told.entries()) {
      const { places } = found.files[index] as FoundFile;
      const place = await choose(name, places, digest !== null);
      if (place) located.push(place);
      else if (!places.length) missing.push(name);
    }
    if (dropped.length > MOST) notices.info(`Of ${dropped.length} files the first ${MOST} are opened.`);
    if (missing.length) tellMissing(missing, found.truncated);
    for (const params of together(located)) {
      await files.open(params);
      await answered();
    }
  }

  function choose(name: string, places: Place[], certain: boolean): Promise<Place | null> {
    if (places.length === 0 || (places.length === 1 && certain)) return Promise.resolve(places[0] ?? null);
    return new Promise((resolve) => {
      const answer = (place: Place | null): void => {
        question.value = null;
        resolve(place);
      };
      question.value = { name, certain, places, answer };
    });
  }

  /** Until the person has said which reader to use, and what was opened with it is open. */
  async function answered(): Promise<void> {
    while (files.question ?? files.opening) {
      await until(() => files.question === null && !files.opening).toBe(true);
      await nextTick();
    }
  }

  function tellMissing(names: string[], truncated: boolean): void {
    const shown =
      names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
    const where = truncated
      ? "not found: the data folders are too large to look everywhere"
      : "in none of the data folders";
    const hint = "Add the folder to the data folders, or choose the file with Open.";
    const message = truncated
      ? `${shown}: ${where}.`
      : `${shown} ${names.length > 1 ? "lie" : "lies"} ${where}.`;
    notices.show("warning", { message, hint, log: null });
  }

  return { question, open };
});

/** What to open: a series whose files were all dropped is one, everything else a file each. */
export function together(located: readonly Place[]): FilesOpen[] {
  const key = ({ root, series }: Place) => JSON.stringify([root, series]);
  const members = new Map<string, Set<string>>();
  for (const place of located) {
    if (place.series) members.set(key(place), (members.get(key(place)) ?? new Set()).add(place.path));
  }
  const opened = new Set<string>();
  return located.flatMap((place) => {
    const whole = place.series !== null && members.get(key(place))?.size === place.count;
    const path = whole ? (place.series as string) : place.path;
    const id = JSON.stringify([place.root, path, whole]);
    if (opened.has(id)) return [];
    opened.add(id);
    return [{ root: place.root, path, series: whole, reader: null }];
  });
}
