/**
 * Decides when a turn is painted. Turns near the window are painted in the next frame, all reads
 * before all writes; turns far away get their list of codings when the browser is idle (a screen
 * reader may be there) and no paint at all.
 */

import { segmentsOf } from "./segments.js";

const IDLE_SLICE_MS = 8;
const LETTERS_A_LINE = 68;
const LINE = 28.4;
const SPACE = 18;

export class View {
  constructor({ turns, codings, codebook, filter, painter, brackets, scroller, isNarrow }) {
    Object.assign(this, { turns, codings, codebook, filter, painter, brackets, scroller, isNarrow });
    this.near = new Set();
    this.stale = new Set(turns.list.keys());
    this.unlisted = new Set(turns.list.keys());
    this.frame = 0;
    this.idle = 0;
  }

  /** The first window, at once. */
  start() {
    this.guessHeights();
    this.first();
  }

  /** From now on whatever comes near the window. Not before the first window is on the screen. */
  watch() {
    const observer = new IntersectionObserver((entries) => this.moved(entries), {
      root: this.scroller, rootMargin: "100% 0px", threshold: 0,
    });
    for (const turn of this.turns.list) observer.observe(turn.section);
    const { article } = this.turns;
    let width = article.clientWidth;
    new ResizeObserver(() => {
      if (article.clientWidth === width) return;
      width = article.clientWidth;
      this.all();
    }).observe(article);
    // Words in their own face stand elsewhere than in its stand-in.
    if (document.fonts?.status === "loading") document.fonts.ready.then(() => this.all());
    addEventListener("beforeprint", () => this.everything());
    addEventListener("afterprint", () => this.all());
  }

  /** Turns that were never laid out count with a guess: without it the scroll bar would jump. */
  guessHeights() {
    for (const turn of this.turns.list) {
      const lines = Math.ceil((turn.text.length + 1) / LETTERS_A_LINE);
      turn.section.style.containIntrinsicBlockSize = `auto ${lines * LINE + SPACE}px`;
    }
  }

  /** Paint the first window at once: the observer reports only after a frame. */
  first() {
    for (const turn of this.turns.list) {
      if (turn.section.getBoundingClientRect().top > innerHeight) break;
      this.near.add(turn.index);
    }
    this.flush();
  }

  moved(entries) {
    for (const { target, isIntersecting } of entries) {
      const turn = this.turns.bySection.get(target);
      if (isIntersecting) this.near.add(turn.index);
      else if (this.near.delete(turn.index)) {
        this.painter.forget(turn);
        this.stale.add(turn.index);
      }
    }
    this.schedule();
  }

  /** These turns have changed. */
  refresh(indexes) {
    for (const index of indexes) {
      this.stale.add(index);
      this.unlisted.add(index);
    }
    this.schedule();
  }

  all() {
    this.refresh(this.turns.list.keys());
  }

  schedule() {
    this.frame ||= requestAnimationFrame(() => this.flush());
  }

  flush() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const due = [...this.near].filter((index) => this.stale.has(index)).map((index) => this.turns.list[index]);
    this.render(due);
    if (this.unlisted.size) this.idle ||= whenIdle(() => this.list());
  }

  render(due) {
    const narrow = this.isNarrow();
    const measures = due.map((turn) => (narrow ? null : this.brackets.measure(turn)));
    due.forEach((turn, i) => {
      this.painter.paint(turn, this.segments(turn));
      this.brackets.build(turn, measures[i]);
      this.stale.delete(turn.index);
      this.unlisted.delete(turn.index);
    });
  }

  segments(turn) {
    const rows = this.codings.inTurn(turn.index).filter((row) => this.filter.shows(row));
    const coloured = rows.map(({ start, end, code }) => ({ start, end, colour: this.codebook.get(code)?.colour ?? 0, key: `${start}-${end}-${code}` }));
    return segmentsOf(coloured, turn.start, turn.end);
  }

  list() {
    this.idle = 0;
    const until = performance.now() + IDLE_SLICE_MS;
    for (const index of this.unlisted) {
      this.brackets.build(this.turns.list[index], null);
      this.unlisted.delete(index);
      if (performance.now() > until) break;
    }
    if (this.unlisted.size) this.idle = whenIdle(() => this.list());
  }

  /** Make sure that a turn is painted now, wherever it stands: something in it is about to get focus. */
  ensure(turn) {
    if (this.stale.has(turn.index)) this.render([turn]);
  }

  /** Paper shows the whole document. */
  everything() {
    this.render(this.turns.list);
  }
}

function whenIdle(work) {
  return globalThis.requestIdleCallback ? requestIdleCallback(work, { timeout: 2000 }) : setTimeout(work, 60);
}
