/**
 * What is selected, in points, and the caret for keyboards. The browser's own selection is kept in
 * step, so that copying works; the highlight `selected` keeps it visible while a dialog has focus.
 */

import { element } from "../rendering/element.js";

const SETTLE_MS = 140;

export class Selection {
  constructor({ turns, units, painter, geometry }) {
    Object.assign(this, { turns, units, painter, geometry, article: turns.article });
    this.anchor = null;
    this.focus = null;
    this.exact = false;
    this.listeners = new Set();
    this.caret = element("span", { class: "caret", "aria-hidden": "true", hidden: true });
    this.article.append(this.caret);
    this.pointer = null;
  }

  /** {start, end} of the selected words, whole unless taken letter by letter; null when nothing is. */
  get span() {
    if (this.anchor === null || this.anchor === this.focus) return null;
    const start = Math.min(this.anchor, this.focus);
    const end = Math.max(this.anchor, this.focus);
    return this.exact ? this.units.trim(start, end) : this.units.snap(start, end);
  }

  /** Where the caret stands; the first point when the reader has not been anywhere yet. */
  get point() {
    return this.focus ?? this.turns.list[0]?.start ?? 0;
  }

  set(anchor, focus, { exact = false, by = "keys" } = {}) {
    this.anchor = anchor;
    this.focus = focus;
    this.exact = exact;
    const { span } = this;
    this.painter.show("selected", span ? [span] : []);
    if (by !== "touch") this.syncBrowser(span);
    this.drawCaret(by === "keys");
    for (const listener of this.listeners) listener({ span, by });
  }

  setSpan({ start, end }, by = "keys") {
    this.set(start, end, { exact: true, by });
  }

  collapse(point = this.point) {
    this.set(point, point);
  }

  syncBrowser(span) {
    const native = document.getSelection();
    if (document.activeElement !== this.article && document.activeElement !== document.body) return;
    if (!span) {
      native.collapse(...this.turns.place(this.focus));
      return;
    }
    const forward = this.anchor <= this.focus;
    const places = [this.turns.place(span.start), this.turns.place(span.end)];
    if (!forward) places.reverse();
    native.setBaseAndExtent(...places[0], ...places[1]);
  }

  drawCaret(visible = !this.caret.hidden) {
    this.caret.hidden = !visible || this.focus === null;
    if (this.caret.hidden) return;
    const box = this.geometry.caretBox(this.focus);
    const origin = this.article.getBoundingClientRect();
    this.caret.style.translate = `${box.left - origin.left - 1}px ${box.top - origin.top}px`;
    this.caret.style.blockSize = `${box.height}px`;
    // A fresh animation keeps the caret lit while it moves.
    for (const animation of this.caret.getAnimations()) animation.currentTime = 0;
  }

  /** Listen to mouse, pen, touch, and whatever else moves the browser's selection. */
  listen() {
    let timer = 0;
    this.article.addEventListener("pointerdown", (event) => {
      clearTimeout(timer);
      this.pointer = event.pointerType;
      // Else the browser would drag the selected words away, where a person means to select anew.
      const anew = event.pointerType !== "touch" && event.button === 0 && !event.shiftKey;
      if (anew && event.target.closest(".turn-text")) document.getSelection().removeAllRanges();
    });
    addEventListener("pointerup", (event) => {
      if (this.pointer === null) return;
      this.pointer = null;
      // The browser moves its selection after this event.
      setTimeout(() => this.readBrowser(event.pointerType === "touch" ? "touch" : "mouse", event.altKey), 0);
    });
    addEventListener("pointercancel", () => (this.pointer = null));
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      if (this.pointer === "mouse" || this.pointer === "pen") return;
      timer = setTimeout(() => this.readBrowser("touch"), SETTLE_MS);
    });
    this.article.addEventListener("focus", () => {
      if (!this.article.matches(":focus-visible")) return;
      this.set(this.anchor ?? this.point, this.point, { exact: this.exact });
    });
    this.article.addEventListener("blur", () => (this.caret.hidden = true));
  }

  readBrowser(by, exact = false) {
    const native = document.getSelection();
    const inWords = (node) => node && (node.parentElement?.closest(".turn-text") || node.closest?.(".doc"));
    if (!native.rangeCount || !inWords(native.anchorNode)) return;
    const anchor = this.turns.pointAt(native.anchorNode, native.anchorOffset);
    const focus = this.turns.pointAt(native.focusNode, native.focusOffset);
    if (anchor === null || focus === null || this.showsAlready(anchor, focus)) return;
    this.set(anchor, focus, { exact, by });
  }

  showsAlready(anchor, focus) {
    const { span } = this;
    if (!span) return anchor === focus && focus === this.focus;
    return span.start === Math.min(anchor, focus) && span.end === Math.max(anchor, focus);
  }

  onChange(listener) {
    this.listeners.add(listener);
  }
}
