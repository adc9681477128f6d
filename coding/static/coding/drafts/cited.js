/**
 * What each `[@n]` in the field stands for, in the order of the text: number, who, first words.
 * A press selects the token in the text.
 */

const TOKEN = /\[@(\d{1,6})\]/g;
const WORDS = 60;

/**
 * @param {string} text
 * @returns {string[]} the numbers it cites, each once
 */
export function citedNumbers(text) {
  return [...new Set(Array.from(text.matchAll(TOKEN), (match) => match[1]))];
}

/** @param {string} words @returns {string} */
export function shortened(words) {
  const line = words.replace(/\s+/g, " ").trim();
  return line.length > WORDS ? `${line.slice(0, WORDS - 1)}…` : line;
}

/**
 * @param {HTMLElement} list [data-cited] with a row [data-number] for every citation of the
 *   description, and a template for those made while writing
 * @param {HTMLTextAreaElement} area
 * @returns {(made: {number: number, who: string, words: string, language: string}) => void} takes
 *   in a citation that was just made
 */
export function showCited(list, area) {
  const row = (number) => list.querySelector(`[data-number="${number}"]`);

  function show() {
    const cited = citedNumbers(area.value);
    for (const each of list.querySelectorAll("[data-number]")) each.hidden = true;
    for (const each of cited.map(row)) {
      if (!each) continue;
      each.hidden = false;
      list.append(each);
    }
    list.hidden = !list.querySelector("[data-number]:not([hidden])");
  }

  list.addEventListener("click", (event) => {
    const number = event.target.closest("[data-number]")?.dataset.number;
    if (!number) return;
    const at = area.value.indexOf(`[@${number}]`);
    area.focus();
    area.setSelectionRange(at, at + number.length + 3);
  });
  area.addEventListener("input", show);
  show();

  return ({ number, who, words, language }) => {
    if (row(number)) return;
    const made = list.querySelector("template").content.firstElementChild.cloneNode(true);
    made.dataset.number = String(number);
    made.querySelector("b").textContent = String(number);
    made.querySelector("span").textContent = who;
    made.querySelector("q").textContent = shortened(words);
    made.querySelector("q").lang = language;
    list.append(made);
  };
}
