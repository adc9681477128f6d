/** One bracket opened: who coded what with which rule, and everything that can be done to it. */

import { say, sayCount } from "../model/wording.js";
import { element } from "../rendering/element.js";
import { ruleOf } from "./rule.js";

const DIRECTIONS = ["none", "furthers", "hinders", "both"];
const QUOTE_LENGTH = 220;

export class Card {
  /** @param acts {recode, adjust, memo, remove, agree} each called with the group's own row or the group */
  constructor({ host, codebook, coders, units, me, canCode, acts, verbs }) {
    Object.assign(this, { codebook, coders, units, me, canCode, acts, verbs });
    this.dialog = element("dialog", { class: "coding-card", "aria-label": say("card.title") });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.closed());
    this.closed = () => {};
    host.append(this.dialog);
  }

  /** @param box the bracket's place in the window @param closed what to do afterwards */
  open(group, box, closed) {
    this.closed = closed;
    const code = this.codebook.get(group.code);
    const own = group.rows.find((row) => row.coder === this.me) ?? null;
    this.dialog.replaceChildren(
      element("header", {},
        element("span", { class: "swatch", data: { colour: code?.colour ?? 0 }, "aria-hidden": "true" }),
        element("h2", { text: code?.name ?? say("code.unknown") }),
        element("button", { type: "button", class: "act", "aria-label": say("close"), text: "×", on: { click: () => this.dialog.close() } })),
      element("p", { class: "card-path", text: this.about(group, code) }),
      element("blockquote", { text: shortened(this.units.textOf(group.start, group.end)) }),
      element("div", { class: "code-rule" }, ...ruleOf(code)),
      this.canCode ? this.actions(group, own) : null,
    );
    this.dialog.showModal();
    const { style } = this.dialog;
    const top = Math.min(box.top, innerHeight - this.dialog.offsetHeight - 12);
    style.setProperty("--card-top", `${Math.max(12, top)}px`);
    style.setProperty("--card-left", `${Math.max(12, Math.min(box.left, innerWidth - this.dialog.offsetWidth - 12))}px`);
  }

  about(group, code) {
    const parent = code && this.codebook.parentOf(code);
    const names = group.rows.map((row) => this.coders.get(row.coder)?.name ?? "?").join(", ");
    return [parent?.name, names, sayCount("words", this.units.countWords(group.start, group.end))].filter(Boolean).join(" · ");
  }

  actions(group, own) {
    if (!own) return element("footer", {}, this.button("card.agree", "", () => this.acts.agree(group), { autofocus: true }));
    return element("footer", {},
      this.directions(own),
      this.button("card.recode", "r", () => this.acts.recode(own), { autofocus: true }),
      this.button("card.adjust", "e", () => this.acts.adjust(own)),
      this.button(own.hasMemo ? "card.memo" : "card.newMemo", "m", () => this.acts.memo(own)),
      this.button("card.remove", "Del", () => this.acts.remove(own), { class: "danger" }));
  }

  button(key, shortcut, act, props = {}) {
    const run = () => {
      // The act decides where focus goes next.
      this.closed = () => {};
      this.dialog.close();
      act();
    };
    return element("button", { type: "button", ...props, on: { click: run } }, say(key), shortcut && element("kbd", { text: shortcut }));
  }

  directions(own) {
    const select = element("select", { on: { change: () => this.verbs.direct(own, select.value) } },
      ...DIRECTIONS.map((value) => element("option", { value, selected: own.direction === value, text: say(`direction.${value}`) })));
    return element("label", { class: "card-direction" }, element("span", { text: say("card.direction") }), select);
  }
}

function shortened(text) {
  const letters = [...text];
  return letters.length > QUOTE_LENGTH ? `${letters.slice(0, QUOTE_LENGTH - 1).join("")}…` : text;
}
