/** Arrow keys in the text: letters, words, lines; Shift extends by whole words, Shift+Alt by letters. */

import { say, sayCount } from "../model/wording.js";

const QUOTED_WORDS = 8;

export class Movement {
  constructor({ selection, units, geometry, turns, voice }) {
    Object.assign(this, { selection, units, geometry, turns, voice });
    this.goal = null;
    this.history = [];
  }

  /** @returns true when the key was a movement */
  handle(event) {
    const target = this.targetOf(event);
    if (target === null) return false;
    const { selection } = this;
    const anchor = event.shiftKey ? (selection.anchor ?? selection.point) : target;
    selection.set(anchor, target, { exact: event.shiftKey && event.altKey });
    this.geometry.revealPoint(target);
    this.history = [];
    selection.drawCaret();
    this.tell();
    return true;
  }

  targetOf(event) {
    const wide = event.ctrlKey || event.metaKey;
    const { point } = this.selection;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      if (event.altKey || wide) return null;
      this.goal ??= this.geometry.caretBox(point).left;
      return this.geometry.lineFrom(point, event.key === "ArrowDown" ? 1 : -1, this.goal);
    }
    this.goal = null;
    const first = this.turns.list[0];
    const last = this.turns.list.at(-1);
    switch (event.key) {
      case "ArrowLeft":
      case "ArrowRight":
        return this.sideways(event, wide, point);
      case "Home":
        return wide ? first.start : this.geometry.lineEdge(point, -1);
      case "End":
        return wide ? last.end : this.geometry.lineEdge(point, 1);
      default:
        return null;
    }
  }

  sideways(event, wide, point) {
    if (event.altKey && !event.shiftKey) return null;
    const rightwards = event.key === "ArrowRight";
    const mirrored = getComputedStyle(this.turns.article).direction === "rtl";
    const direction = rightwards === mirrored ? -1 : 1;
    const byWord = wide || (event.shiftKey && !event.altKey);
    return byWord ? this.units.wordFrom(point, direction) : this.units.letterFrom(point, direction);
  }

  /** Word, sentence, turn, answer. */
  grow() {
    const { selection } = this;
    const span = selection.span ?? { start: selection.point, end: selection.point };
    const grown = this.units.grow(span);
    if (grown === span) return;
    this.history.push(span);
    selection.setSpan(grown);
    this.tell();
  }

  /** Back the way it grew; without a way back, down to the first smaller unit. */
  shrink() {
    const { selection } = this;
    const { span } = selection;
    if (!span) return;
    const earlier = this.history.pop() ?? this.units.shrink(span);
    if (earlier.start === earlier.end) selection.collapse(earlier.start);
    else selection.setSpan(earlier);
    this.tell();
  }

  /** What is selected, or the word at the caret, for those who do not see it. */
  tell() {
    const { units, selection } = this;
    const { span } = selection;
    const shown = span ?? units.word(selection.point);
    if (!shown) return;
    const quote = shortened(units.textOf(shown.start, shown.end));
    if (!span) return this.voice.soon(quote);
    const words = sayCount("words", units.countWords(span.start, span.end));
    const unit = units.nameOf(span);
    this.voice.soon(unit ? say("said.unit", { unit: say(`unit.${unit}`), words, quote }) : say("adjust.moved", { words, quote }));
  }
}

function shortened(text) {
  const words = text.split(/\s+/u);
  return words.length > QUOTED_WORDS ? `${words.slice(0, QUOTED_WORDS).join(" ")} …` : words.join(" ");
}
