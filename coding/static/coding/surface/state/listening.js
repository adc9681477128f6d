/** Events of the page -> acts. */

import { meaningOf, nameOf } from "../selection/keys.js";

const TYPING = "input:not([type=range]), textarea, select, [contenteditable]";

export class Listening {
  constructor({ acts, bar, panel, help, strip, player, settings, movement, selection, geometry, turns, codings, codebook, filter, view, brackets }) {
    Object.assign(this, { acts, bar, strip, settings, movement, selection, geometry, turns, codings, codebook, filter, view, brackets });
    this.does = {
      palette: () => this.acts.openPalette(),
      favourite: (name) => this.acts.favourite(name),
      inVivo: () => this.acts.codeInVivo(),
      repeat: () => this.acts.repeat(),
      undo: () => this.acts.takeBack(),
      redo: () => this.acts.doAgain(),
      grow: () => this.movement.grow(),
      shrink: () => this.movement.shrink(),
      clear: () => (panel.hasFocus ? this.leave(panel) : this.acts.clear()),
      next: () => this.acts.step(1),
      previous: () => this.acts.step(-1),
      recode: () => this.acts.onFocused("recode"),
      remove: () => this.acts.onFocused("remove"),
      memo: () => this.acts.onFocused("memo"),
      adjust: () => this.acts.onFocused("adjust"),
      join: () => this.acts.joinAsked(),
      correct: () => this.acts.correct(),
      codes: () => (panel.hasFocus ? this.leave(panel) : panel.focus()),
      help: () => help.open(),
      ...player?.does,
    };
  }

  /** Back from the codebook to the words. */
  leave(panel) {
    panel.open(false);
    this.acts.backToText();
  }

  start() {
    document.addEventListener("keydown", (event) => this.key(event));
    this.selection.listen();
    if (this.bar) this.selection.onChange((change) => this.bar.follow(change));
    this.codings.onChange(({ touched }) => {
      this.view.refresh(touched);
      this.strip.redraw();
    });
    this.codebook.onChange(() => this.view.all());
    this.filter.onChange(() => {
      this.view.all();
      this.strip.redraw();
    });
    this.margin();
  }

  margin() {
    const { article } = this.turns;
    const label = (event) => event.target.closest?.(".coding-label[data-group]");
    const lift = (event) => this.acts.lift(label(event) ? this.brackets.groupOf(label(event)) : this.acts.focusedGroup());
    article.addEventListener("pointerover", (event) => {
      lift(event);
      this.pointAtWords(event);
    });
    article.addEventListener("pointerleave", lift);
    article.addEventListener("focusin", lift);
    article.addEventListener("focusout", () => this.acts.lift(null));
    article.addEventListener("click", (event) => {
      const named = event.target.closest("[data-act]");
      if (named) this.does[named.dataset.act]();
      else if (label(event)) this.acts.openCard(label(event));
      else if (event.target.closest(".coding-more")) this.unfold(event);
    });
    article.addEventListener("pointermove", (event) => this.pointAtWords(event));
  }

  unfold(event) {
    const turn = this.turns.bySection.get(event.target.closest(".turn"));
    this.brackets.expand(turn);
    this.view.refresh([turn.index]);
  }

  /** Words under the pointer point back at their brackets. */
  pointAtWords(event) {
    if (event.pointerType === "touch" || event.buttons) return;
    this.pointing ||= requestAnimationFrame(() => {
      this.pointing = 0;
      const words = event.target.closest?.(".turn-text");
      const point = words ? this.geometry.pointUnder(event.clientX, event.clientY) : null;
      const rows = point === null ? [] : this.codings.at(point);
      const keys = new Set(rows.map((row) => `${row.start}-${row.end}-${row.code}`));
      for (const lit of this.turns.article.querySelectorAll(".coding[data-lit]")) {
        if (!keys.has(lit.lastElementChild.dataset.group)) delete lit.dataset.lit;
      }
      const turn = words && this.turns.bySection.get(words.closest(".turn"));
      for (const key of keys) {
        const item = this.brackets.buttonFor(turn, key)?.parentElement;
        if (item) item.dataset.lit = "";
      }
    });
  }

  key(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.(TYPING)) return;
    if (this.handled(event)) event.preventDefault();
  }

  handled(event) {
    const { active, onText, onCoding } = this.focus();
    if (this.acts.adjusting?.active && active === this.turns.article) return this.acts.adjusting.handleKey(event);
    const where = onCoding ? "coding" : onText ? "text" : "elsewhere";
    const name = nameOf(event);
    const entry = meaningOf(name, where, this.settings.get("letterKeys"));
    if (entry && this.does[entry.act]) {
      this.does[entry.act](name);
      return true;
    }
    return active === this.turns.article && this.movement.handle(event);
  }

  focus() {
    const active = document.activeElement;
    const onText = !active || active === document.body || active === this.turns.article;
    return { active, onText, onCoding: Boolean(active?.closest?.(".coding-label[data-group]")) };
  }
}
