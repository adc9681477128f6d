/** Between points of the revision and places on the screen. */

export class Geometry {
  constructor(turns, scroller) {
    this.turns = turns;
    this.scroller = scroller;
  }

  /** The upright line before a point, in window px. */
  caretBox(point) {
    const [node, offset] = this.turns.place(point);
    const range = document.createRange();
    range.setStart(node, offset);
    range.collapse(true);
    const box = range.getClientRects()[0];
    if (box) return this.afterWrap(node, offset, box) ?? box;
    // Some browsers give a collapsed range no box at a line's edge: borrow the neighbour's side.
    const length = node.length ?? 0;
    range.setStart(node, Math.max(0, offset - (offset >= length ? 1 : 0)));
    range.setEnd(node, Math.min(length, offset + (offset >= length ? 0 : 1)));
    const side = range.getBoundingClientRect();
    return new DOMRect(offset >= length ? side.right : side.left, side.top, 0, side.height);
  }

  /** A point where a line was wrapped is the start of the new line, though browsers draw it at the old one's end. */
  afterWrap(node, offset, { top, height }) {
    if (offset >= (node.length ?? 0)) return null;
    const range = document.createRange();
    range.setStart(node, offset);
    range.setEnd(node, Math.min(node.length, offset + 2));
    const next = range.getClientRects()[0];
    return next && next.top > top + height / 2 ? new DOMRect(next.left, next.top, 0, next.height) : null;
  }

  /** The box around a span, in window px. */
  spanBox({ start, end }) {
    const first = this.caretBox(start);
    const last = this.caretBox(end);
    return { top: first.top, left: first.left, bottom: last.bottom, right: last.right };
  }

  /** The point under a place in the window, or null. */
  pointUnder(x, y) {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && this.turns.pointAt(found.offsetNode, found.offset);
    }
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.turns.pointAt(range.startContainer, range.startOffset) : null;
  }

  /** The point one line further (1) or back (-1) at the same x; the document's edge when there is none. */
  lineFrom(point, direction, x) {
    const turn = this.turns.at(point);
    const caret = this.caretBox(point);
    const step = Math.max(8, caret.height);
    const y = direction > 0 ? caret.bottom + step / 2 : caret.top - step / 2;
    // The box of the words may be taller than its lines: the name beside them takes two.
    const last = this.caretBox(direction > 0 ? turn.end : turn.start);
    if (direction > 0 ? y < last.bottom : y > last.top) return this.onLine(turn, x, y) ?? point;
    const next = this.turns.list[turn.index + direction];
    if (!next) return direction > 0 ? turn.end : turn.start;
    const edge = this.caretBox(direction > 0 ? next.start : next.end);
    return this.onLine(next, x, edge.top + edge.height / 2) ?? (direction > 0 ? next.start : next.end);
  }

  onLine(turn, x, y) {
    const moved = this.reveal(y - 24, y + 24);
    const box = turn.words.getBoundingClientRect();
    const inside = Math.min(Math.max(x, box.left + 1), box.right - 1);
    const found = this.pointUnder(inside, y - moved);
    return found === null ? null : Math.min(Math.max(found, turn.start), turn.end);
  }

  /** The start (-1) or end (1) of the line that a point stands on. */
  lineEdge(point, direction) {
    const turn = this.turns.at(point);
    const caret = this.caretBox(point);
    const box = turn.words.getBoundingClientRect();
    const x = (getComputedStyle(turn.words).direction === "rtl") === direction < 0 ? box.right - 1 : box.left + 1;
    const found = this.pointUnder(x, caret.top + caret.height / 2);
    if (found === null) return point;
    const inside = Math.min(Math.max(found, turn.start), turn.end);
    // Behind the last space of a line begins the next line.
    const beyond = direction > 0 && this.caretBox(inside).top > caret.top + caret.height / 2;
    return beyond ? inside - 1 : inside;
  }

  /** Scroll just enough that a stretch of the window is in sight; returns how far. */
  reveal(top, bottom) {
    const view = this.scroller?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
    const style = getComputedStyle(this.turns.article);
    const upper = Math.max(view.top, 0) + (parseFloat(style.scrollMarginBlockStart) || 0);
    const lower = Math.min(view.bottom, innerHeight) - (parseFloat(style.scrollMarginBlockEnd) || 0);
    const distance = top < upper ? top - upper : Math.max(0, bottom - lower);
    if (!distance) return 0;
    const target = this.scroller ?? document.scrollingElement;
    const before = target.scrollTop;
    target.scrollTop = before + distance;
    return target.scrollTop - before;
  }

  revealPoint(point) {
    const box = this.caretBox(point);
    this.reveal(box.top - 32, box.bottom + 32);
  }

  /** Words at the foot of the window come up from behind the line that tells of them. */
  clearOfLine(point) {
    const box = this.caretBox(point);
    if (box.top < innerHeight) this.reveal(box.top, box.bottom);
  }

  /** Bring a far point to the middle of the window; twice, since far turns only guess their height. */
  goTo(point) {
    for (let pass = 0; pass < 2; pass++) {
      const box = this.caretBox(point);
      const target = this.scroller ?? document.scrollingElement;
      const view = this.scroller?.clientHeight ?? innerHeight;
      target.scrollTop += box.top - (this.scroller?.getBoundingClientRect().top ?? 0) - view / 2;
    }
  }
}
