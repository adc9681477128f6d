/**
 * The one place where the two ways of counting meet.
 *
 * The server counts Unicode code points of the whole revision; the DOM counts UTF-16 units of one
 * text node. Everything else on the surface speaks code points ("points") and asks here.
 */

const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** UTF-16 indexes of the characters that take two units, or null when there are none. */
export function astralIndexes(text) {
  if (!HIGH_SURROGATE.test(text)) return null;
  const found = [];
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(i + 1);
    if (next >= 0xdc00 && next <= 0xdfff) found.push(i++);
  }
  return found.length ? found : null;
}

function countWhere(length, isBefore) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One turn's words and where they stand in the revision: [start, end) in points. */
export class TurnText {
  constructor(text, start, end = null) {
    this.text = text;
    this.start = start;
    // Null is the fast path of nearly every turn: both ways of counting are the same there.
    this.astral = astralIndexes(text);
    this.end = start + text.length - (this.astral?.length ?? 0);
    if (end !== null && this.end !== end) {
      throw new RangeError(`turn at ${start}: ${this.end - start} points in the page, ${end - start} announced`);
    }
  }

  /** Point of the revision -> index into `text`; outside the turn it is clamped to the nearer edge. */
  toIndex(point) {
    const local = Math.min(Math.max(point, this.start), this.end) - this.start;
    const { astral } = this;
    if (!astral) return local;
    return local + countWhere(astral.length, (k) => astral[k] - k < local);
  }

  /** Index into `text` -> point; an index inside a surrogate pair is that character's own point. */
  toPoint(index) {
    const local = Math.min(Math.max(index, 0), this.text.length);
    const { astral } = this;
    if (!astral) return this.start + local;
    return this.start + local - countWhere(astral.length, (k) => astral[k] < local);
  }

  /** The words between two points of this turn. */
  slice(start, end) {
    return this.text.slice(this.toIndex(start), this.toIndex(end));
  }
}

function onlyTextNode(element) {
  const node = element.firstChild;
  return node && !node.nextSibling && node.nodeType === 3 ? node : null;
}

function* textNodes(element) {
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  while (walker.nextNode()) yield walker.currentNode;
}

/** Point -> [text node, UTF-16 offset] inside the element that holds the turn's words. */
export function placeOf(turn, element, point) {
  const index = turn.toIndex(point);
  const single = onlyTextNode(element);
  if (single) return [single, index];
  // The painter without highlights splits the words over several nodes.
  let rest = index;
  let last = null;
  for (const node of textNodes(element)) {
    if (rest <= node.length) return [node, rest];
    rest -= node.length;
    last = node;
  }
  return last ? [last, last.length] : [element, 0];
}

/** [node, UTF-16 offset] inside the turn's element -> point. */
export function pointOf(turn, element, node, offset) {
  if (onlyTextNode(element) === node) return turn.toPoint(offset);
  let before = 0;
  if (node.nodeType === 3) {
    for (const other of textNodes(element)) {
      if (other === node) return turn.toPoint(before + offset);
      before += other.length;
    }
    return turn.start;
  }
  const stop = node.childNodes[offset] ?? null;
  if (!stop && node === element) return turn.end;
  for (const other of textNodes(element)) {
    if (stop ? stop.compareDocumentPosition(other) & 4 || stop.contains(other) : !node.contains(other)) break;
    before += other.length;
  }
  return turn.toPoint(before);
}
