/**
 * Correcting what a turn says. Whatever is coded on words that change is shown before anything is
 * saved, with its old and its new words: the person says for each whether it stands on the new
 * ones, stays unplaced or is removed. The server decides what is touched; here it is asked.
 */

import { freshId } from "../model/identity.js";
import { say, sayCount } from "../model/wording.js";
import { element, uniqueId } from "../rendering/element.js";
import { changedPart } from "../text/edits.js";

/** What can become of a coding whose words change; the first that fits is proposed. */
const WAYS = { accept: "correct.accept", wait: "correct.wait", drop: "correct.drop" };
const TOLD = "work.corrected";

export class CorrectDialog {
  /** @param leave () => void: the text is another one now, so the page is loaded again */
  constructor({ host, api, queue, turns, codebook, document, revision, leave }) {
    Object.assign(this, { api, queue, turns, codebook, document, revision, leave });
    this.drafts = new Map();
    this.area = element("textarea", { rows: "9", spellcheck: "true", "aria-label": say("correct.label"), lang: turns.article.lang });
    this.touched = element("div", { class: "correct-touched" });
    this.message = element("p", { class: "correct-message", role: "status" });
    this.save = element("button", { type: "submit", class: "act-strong" });
    this.cancel = element("button", { type: "button", class: "act", on: { click: () => this.back() } });
    this.title = element("h2");
    this.form = element("form", { method: "dialog", novalidate: true }, this.title, this.area, this.touched, this.message,
      element("footer", {}, this.cancel, this.save));
    this.dialog = element("dialog", { class: "correct-dialog", "aria-label": say("correct.label") }, this.form);
    this.dialog.addEventListener("cancel", () => this.lay());
    this.dialog.addEventListener("close", () => this.closed());
    this.closed = () => {};
    host.append(this.dialog);
    addEventListener("beforeunload", (event) => {
      if (this.drafts.size || (this.dialog.open && this.edit)) event.preventDefault();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
  }

  open(turn, closed) {
    Object.assign(this, { turn, closed });
    this.title.textContent = say("correct.title", { n: turn.number });
    this.area.value = this.drafts.get(turn.number) ?? turn.text;
    this.write();
    this.dialog.showModal();
    this.area.focus();
  }

  /** What was changed, in code points of the revision; null when nothing was. */
  get edit() {
    return changedPart(this.turn.text, this.area.value, this.turn.start);
  }

  /** The first of the two steps: the words. */
  write() {
    this.look = null;
    this.area.hidden = false;
    this.touched.replaceChildren();
    this.tell("");
    this.save.textContent = say("save");
    this.cancel.textContent = say("cancel");
  }

  tell(text) {
    this.message.textContent = text;
  }

  /** Closed without a decision: the words are there when the turn is opened again. */
  lay() {
    if (this.edit) this.drafts.set(this.turn.number, this.area.value);
    else this.drafts.delete(this.turn.number);
  }

  back() {
    if (this.look) {
      this.write();
      this.area.focus();
      return;
    }
    this.drafts.delete(this.turn.number);
    this.area.value = this.turn.text;
    this.dialog.close();
  }

  async submit() {
    if (this.busy) return;
    const { edit } = this;
    if (!edit) return this.back();
    // A coding on its way was made on this text: it has to arrive before the text is another one.
    if (this.queue.commands.length) return this.tell(say("correct.unsent"));
    this.busy = true;
    this.tell(say("correct.working"));
    if (this.look) await this.send(edit);
    else await this.ask(edit);
    this.busy = false;
  }

  async ask(edit) {
    const answer = await this.post("revisions/look", { base_revision: this.revision, edits: [edit] });
    if (answer.status !== 200) return this.refused(answer);
    this.look = answer.body.doubtful;
    // The same correction keeps its id, so that sending it twice makes it once.
    this.id = freshId();
    if (!this.look.length) return this.send(edit);
    this.choose();
  }

  /** The second step: what is coded on the words that change. */
  choose() {
    this.area.hidden = true;
    this.touched.replaceChildren(
      element("p", { text: sayCount("correct.touched", this.look.length) }),
      ...this.look.map((each) => this.choice(each)),
    );
    this.tell("");
    this.save.textContent = say("correct.save");
    this.cancel.textContent = say("correct.back");
    this.touched.querySelector("input")?.focus();
  }

  choice(each) {
    const names = [...new Set(each.codings.map((coding) => coding.code_name))].join(", ");
    const coders = [...new Set(each.codings.map((coding) => coding.coder))].join(", ");
    const lang = this.turns.article.lang;
    const group = element("fieldset", { data: { excerpt: each.excerpt } },
      element("legend", { text: names || say("correct.cited") }),
      coders && element("p", { class: "faint", text: coders }),
      element("del", { lang, text: each.was.quote }),
      each.now ? element("ins", { lang, text: each.now.quote }) : element("p", { class: "faint", text: say("correct.gone") }));
    if (!each.mine) {
      group.append(element("p", { class: "faint", text: say("correct.others") }));
      return group;
    }
    const name = uniqueId("correct");
    const ways = [each.now && "accept", "wait", each.codings.length && "drop"].filter(Boolean);
    group.append(...ways.map((way, i) => element("label", {},
      element("input", { type: "radio", name, value: way, checked: i === 0 }), element("span", { text: say(WAYS[way]) }))));
    return group;
  }

  chosen(way) {
    return [...this.touched.querySelectorAll(`input[value=${way}]:checked`)].map((input) => input.closest("fieldset").dataset.excerpt);
  }

  async send(edit) {
    const answer = await this.post("revisions", {
      id: this.id, base_revision: this.revision, edits: [edit], accept: this.chosen("accept"), drop: this.chosen("drop"),
    });
    if (answer.status !== 200 && answer.status !== 201) return this.refused(answer);
    this.drafts.delete(this.turn.number);
    this.area.value = this.turn.text;
    // What was corrected is said on the page that shows it: numbers only, no words.
    keep(JSON.stringify([this.turn.number, answer.body.unplaced]));
    this.leave(this.turn);
  }

  post(path, body) {
    return this.api.send({ method: "POST", path: `documents/${this.document}/${path}`, body });
  }

  /** Nothing was saved, and what was written stays in the field. */
  refused({ status, body }) {
    const look = this.look;
    this.write();
    if (look) this.area.focus();
    const theirs = body?.code === "revision_behind" && body.turns?.find((each) => each.number === this.turn.number)?.theirs;
    if (theirs) {
      this.touched.replaceChildren(
        element("p", { text: say("correct.theirs") }),
        element("blockquote", { lang: this.turns.article.lang, text: theirs }),
      );
    }
    this.tell(body?.title ?? say(status === 0 ? "correct.offline" : "correct.failed"));
  }
}

function keep(told) {
  try {
    sessionStorage.setItem(TOLD, told);
  } catch {
    // Storage is forbidden: the page says nothing, the text is corrected all the same.
  }
}

/** What was corrected just before the page was loaded: [turn number, unplaced excerpts], once. */
export function correctedJustNow() {
  try {
    const told = JSON.parse(sessionStorage.getItem(TOLD));
    sessionStorage.removeItem(TOLD);
    return told;
  } catch {
    return null;
  }
}
