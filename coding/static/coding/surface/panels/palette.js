/**
 * Choosing a code by typing: a combobox over a list, the rule of the chosen code beneath.
 * Enter applies, Shift+Enter applies and stays, Ctrl+Enter makes a code from the words.
 */

import { ranked } from "../model/fuzzy.js";
import { say } from "../model/wording.js";
import { element, uniqueId } from "../rendering/element.js";
import { ruleOf } from "./rule.js";

const SHOWN = 40;
const MARGIN = 12;

export class Palette {
  constructor({ host, codebook, settings, canAdd }) {
    Object.assign(this, { codebook, settings, canAdd });
    const listId = uniqueId("palette-list");
    const ruleId = uniqueId("palette-rule");
    this.input = element("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "true",
      "aria-autocomplete": "list", "aria-controls": listId, "aria-describedby": ruleId,
      "aria-label": say("palette.find"), placeholder: say("palette.find"),
    });
    this.list = element("ul", { id: listId, role: "listbox", "aria-label": say("palette.codes") });
    this.rule = element("div", { id: ruleId, class: "code-rule" });
    this.status = element("div", { class: "spoken", "aria-live": "polite" });
    this.dialog = element("dialog", { class: "code-palette", "aria-label": say("palette.title") }, this.input, this.list, this.rule, this.status);
    host.append(this.dialog);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.fill());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("pointermove", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
    this.list.addEventListener("click", (event) => {
      if (event.target.closest("[role=option]")) this.apply(event.shiftKey);
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog && !inside(this.dialog, event)) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.request?.closed());
  }

  /**
   * @param request {box, words, picked(code), named(name), closed()}: where to open (window px), the
   *   words a new code could be made of, and what to do with the answer
   */
  open(request) {
    this.request = request;
    this.input.value = "";
    this.fill();
    this.dialog.showModal();
    this.position(request.box);
    this.input.focus();
  }

  position(box) {
    const { style } = this.dialog;
    // The size with a full list: the palette must not jump while the person types.
    const height = Math.max(this.dialog.offsetHeight, 330);
    const width = this.dialog.offsetWidth;
    const below = box.bottom + MARGIN + height < innerHeight;
    const top = below ? box.bottom + MARGIN : box.top - height - MARGIN;
    const ceiling = Math.max(0, document.querySelector(".topbar").getBoundingClientRect().bottom) + MARGIN;
    style.setProperty("--palette-top", `${Math.max(ceiling, Math.min(top, innerHeight - height - MARGIN))}px`);
    style.setProperty("--palette-left", `${Math.min(Math.max(MARGIN, box.left), innerWidth - width - MARGIN)}px`);
  }

  fill() {
    const query = this.input.value;
    const found = ranked(query, this.codebook.all(), this.settings.recents).slice(0, SHOWN);
    this.entries = found.map((code) => ({ code }));
    if (this.canAdd && query.trim()) this.entries.push({ name: query.trim() });
    if (this.canAdd && this.request.words) this.entries.push({ name: this.request.words, inVivo: true });
    this.list.replaceChildren(...this.entries.map((entry) => this.option(entry)));
    this.status.textContent = query && !found.length ? say("palette.none") : "";
    this.choose(0);
  }

  option(entry) {
    const id = uniqueId("palette-option");
    if (!entry.code) {
      const text = say(entry.inVivo ? "palette.inVivo" : "palette.new", { name: shortened(entry.name) });
      return element("li", { id, role: "option", class: entry.inVivo ? "new in-vivo" : "new" }, element("span", { class: "option-name", text }),
        entry.inVivo && element("kbd", { text: "Ctrl ↵" }));
    }
    const { code } = entry;
    const parent = this.codebook.parentOf(code);
    return element(
      "li", { id, role: "option" },
      element("span", { class: "swatch", data: { colour: code.colour }, "aria-hidden": "true" }),
      element("span", { class: "option-name", text: code.name }),
      parent && element("span", { class: "option-path", text: parent.name }),
      code.shortcut && element("kbd", { text: code.shortcut }),
    );
  }

  choose(index) {
    this.chosen = index;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = this.list.children[index];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
    const entry = this.entries[index];
    this.rule.replaceChildren(...(entry?.code ? ruleOf(entry.code) : [element("p", { class: "faint", text: say(entry ? "palette.newRule" : "palette.none") })]));
  }

  key(event) {
    const last = this.entries.length - 1;
    const moves = { ArrowDown: this.chosen === last ? 0 : this.chosen + 1, ArrowUp: this.chosen <= 0 ? last : this.chosen - 1, PageDown: Math.min(last, this.chosen + 6), PageUp: Math.max(0, this.chosen - 6) };
    if (event.key in moves) this.choose(moves[event.key]);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.inVivo();
    else if (event.key === "Enter") this.apply(event.shiftKey);
    else return;
    event.preventDefault();
  }

  apply(stay) {
    const entry = this.entries[this.chosen];
    if (!entry) return;
    const { request } = this;
    if (entry.code) request.picked(entry.code, stay);
    else request.named(entry.name, stay);
    if (!stay) return this.dialog.close();
    this.input.value = "";
    this.fill();
    this.status.textContent = request.spoken?.() ?? "";
  }

  inVivo() {
    if (!this.canAdd || !this.request.words) return;
    const { request } = this;
    request.named(request.words, false);
    this.dialog.close();
  }
}

function inside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
}

function shortened(name) {
  const letters = [...name];
  return letters.length > 48 ? `${letters.slice(0, 47).join("")}…` : name;
}
