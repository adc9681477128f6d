/** One bracket opened: who coded what with which rule, and everything that can be done to it. */

import { say, sayCount } from "../model/wording.js";
import { element } from "../rendering/element.js";
import { hintOf, meaningOf, nameOf } from "../selection/keys.js";
import { ruleOf } from "./rule.js";

const DIRECTIONS = ["none", "furthers", "hinders", "both"];
const QUOTE_LENGTH = 220;

export class Card {
  constructor({ host, codebook, coders, units, settings, me, canCode }) {
    Object.assign(this, { codebook, coders, units, settings, me, canCode });
    this.dialog = element("dialog", { class: "coding-card", "aria-label": say("card.title") });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("close", () => this.closed());
    this.closed = () => {};
    host.append(this.dialog);
  }

  /**
   * @param mine the rows of the group that this person may change, their own first
   * @param acts {direct, recode, adjust, memo, remove} each called with a row, and agree(group)
   * @param box the bracket's place in the window @param closed what to do afterwards
   */
  open({ group, mine, acts, box, closed }) {
    this.acts = acts;
    this.closed = closed;
    const code = this.codebook.get(group.code);
    this.dialog.replaceChildren(
      element("header", {},
        element("span", { class: "swatch", data: { colour: code?.colour ?? 0 }, "aria-hidden": "true" }),
        element("h2", { text: code?.name ?? say("code.unknown") }),
        element("button", { type: "button", class: "act", "aria-label": say("close"), text: "×", on: { click: () => this.dialog.close() } })),
      element("p", { class: "card-path", text: this.about(group, code) }),
      element("blockquote", { text: shortened(this.units.textOf(group.start, group.end)) }),
      element("div", { class: "code-rule" }, ...ruleOf(code)),
      ...(this.canCode ? this.actions(group, mine) : []),
    );
    this.dialog.showModal();
    const { style } = this.dialog;
    const top = Math.min(box.top, innerHeight - this.dialog.offsetHeight - 12);
    style.setProperty("--card-top", `${Math.max(12, top)}px`);
    style.setProperty("--card-left", `${Math.max(12, Math.min(box.left, innerWidth - this.dialog.offsetWidth - 12))}px`);
  }

  /** The keys on its buttons; letters in the list of directions choose a direction. */
  key(event) {
    if (event.target.closest("select")) return;
    const act = meaningOf(nameOf(event), "coding", this.settings.get("letterKeys"))?.act;
    const button = act && this.dialog.querySelector(`[data-key="${act}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }

  about(group, code) {
    const parent = code && this.codebook.parentOf(code);
    const names = group.rows.map((row) => this.coders.get(row.coder)?.name ?? "?").join(", ");
    return [parent?.name, names, sayCount("words", this.units.countWords(group.start, group.end))].filter(Boolean).join(" · ");
  }

  actions(group, mine) {
    const own = mine.some((row) => row.coder === this.me);
    const agree = own ? [] : [element("footer", {}, this.button("card.agree", null, () => this.acts.agree(group), { autofocus: true }))];
    // The keys mean this coding where there is no other that they could mean.
    const keys = own || mine.length === 1;
    return [...agree, ...mine.map((row, i) => (row.coder === this.me ? this.changes(row, true) : this.othersChanges(row, keys && i === 0)))];
  }

  /** A lead changes what somebody else has coded: whose it is stands above the buttons. */
  othersChanges(row, keys) {
    const title = say("card.others", { name: this.coders.get(row.coder)?.name ?? "?" });
    return element("section", { class: "card-others", role: "group", "aria-label": title }, element("h3", { text: title }), this.changes(row, keys));
  }

  changes(row, keys) {
    const autofocus = row.coder === this.me;
    const button = (key, act, props) => this.button(key, keys && act, () => this.acts[act](row), props);
    return element("footer", {},
      this.directions(row),
      button("card.recode", "recode", { autofocus }),
      button("card.adjust", "adjust"),
      button(row.hasMemo ? "card.memo" : "card.newMemo", "memo"),
      button("card.remove", "remove", { class: "danger" }));
  }

  /** @param keyed the act of the key map that does the same, when its key means this coding */
  button(key, keyed, act, props = {}) {
    const hint = keyed && hintOf(keyed, this.settings.get("letterKeys"));
    const run = () => {
      // The act decides where focus goes next.
      this.closed = () => {};
      this.dialog.close();
      act();
    };
    return element("button", { type: "button", ...props, data: hint ? { key: keyed } : {}, on: { click: run } }, say(key), hint && element("kbd", { text: hint }));
  }

  directions(row) {
    const select = element("select", { on: { change: () => this.acts.direct(row, select.value) } },
      ...DIRECTIONS.map((value) => element("option", { value, selected: row.direction === value, text: say(`direction.${value}`) })));
    return element("label", { class: "card-direction" }, element("span", { text: say("card.direction") }), select);
  }
}

function shortened(text) {
  const letters = [...text];
  return letters.length > QUOTE_LENGTH ? `${letters.slice(0, QUOTE_LENGTH - 1).join("")}…` : text;
}
