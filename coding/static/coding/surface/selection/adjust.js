/** Moving the ends of a coding: arrow keys or two handles, saved or cancelled as one act. */

import { say, sayCount } from "../model/wording.js";
import { element } from "../rendering/element.js";

export class Adjust {
  constructor({ turns, units, painter, geometry, selection, verbs }) {
    Object.assign(this, { turns, units, painter, geometry, selection, verbs, article: turns.article });
    this.row = null;
    this.handles = ["start", "end"].map((side) => this.handle(side));
    this.bar = element(
      "div", { class: "mode-bar", role: "group", "aria-label": say("adjust.title"), hidden: true },
      element("span", { class: "mode-hint", text: say("adjust.hint") }),
      element("button", { type: "button", class: "act", text: say("cancel"), on: { click: () => this.finish(false) } }),
      element("button", { type: "button", class: "act-strong", text: say("save"), on: { click: () => this.finish(true) } }),
    );
    this.article.after(this.bar);
  }

  handle(side) {
    const made = element("span", { class: `handle handle-${side}`, "aria-hidden": "true", hidden: true });
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
    });
    made.addEventListener("pointermove", (event) => {
      if (made.hasPointerCapture(event.pointerId)) this.drag(side, event);
    });
    this.article.append(made);
    return made;
  }

  get active() {
    return this.row !== null;
  }

  /** @param tell (text) what happens, aloud; @param done called when the person has saved or cancelled */
  begin(row, { tell, done }) {
    Object.assign(this, { row, tell, done });
    this.span = { start: row.start, end: row.end };
    this.bar.hidden = false;
    this.article.focus({ preventScroll: true });
    this.geometry.revealPoint(row.start);
    this.show();
    this.selection.drawCaret(false);
    this.tell(say("adjust.begun"));
  }

  handleKey(event) {
    if (event.key === "Enter") this.finish(true);
    else if (event.key === "Escape") this.finish(false);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.move(event);
    else return false;
    return true;
  }

  move(event) {
    const side = event.shiftKey ? "start" : "end";
    const direction = event.key === "ArrowRight" ? 1 : -1;
    const step = event.altKey ? this.units.letterFrom : this.units.wordFrom;
    this.put(side, step.call(this.units, this.span[side], direction), event.altKey);
    const words = sayCount("words", this.units.countWords(this.span.start, this.span.end));
    this.tell(say("adjust.moved", { quote: ending(this.units, this.span, side), words }));
  }

  put(side, point, exact) {
    const next = { ...this.span, [side]: point };
    if (next.start >= next.end) return;
    const whole = exact ? this.units.trim(next.start, next.end) : this.units.snap(next.start, next.end);
    if (!whole) return;
    this.span = { ...this.span, [side]: whole[side] };
    this.show();
    this.geometry.revealPoint(this.span[side]);
  }

  drag(side, event) {
    // The handle itself lies under the finger: look at the words beneath it.
    this.handles.forEach((handle) => handle.classList.add("dragging"));
    const point = this.geometry.pointUnder(event.clientX, event.clientY);
    this.handles.forEach((handle) => handle.classList.remove("dragging"));
    if (point !== null) this.put(side, point, event.altKey);
  }

  show() {
    this.painter.show("adjusted", [this.span]);
    const origin = this.article.getBoundingClientRect();
    ["start", "end"].forEach((side, i) => {
      const box = this.geometry.caretBox(this.span[side]);
      const handle = this.handles[i];
      handle.hidden = false;
      handle.style.translate = `${box.left - origin.left}px ${box.top - origin.top}px`;
      handle.style.blockSize = `${box.height}px`;
    });
  }

  finish(save) {
    const { row, span } = this;
    if (!row) return;
    this.row = null;
    this.bar.hidden = true;
    this.painter.show("adjusted", []);
    for (const handle of this.handles) handle.hidden = true;
    if (save) this.verbs.adjust(row, span);
    this.tell(say(save ? "adjust.saved" : "adjust.cancelled"));
    this.done();
  }
}

function ending(units, { start, end }, side) {
  const text = units.textOf(start, end).split(/\s+/u);
  return (side === "start" ? text.slice(0, 3) : text.slice(-3)).join(" ");
}
