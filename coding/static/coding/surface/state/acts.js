/** What keys, buttons and clicks ask for, said in terms of the parts of the page. */

import { say, sayCount } from "../model/wording.js";
import { hintOf } from "../selection/keys.js";

export class Acts {
  /**
   * @param leads whether this person may change what others have coded
   * @param adjusting, bar, correcting, memo, palette are null for someone who only reads
   */
  constructor({
    canCode, canAdd, leads, me, turns, units, codings, codebook, coders, settings, verbs, voice, status,
    selection, geometry, painter, brackets, view, adjusting, bar, card, correcting, memo, palette,
  }) {
    Object.assign(this, { canCode, canAdd, leads, me, turns, units, codings, codebook, coders, settings, verbs, voice, status });
    Object.assign(this, { selection, geometry, painter, brackets, view, adjusting, bar, card, correcting, memo, palette });
    this.lastSaid = "";
  }

  /** The span to code; without a selection, the word under the caret. */
  spanToCode() {
    const { selection, units } = this;
    if (!selection.span) {
      const word = units.word(selection.point);
      if (word) selection.setSpan(word);
    }
    return selection.span;
  }

  openPalette() {
    const span = this.canCode && this.spanToCode();
    if (!span) return;
    this.bar.hide();
    this.palette.open({
      box: this.geometry.spanBox(span),
      words: this.units.textOf(span.start, span.end),
      picked: (code, stays) => this.codeSpan(span, code, !stays),
      named: (name, stays) => this.codeSpan(span, this.verbs.codeInVivo(name), !stays),
      spoken: () => this.lastSaid,
      closed: () => this.backToText(),
    });
  }

  backToText() {
    this.turns.article.focus({ preventScroll: true });
    this.selection.set(this.selection.anchor, this.selection.focus, { exact: this.selection.exact });
  }

  /** @param lets whether the selection is let go, so that the new colour can be seen */
  codeSpan(span, code, lets = false) {
    this.status.hush();
    const row = this.verbs.code(span, code.id);
    const words = sayCount("words", this.units.countWords(span.start, span.end));
    const said = row ? say("said.coded", { name: code.name, words }) : say("said.already", { name: code.name });
    this.geometry.clearOfLine(span.end);
    this.announce([said, row && this.doubt(row, code)].filter(Boolean).join(". "));
    if (lets) this.selection.collapse(span.end);
    this.bar.hide();
  }

  /** What is usually a slip is done all the same and asked about: twice the same code, the interviewer's own words. */
  doubt(row, code) {
    const other = this.codings.overlapping(row);
    if (other) {
      const text = say("said.overlaps", { name: code.name });
      this.status.ask(text, [
        { text: say("overlap.join"), key: hintOf("join", this.settings.get("letterKeys")), act: () => this.join(other, row) },
        { text: say("overlap.keep"), act: () => this.turns.article.focus({ preventScroll: true }) },
      ]);
      return text;
    }
    if (!this.turns.asksAll(row.start, row.end)) return null;
    const text = say("said.interviewer");
    this.status.mention(text);
    return text;
  }

  /** The earlier coding takes the words of the later one, which goes. */
  join(first, second) {
    const done = this.verbs.join(first, second);
    this.afterAct(done ? say("said.joined", { name: this.nameOf(first) }) : say("said.changedSince", { act: say("undo.joined") }));
    this.turns.article.focus({ preventScroll: true });
  }

  /** The question that stands in the quiet line, answered by its key. */
  joinAsked() {
    const act = this.status?.taken();
    if (act) act();
  }

  announce(text) {
    this.lastSaid = text;
    this.voice.say(text);
  }

  /** Use a code on the selection. @returns false when nothing is selected */
  codeSelection(code) {
    const span = this.canCode ? this.selection.span : null;
    if (!span) return false;
    this.codeSpan(span, code);
    return true;
  }

  favourite(key) {
    this.codeAtOnce(this.codebook.withShortcut(key));
  }

  codeInVivo() {
    const { span } = this.selection;
    if (!this.canCode || !this.canAdd) return;
    if (!span) return this.announce(say("said.selectFirst"));
    this.codeSpan(span, this.verbs.codeInVivo(this.units.textOf(span.start, span.end)), true);
  }

  repeat() {
    this.codeAtOnce(this.codebook.get(this.settings.recents[0]));
  }

  /** One key and no question: only on words that the person has chosen. */
  codeAtOnce(code) {
    if (!code || !this.canCode) return;
    if (!this.codeSelection(code)) this.announce(say("said.selectFirst"));
  }

  /** Undo and redo, with what was undone said aloud. */
  takeBack() {
    this.afterReplay(this.canCode ? this.verbs.takeBack() : null, "said.undone", "said.nothingToUndo");
  }

  doAgain() {
    this.afterReplay(this.canCode ? this.verbs.doAgain() : null, "said.redone", "said.nothingToRedo");
  }

  afterReplay(act, done, nothing) {
    this.afterAct(act ? say(act.done ? done : "said.changedSince", { act: say(act.label) }) : say(nothing));
  }

  /** Said aloud and shown. */
  afterAct(text) {
    this.announce(text);
    this.status?.mention(text);
  }

  /** The next (1) or previous (-1) group after the one in focus, else after the caret. */
  step(direction) {
    const groups = this.brackets.inOrder();
    if (!groups.length) return this.announce(say("said.noCodings"));
    const from = this.focusedGroup();
    let at = from ? groups.findIndex((group) => group.key === from.key) : -1;
    if (at >= 0) at += direction;
    else {
      const after = groups.findIndex((group) => group.start >= this.selection.point);
      at = direction > 0 ? after : (after < 0 ? groups.length : after) - 1;
    }
    if (at < 0 || at >= groups.length) return this.announce(say(direction > 0 ? "said.lastCoding" : "said.firstCoding"));
    this.focusGroup(groups[at]);
  }

  focusedGroup() {
    const button = document.activeElement?.closest?.(".coding-label[data-group]");
    return button ? this.brackets.groupOf(button) : null;
  }

  /** Bring the bracket of a coding or group into sight and give it focus. */
  focusGroup({ start, end, code }) {
    const turn = this.turns.at(start);
    const key = `${start}-${end}-${code}`;
    this.geometry.revealPoint(start);
    this.view.ensure(turn);
    if (!this.brackets.buttonFor(turn, key)) {
      this.brackets.expand(turn);
      this.view.refresh([turn.index]);
    }
    this.view.near.add(turn.index);
    this.view.flush();
    const button = this.brackets.buttonFor(turn, key);
    button?.focus({ preventScroll: true });
    const box = button?.getBoundingClientRect();
    if (box) this.geometry.reveal(box.top - 24, box.bottom + 24);
    this.selection.focus = start;
    this.selection.anchor = start;
  }

  lift(group) {
    const colour = this.codebook.get(group?.code)?.colour ?? 0;
    this.painter.show("lift", group ? [group] : [], colour);
  }

  openCard(button) {
    const group = this.brackets.groupOf(button);
    if (!group) return;
    const mine = this.changeable(group);
    this.card.open({ group, mine, acts: this.onCodings(), box: button.getBoundingClientRect(), closed: () => this.focusGroup(group) });
  }

  /** The codings of a group that this person may change, their own first. */
  changeable({ rows }) {
    if (!this.canCode) return [];
    const own = rows.filter((row) => row.coder === this.me);
    return this.leads ? [...own, ...rows.filter((row) => row.coder !== this.me)] : own;
  }

  /** The one coding that a key on the focused bracket means, or a word about why there is none. */
  meant() {
    const group = this.focusedGroup();
    if (!group || !this.canCode) return null;
    const [first, second] = this.changeable(group);
    if (!first) this.announce(say("said.notYours"));
    else if (first.coder !== this.me && second) this.announce(say("said.whose"));
    else return first;
    return null;
  }

  /** What is said about somebody else's coding names them. */
  about({ coder }, text) {
    return coder === this.me ? text : say("said.others", { said: text, name: this.coders.get(coder)?.name ?? "?" });
  }

  /** What the card's buttons and the keys on a bracket do. */
  onCodings() {
    return {
      recode: (row) => this.recode(row),
      direct: (row, direction) => this.verbs.direct(row, direction),
      adjust: (row) => this.adjusting.begin(row, {
        tell: (text) => this.announce(this.about(row, text)), done: () => this.focusAgain(row.id),
      }),
      memo: (row) => this.memo.open(row, this.nameOf(row), () => this.focusAgain(row.id)),
      remove: (row) => this.remove(row),
      agree: (group) => this.codeSpan({ start: group.start, end: group.end }, this.codebook.get(group.code)),
    };
  }

  onFocused(act) {
    const row = this.meant();
    if (row) this.onCodings()[act](row);
  }

  nameOf(row) {
    return this.codebook.get(row.code)?.name ?? say("code.unknown");
  }

  focusAgain(id) {
    const row = this.codings.get(id);
    if (row) this.focusGroup(row);
  }

  recode(row) {
    const words = this.units.textOf(row.start, row.end);
    const to = (code) => {
      this.status.hush();
      this.verbs.recode(row, code.id);
      this.announce(this.about(row, say("said.recoded", { name: code.name })));
    };
    this.palette.open({
      box: this.geometry.spanBox(row), words, picked: to,
      named: (name) => to(this.verbs.codeInVivo(name)), closed: () => this.focusAgain(row.id),
    });
  }

  remove(row) {
    const name = this.nameOf(row);
    this.verbs.remove(row);
    this.afterAct(this.about(row, say("said.removed", { name })));
    this.turns.article.focus({ preventScroll: true });
    this.selection.collapse(row.start);
  }

  /** The words of the turn with the caret in it. */
  correct() {
    if (!this.correcting) return;
    this.bar.hide();
    this.correcting.open(this.turns.at(this.selection.point), () => this.backToText());
  }

  /** What was corrected before the page was loaded anew: said where it was done. */
  tellCorrected([number, waiting]) {
    const turn = this.turns.list.find((each) => each.number === number);
    if (!turn) return;
    this.turns.article.focus({ preventScroll: true });
    this.selection.collapse(turn.start);
    const done = say("correct.done", { n: number });
    this.afterAct(waiting ? `${done}. ${sayCount("correct.waiting", waiting)}` : done);
  }

  clear() {
    const onBracket = this.focusedGroup();
    this.status?.hush();
    if (onBracket) this.turns.article.focus({ preventScroll: true });
    this.selection.collapse(onBracket ? onBracket.start : this.selection.point);
    this.bar?.hide();
  }
}
