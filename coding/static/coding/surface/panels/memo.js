/** The memo on a coding: a textarea; Ctrl+Enter saves. The text is fetched when it is asked for. */

import { say } from "../model/wording.js";
import { element } from "../rendering/element.js";

export class MemoDialog {
  constructor({ host, api, verbs, queue, voice }) {
    Object.assign(this, { api, verbs, queue, voice });
    this.area = element("textarea", { rows: "7", "aria-label": say("memo.label") });
    this.message = element("p", { class: "faint", role: "status" });
    this.save = element("button", { type: "submit", class: "act-strong", text: say("save") });
    this.title = element("h2");
    this.form = element("form", { method: "dialog" }, this.title, this.area, this.message,
      element("footer", {}, element("button", { type: "button", class: "act", text: say("cancel"), on: { click: () => this.dialog.close() } }), this.save));
    this.dialog = element("dialog", { class: "memo-dialog", "aria-label": say("memo.label") }, this.form);
    this.dialog.addEventListener("close", () => this.closed());
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
    const text = this.area.value.trim();
    if (text === (this.loaded ?? "").trim()) return;
    this.verbs.memo(this.row, text);
    this.voice.say(say("memo.saved"));
  }
}
