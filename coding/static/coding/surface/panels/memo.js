/**
 * The memo on a coding: a textarea; Ctrl+Enter saves. The text is fetched when it is asked for.
 * Escape throws nothing away: what was written stands there when the memo is opened again.
 */

import { say } from "../model/wording.js";
import { element } from "../rendering/element.js";

export class MemoDialog {
  constructor({ host, api, verbs, queue, voice, status }) {
    Object.assign(this, { api, verbs, queue, voice, status });
    this.drafts = new Map();
    this.area = element("textarea", { rows: "7", "aria-label": say("memo.label") });
    this.message = element("p", { class: "faint", role: "status" });
    this.save = element("button", { type: "submit", class: "act-strong", text: say("save") });
    this.title = element("h2");
    this.form = element("form", { method: "dialog" }, this.title, this.area, this.message,
      element("footer", {}, element("button", { type: "button", class: "act", text: say("cancel"), on: { click: () => this.discard() } }), this.save));
    this.dialog = element("dialog", { class: "memo-dialog", "aria-label": say("memo.label") }, this.form);
    this.dialog.addEventListener("cancel", () => this.lay());
    this.dialog.addEventListener("close", () => this.closed());
    addEventListener("beforeunload", (event) => {
      if (this.drafts.size) event.preventDefault();
    });
    this.closed = () => {};
    host.append(this.dialog);
    this.form.addEventListener("submit", () => this.submit());
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
  }

  async open(row, name, closed) {
    this.row = row;
    this.closed = closed;
    this.title.textContent = say("memo.title", { name });
    this.area.value = "";
    this.message.textContent = "";
    this.dialog.showModal();
    this.area.focus();
    if (row.hasMemo) await this.load(row);
    this.loaded = this.area.value;
    if (this.drafts.has(row.id) && !this.area.readOnly) {
      this.area.value = this.drafts.get(row.id);
      this.message.textContent = say("memo.again");
    }
  }

  get written() {
    return !this.area.readOnly && this.area.value.trim() !== (this.loaded ?? "").trim();
  }

  /** Closed without a decision about the words in it. */
  lay() {
    if (!this.written) return;
    this.drafts.set(this.row.id, this.area.value);
    this.status.mention(say("memo.laid"), { spoken: true });
  }

  discard() {
    this.drafts.delete(this.row.id);
    this.dialog.close();
  }

  /** A memo that is still on its way stands in the queue, newer than what the server would answer. */
  unsent(row) {
    const commands = this.queue.commands.filter((command) => command.subject === row.id && command.body?.memo !== undefined);
    return commands.at(-1)?.body.memo;
  }

  async load(row) {
    const unsent = this.unsent(row);
    if (unsent !== undefined) {
      this.area.value = unsent;
      return;
    }
    this.lock(true, say("memo.loading"));
    const { status, body } = await this.api.get(`codings/${row.id}`);
    // Saving over a memo that could not be read would erase it.
    if (status !== 200) return this.lock(true, say("memo.unreadable"));
    this.lock(false, "");
    this.area.value = body.memo ?? "";
    this.area.focus();
  }

  lock(locked, message) {
    this.area.readOnly = locked;
    this.save.disabled = locked;
    this.message.textContent = message;
  }

  submit() {
    if (this.area.readOnly) return;
    this.drafts.delete(this.row.id);
    if (!this.written) return;
    this.verbs.memo(this.row, this.area.value.trim());
    this.voice.say(say("memo.saved"));
  }
}
