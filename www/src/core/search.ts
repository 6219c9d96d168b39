// How well a text fits what was typed, for the palette and the filters of lists. Pure functions.

/** Points for a text, higher is better; null where it does not fit. Each typed word must be found. */
export function score(typed: string, text: string): number | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const target = text.toLowerCase();
  let total = 0;
  for (const word of words) {
    const points = wordScore(word, target);
    if (points === null) return null;
    total += points;
  }
  return total - target.length * 0.02;
}

function wordScore(word: string, target: string): number | null {
  const at = target.indexOf(word);
  if (at === 0) return target.length === word.length ? 120 : 100;
  if (at > 0) return isWordStart(target, at) ? 80 : 50;
  return initials(word, target) ? 30 : null;
}

function isWordStart(target: string, at: number): boolean {
  return /[^a-z0-9]/.test(target[at - 1] ?? " ");
}

/** "sct" fits "Surface Contour Tool": each letter starts a word, in order. */
function initials(word: string, target: string): boolean {
  const starts = target
    .split(/[^a-z0-9]+/)
    .map((part) => part[0] ?? "")
    .join("");
  return word.length > 1 && starts.includes(word);
}
