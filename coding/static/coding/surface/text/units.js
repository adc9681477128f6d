/**
 * The units a reader thinks in: letters as seen, words, sentences, turns, answers.
 * All positions are points of the revision; `turns` is a list of TurnText in order.
 */

const JOINER = /[-'’‑]/u;
const SPACE = /\s/u;
// For counting: thousands of labels ask before anybody selects, and a segmenter takes long to wake.
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-'’‑][\p{L}\p{N}\p{M}]+)*/gu;

function lastAtOrBefore(count, startOf, point) {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (startOf(middle) <= point) low = middle;
    else high = middle - 1;
  }
  return low;
}

const sameSpan = (a, b) => a.start === b.start && a.end === b.end;
const holds = (outer, inner) => outer.start <= inner.start && outer.end >= inner.end;

export class Units {
  /**
   * @param turns TurnText[] with an optional `asks` (true where the interviewer speaks)
   * @param sentences flat list [start, end, start, end, ...] of points
   */
  constructor(turns, sentences, language) {
    this.turns = turns;
    this.sentences = sentences;
    this.language = language;
    this.wordStarts = new Map();
  }

  get words() {
    return this.wordSegmenter ??= new Intl.Segmenter(this.language, { granularity: "word" });
  }

  get letters() {
    return this.letterSegmenter ??= new Intl.Segmenter(this.language, { granularity: "grapheme" });
  }

  /** Number of the turn a point belongs to; the gap between two turns belongs to the earlier one. */
  turnAt(point) {
    return lastAtOrBefore(this.turns.length, (i) => this.turns[i].start, point);
  }

  /** Edges moved outwards to whole words and inwards past spaces; null when only space is left. */
  snap(start, end) {
    const trimmed = this.trim(start, end);
    if (!trimmed) return null;
    return { start: this.wordEdge(trimmed.start, -1), end: this.wordEdge(trimmed.end, 1) };
  }

  trim(start, end) {
    let first = this.turnAt(start);
    let last = this.turnAt(end);
    if (start >= this.turns[first].end && first + 1 < this.turns.length) start = this.turns[++first].start;
    if (end <= this.turns[last].start && last > 0) end = this.turns[--last].end;
    end = Math.min(end, this.turns[last].end);
    if (end <= start) return null;
    const head = this.turns[first];
    const tail = this.turns[last];
    let from = head.toIndex(start);
    let to = tail.toIndex(end);
    while (from < head.text.length && SPACE.test(head.text[from])) from++;
    while (to > 0 && SPACE.test(tail.text[to - 1])) to--;
    start = head.toPoint(from);
    end = tail.toPoint(to);
    return end > start ? { start, end } : null;
  }

  /** The outer edge of the word that `point` cuts, or `point` itself between words. */
  wordEdge(point, direction) {
    const turn = this.turns[this.turnAt(point)];
    const { text } = turn;
    const segments = this.words.segment(text);
    let index = turn.toIndex(point);
    for (;;) {
      const inside = segments.containing(direction < 0 ? index : index - 1);
      if (!inside?.isWordLike) break;
      index = direction < 0 ? inside.index : inside.index + inside.segment.length;
      // "ti-minutters" and "det's" are one word to a reader.
      const joiner = direction < 0 ? text[index - 1] : text[index];
      const beyond = segments.containing(direction < 0 ? index - 2 : index + 1);
      if (!joiner || !JOINER.test(joiner) || !beyond?.isWordLike) break;
      index = direction < 0 ? beyond.index : index + 2;
    }
    return turn.toPoint(index);
  }

  word(point) {
    const turn = this.turns[this.turnAt(point)];
    const segments = this.words.segment(turn.text);
    let index = Math.min(turn.toIndex(point), turn.text.length - 1);
    let found = segments.containing(index);
    if (found && !found.isWordLike && index > 0) found = segments.containing(index - 1);
    if (!found?.isWordLike) return null;
    const inside = turn.toPoint(found.index + 1);
    return { start: this.wordEdge(turn.toPoint(found.index), -1), end: this.wordEdge(inside, 1) };
  }

  sentence(point) {
    const { sentences } = this;
    const count = sentences.length >> 1;
    const turn = this.turn(point);
    if (!count) return turn;
    let i = lastAtOrBefore(count, (k) => sentences[2 * k], point);
    const next = i + 1 < count && sentences[2 * i + 2] < turn.end;
    if (point >= sentences[2 * i + 1] && (next || sentences[2 * i + 1] <= turn.start)) i = Math.min(i + 1, count - 1);
    const found = { start: sentences[2 * i], end: sentences[2 * i + 1] };
    return found.start < turn.end && found.end > turn.start ? found : turn;
  }

  turn(point) {
    const { start, end } = this.turns[this.turnAt(point)];
    return { start, end };
  }

  /** Everything said between two questions of the interviewer. */
  answer(point) {
    const at = this.turnAt(point);
    if (this.turns[at].asks) return this.turn(point);
    let first = at;
    let last = at;
    while (first > 0 && !this.turns[first - 1].asks) first--;
    while (last + 1 < this.turns.length && !this.turns[last + 1].asks) last++;
    return { start: this.turns[first].start, end: this.turns[last].end };
  }

  /** Which unit a span is, the smallest that fits; null when it is none. */
  nameOf(span) {
    const found = ["word", "sentence", "turn", "answer"].find((name) => {
      const unit = this[name](span.start);
      return unit && sameSpan(unit, span);
    });
    return found ?? null;
  }

  /** The next larger unit around a span: word, sentence, turn, answer; the span itself at the top. */
  grow(span) {
    const lastPoint = Math.max(span.start, span.end - 1);
    for (const unit of [this.word, this.sentence, this.turn, this.answer]) {
      const first = unit.call(this, span.start);
      const last = unit.call(this, lastPoint);
      if (!first || !last) continue;
      const grown = { start: Math.min(first.start, span.start), end: Math.max(last.end, span.end) };
      if (holds(grown, span) && !sameSpan(grown, span)) return grown;
    }
    return span;
  }

  /** The next smaller unit at the start of a span; the span itself at the bottom. */
  shrink(span) {
    for (const unit of [this.turn, this.sentence, this.word]) {
      const smaller = unit.call(this, span.start);
      if (smaller && holds(span, smaller) && !sameSpan(smaller, span)) return smaller;
    }
    return span;
  }

  /** One letter as a person sees it further on (1) or back (-1). */
  letterFrom(point, direction) {
    const at = this.turnAt(point);
    const turn = this.turns[at];
    const index = turn.toIndex(point);
    if (direction > 0) {
      if (index >= turn.text.length) return this.turns[at + 1]?.start ?? turn.end;
      const found = this.letters.segment(turn.text).containing(index);
      return turn.toPoint(found.index + found.segment.length);
    }
    if (index <= 0) return this.turns[at - 1]?.end ?? turn.start;
    return turn.toPoint(this.letters.segment(turn.text).containing(index - 1).index);
  }

  /** The next word's end (1) or the previous word's start (-1). */
  wordFrom(point, direction) {
    const at = this.turnAt(point);
    const turn = this.turns[at];
    const segments = this.words.segment(turn.text);
    let index = turn.toIndex(point);
    while (direction > 0 ? index < turn.text.length : index > 0) {
      const found = segments.containing(direction > 0 ? index : index - 1);
      index = direction > 0 ? found.index + found.segment.length : found.index;
      if (found.isWordLike) return this.wordEdge(turn.toPoint(index), direction);
    }
    if (turn.toPoint(index) !== point) return turn.toPoint(index);
    const next = this.turns[at + direction];
    if (!next) return point;
    return direction > 0 ? this.wordFrom(next.start, 1) : this.wordFrom(next.end, -1);
  }

  /** How many words a span holds. Word starts are kept per turn: labels ask thousands of times. */
  countWords(start, end) {
    let total = 0;
    for (let i = this.turnAt(start); i < this.turns.length && this.turns[i].start < end; i++) {
      const turn = this.turns[i];
      const starts = this.startsIn(i);
      const from = turn.toIndex(start);
      const to = turn.toIndex(end);
      total += below(starts, to) - below(starts, from);
    }
    return total;
  }

  startsIn(i) {
    let starts = this.wordStarts.get(i);
    if (!starts) {
      starts = Array.from(this.turns[i].text.matchAll(WORD), ({ index }) => index);
      this.wordStarts.set(i, starts);
    }
    return starts;
  }

  /** The words of a span; turns are parted by a blank line, as in the revision. */
  textOf(start, end) {
    const parts = [];
    for (let i = this.turnAt(start); i < this.turns.length && this.turns[i].start < end; i++) {
      parts.push(this.turns[i].slice(start, end));
    }
    return parts.join("\n\n");
  }
}

function below(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
