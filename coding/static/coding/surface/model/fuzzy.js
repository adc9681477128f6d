/**
 * Finding a code by a few letters. Name counts most, then path, shortcut and definition;
 * codes used lately win over equals and lead when nothing is typed yet.
 */

const RECENT_BONUS = 12;

/** Lower case and without accents; æ, ø and å stay letters of their own only if typed so. */
function folded(text) {
  return text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

function subsequence(query, text) {
  let from = 0;
  let gaps = 0;
  let first = -1;
  for (const letter of query) {
    const at = text.indexOf(letter, from);
    if (at < 0) return null;
    if (first < 0) first = at;
    else gaps += at - from;
    from = at + letter.length;
  }
  return { first, gaps, length: from - first };
}

/** How well one word of the query fits a text: 0 (not at all) to 100 (the same). */
export function fit(query, text) {
  if (!query || !text) return 0;
  const plain = text.toLocaleLowerCase();
  const exact = fitFolded(query.toLocaleLowerCase(), plain);
  // A hit on the letters as typed beats one that needs accents dropped.
  return exact || Math.max(0, fitFolded(folded(query), folded(text)) - 3);
}

function fitFolded(query, text) {
  if (text === query) return 100;
  if (text.startsWith(query)) return 90 - Math.min(9, (text.length - query.length) / 8);
  const at = text.indexOf(query);
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 60 - Math.min(9, at / 8) : 78 - Math.min(9, at / 8);
  if (query.length < 2) return 0;
  const loose = subsequence(query, text);
  if (!loose || loose.gaps > query.length * 2) return 0;
  return Math.max(4, 42 - loose.gaps * 4 - Math.min(8, loose.first / 4));
}

function scoreWord(word, code) {
  const brief = fit(word, code.brief ?? "");
  return Math.max(
    fit(word, code.name),
    // In steps of ten: siblings fit their parent's name equally well and keep their order.
    Math.floor(fit(word, code.path ?? "") / 10) * 6.2,
    code.shortcut && code.shortcut === word ? 96 : 0,
    // Scattered letters of a whole definition match anything: only words in one piece count there.
    brief >= 50 ? brief * 0.5 : 0,
  );
}

/**
 * @param recents code ids, latest first
 * @returns codes that fit every word of the query, best first
 */
export function ranked(query, codes, recents = []) {
  const words = query.trim().split(/\s+/u).filter(Boolean);
  const recency = new Map(recents.map((id, i) => [id, recents.length - i]));
  if (!words.length) return codes.toSorted((a, b) => (recency.get(b.id) ?? 0) - (recency.get(a.id) ?? 0));
  const whole = query.trim();
  return codes
    .map((code, order) => {
      const scores = words.map((word) => scoreWord(word, code));
      if (scores.includes(0)) return null;
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const bonus = recency.has(code.id) ? (RECENT_BONUS * recency.get(code.id)) / recents.length : 0;
      return { code, order, score: Math.max(mean, fit(whole, code.name)) + bonus };
    })
    .filter(Boolean)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ code }) => code);
}
