/** What was changed in a text, as the smallest span in code points. */

/**
 * @param start where the text begins in the revision
 * @returns {{start: number, end: number, text: string} | null} null when nothing was changed
 */
export function changedPart(text, written, start = 0) {
  const before = Array.from(text);
  const after = Array.from(written.replace(/\r\n?/gu, "\n"));
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (head + tail === before.length && before.length === after.length) return null;
  return { start: start + head, end: start + before.length - tail, text: after.slice(head, after.length - tail).join("") };
}
