/** The turns of the page: their words, their place in the revision and their elements. */

import { placeOf, pointOf, TurnText } from "../text/offsets.js";

export class Turn extends TurnText {
  constructor(section, index) {
    const words = section.querySelector(".turn-text");
    super(words.textContent, Number(section.dataset.start), Number(section.dataset.end));
    this.index = index;
    this.number = Number(section.dataset.n);
    this.section = section;
    this.words = words;
    this.list = section.querySelector(".brackets");
    this.asks = section.dataset.tone === "interviewer";
  }
}

export class Turns {
  /** @throws RangeError when the words on the page are not the words the offsets were made for. */
  constructor(article) {
    this.article = article;
    this.list = Array.from(article.querySelectorAll(".turn"), (section, index) => new Turn(section, index));
    this.bySection = new Map(this.list.map((turn) => [turn.section, turn]));
  }

  /** Indexes of the first and last turn that [start, end) touches. */
  touched(start, end) {
    const first = this.indexAt(start);
    return [first, Math.max(first, this.indexAt(Math.max(start, end - 1)))];
  }

  indexAt(point) {
    let low = 0;
    let high = this.list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.list[middle].start <= point) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Whether only the interviewer speaks here. */
  asksAll(start, end) {
    const [first, last] = this.touched(start, end);
    return this.list.slice(first, last + 1).every((turn) => turn.asks);
  }

  at(point) {
    return this.list[this.indexAt(point)];
  }

  place(point) {
    const turn = this.at(point);
    return placeOf(turn, turn.words, point);
  }

  /** Flat [node, offset, node, offset, ...], four per turn: one range over several turns would paint their names too. */
  places(start, end) {
    const [first, last] = this.touched(start, end);
    const found = [];
    for (let i = first; i <= last; i++) {
      const turn = this.list[i];
      const from = Math.max(start, turn.start);
      const to = Math.min(end, turn.end);
      if (from < to) found.push(...placeOf(turn, turn.words, from), ...placeOf(turn, turn.words, to));
    }
    return found;
  }

  /** Where a DOM position stands in the revision, or null outside the document. */
  pointAt(node, offset) {
    if (!node || !this.article.contains(node)) return null;
    const element = node.nodeType === 3 ? node.parentElement : node;
    const turn = this.bySection.get(element.closest(".turn"));
    if (!turn) return this.pointNear(node, offset);
    if (turn.words.contains(node)) return pointOf(turn, turn.words, node, offset);
    const after = turn.words.compareDocumentPosition(node) & 4;
    return after ? turn.end : turn.start;
  }

  pointNear(node, offset) {
    if (node !== this.article) return this.list[0]?.start ?? null;
    const turn = this.bySection.get(node.childNodes[offset]);
    if (turn) return turn.start;
    return offset === 0 ? (this.list[0]?.start ?? null) : (this.list.at(-1)?.end ?? null);
  }
}
