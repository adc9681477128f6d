/**
 * The codebook at the right: a click codes the selection; without one it shows only that code.
 * The rule of the code under pointer or focus is readable beneath.
 */

import { say, sayCount } from "../model/wording.js";
import { element, uniqueId } from "../rendering/element.js";
import { ruleOf } from "./rule.js";

export class CodesPanel {
  /** @param coders Map id -> {name, initials}; @param pick (code) => true when it was used on a selection */
  constructor({ host, codebook, codings, filter, coders, pick, help, canCode }) {
    Object.assign(this, { host, codebook, codings, filter, coders, pick, canCode });
    this.closed = new Set();
    this.tree = element("ul", { class: "code-tree", "aria-label": say("codes.title") });
    this.notice = element("p", { class: "codes-filter", hidden: true });
    this.people = element("div", { class: "codes-people", role: "group", "aria-label": say("codes.coders") });
    this.rule = element("div", { class: "code-rule", hidden: true });
    this.total = element("small");
    const bodyId = uniqueId("codes-body");
    this.toggle = element(
      "button", { type: "button", class: "codes-toggle", "aria-expanded": "false", "aria-controls": bodyId, on: { click: () => this.open(!this.isOpen) } },
      say("codes.title"),
    );
    this.body = element("div", { class: "codes-body", id: bodyId }, this.notice, this.people, this.tree, this.rule);
    const head = element(
      "div", { class: "codes-head" }, element("h2", { text: say("codes.title") }), this.toggle, this.total,
      element("button", { type: "button", class: "act", "aria-label": say("help.title"), title: say("help.title"), text: "?", on: { click: help } }),
    );
    host.replaceChildren(head, this.body);
    this.listen();
    this.draw();
  }

  get hasFocus() {
    return this.host.contains(document.activeElement);
  }

  get isOpen() {
    return "open" in this.host.dataset;
  }

  /** In a narrow window the panel is a drawer. */
  open(open) {
    if (open) this.host.dataset.open = "";
    else delete this.host.dataset.open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  listen() {
    this.codebook.onChange(() => this.draw());
    this.filter.onChange(() => this.draw());
    this.codings.onChange(() => this.recount());
    const about = (event) => {
      const row = event.target.closest(".code-row");
      if (row) this.explain(this.codebook.get(row.dataset.code));
    };
    this.tree.addEventListener("pointerover", about);
    this.tree.addEventListener("focusin", about);
    this.tree.addEventListener("click", (event) => this.click(event));
    this.tree.addEventListener("keydown", (event) => this.key(event));
    this.tree.addEventListener("dragover", (event) => this.canCode && event.target.closest(".code-row") && event.preventDefault());
    this.tree.addEventListener("drop", (event) => {
      const row = event.target.closest(".code-row");
      if (!row) return;
      event.preventDefault();
      this.pick(this.codebook.get(row.dataset.code));
    });
  }

  click(event) {
    const row = event.target.closest(".code-row");
    if (!row) return;
    const code = this.codebook.get(row.dataset.code);
    if (event.target.closest(".code-fold")) return this.fold(code.id);
    if (event.target.closest(".code-only")) return this.filter.toggleCode(code.id);
    if (this.pick(code)) this.open(false);
    else this.filter.toggleCode(code.id);
  }

  fold(id) {
    if (!this.closed.delete(id)) this.closed.add(id);
    this.draw();
  }

  key(event) {
    const rows = [...this.tree.querySelectorAll(".code-pick")];
    const at = rows.indexOf(event.target);
    if (at < 0) return;
    const id = event.target.closest(".code-row").dataset.code;
    const steps = { ArrowDown: 1, ArrowUp: -1, Home: -at, End: rows.length - 1 - at };
    if (event.key in steps) this.focusRow(rows[Math.min(rows.length - 1, Math.max(0, at + steps[event.key]))]);
    else if (event.key === "ArrowLeft" && !this.closed.has(id) && this.codebook.childrenOf(id).length) this.fold(id);
    else if (event.key === "ArrowRight" && this.closed.has(id)) this.fold(id);
    else if (event.key === " ") this.filter.toggleCode(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focusRow(button) {
    for (const other of this.tree.querySelectorAll(".code-pick")) other.tabIndex = -1;
    button.tabIndex = 0;
    button.focus();
  }

  focus() {
    this.open(true);
    this.tree.querySelector(".code-pick[tabindex='0']")?.focus();
  }

  explain(code) {
    this.rule.hidden = false;
    this.rule.replaceChildren(element("h3", { text: code.path || code.name }), ...ruleOf(code));
  }

  draw() {
    const held = this.tree.contains(document.activeElement) ? document.activeElement.closest(".code-row").dataset.code : null;
    this.tree.replaceChildren(...this.branch(null));
    const names = [...this.tree.querySelectorAll(".code-pick")];
    const current = names.find((name) => name.closest(".code-row").dataset.code === held) ?? names[0];
    if (current) current.tabIndex = 0;
    if (held) current?.focus();
    this.total.textContent = `${sayCount("codes.count", this.codebook.codes.size)} · ${say("codes.counted")}`;
    this.drawPeople();
    this.drawNotice();
  }

  branch(parent) {
    return this.codebook.childrenOf(parent).map((code) => {
      const children = this.closed.has(code.id) ? [] : this.branch(code.id);
      return element("li", {}, this.row(code), children.length ? element("ul", {}, ...children) : null);
    });
  }

  row(code) {
    const folds = this.codebook.childrenOf(code.id).length > 0;
    const open = !this.closed.has(code.id);
    const only = this.filter.codes.has(code.id);
    return element(
      "div", { class: "code-row", data: { code: code.id, ...(only && { only: "" }) } },
      folds
        ? element("button", { type: "button", class: "code-fold", tabindex: "-1", "aria-expanded": String(open), "aria-label": say("codes.fold", { name: code.name }) })
        : element("span", { class: "code-fold" }),
      element("button", { type: "button", class: "code-pick", tabindex: "-1" },
        element("span", { class: "swatch", data: { colour: code.colour }, "aria-hidden": "true" }),
        element("span", { class: "code-text", text: code.name, title: code.name }),
        code.shortcut && element("kbd", { text: code.shortcut })),
      element("button", { type: "button", class: "code-only", tabindex: "-1", "aria-pressed": String(only), "aria-label": say("codes.only", { name: code.name }), title: say("codes.only", { name: code.name }) }),
      this.counts(code),
    );
  }

  /** How often in this text, and in the whole study. */
  counts({ id, count = 0 }) {
    const here = this.codings.counts.get(id) ?? 0;
    const title = say("codes.used", { here, all: count });
    return element("small", { class: "code-count", title }, element("b", { text: String(here) }), element("span", { text: `/${count}` }));
  }

  recount() {
    this.counting ||= requestAnimationFrame(() => {
      this.counting = 0;
      for (const row of this.tree.querySelectorAll(".code-row")) {
        const code = this.codebook.get(row.dataset.code);
        if (code) row.querySelector(".code-count").replaceWith(this.counts(code));
      }
    });
  }

  drawPeople() {
    const people = [...this.coders].map(([id, { name, initials }]) =>
      element("button", { type: "button", class: "coder", "aria-pressed": String(this.filter.coders.has(id)), title: name, on: { click: () => this.filter.toggleCoder(id) } },
        element("span", { "aria-hidden": "true", text: initials }), element("span", { class: "spoken", text: say("codes.onlyCoder", { name }) })));
    this.people.replaceChildren(...(this.coders.size > 1 ? people : []));
  }

  drawNotice() {
    this.notice.hidden = !this.filter.active;
    if (!this.filter.active) return;
    const names = [
      ...[...this.filter.codes].map((id) => this.codebook.get(id)?.name),
      ...[...this.filter.coders].map((id) => this.coders.get(id)?.name),
    ];
    this.notice.replaceChildren(
      element("span", { text: say("codes.showing", { names: names.filter(Boolean).join(", ") }) }),
      element("button", { type: "button", class: "act", text: say("codes.all"), on: { click: () => this.filter.clear() } }),
    );
  }
}
