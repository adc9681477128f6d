/** Random texts from a seed, so that a failure can be run again. */

const PIECES = ["a", "ø", " ", "å", "😀", "👩‍👩‍👧", "e\u0301", "שלום", "مرحبا", "𝔊", "\n", "–", "ikk'", "🇩🇰", "字", "."];

export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function randomText(random, most = 40) {
  const length = 1 + Math.floor(random() * most);
  return Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)]).join("");
}
