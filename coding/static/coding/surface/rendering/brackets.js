/**
 * The margin: one bracket per group of agreeing codings, as tall as its words, with a label beside
 * it. A real list in each turn, so that it is read aloud where it belongs.
 *
 * `measure` only reads layout and `build` only writes it; rendering/view.js calls all reads of a
 * frame before its writes.
 */

import { grouped } from "../model/codings.js";
import { say, sayCount } from "../model/wording.js";
import { element } from "./element.js";
import { fitting, lanesOf, stacked } from "./lanes.js";

const LANE = 7;
const MOST_LANES = 6;
const TALL = 35;
const LOW = 19;
const GAP = 5;
const LEAST = 5;

export class Brackets {
  constructor({ turns, codings, codebook, coders, filter, units, questions, me }) {
    Object.assign(this, { turns, codings, codebook, coders, filter, units, me });
    this.expanded = new Set();
    this.groups = new Map();
    this.questions = questions;
  }

  groupsIn(turn) {
    return grouped(this.codings.inTurn(turn.index).filter((row) => this.filter.shows(row)));
  }

  /** Where each group's words stand, px from the top of the turn's words; null in a narrow window. */
  measure(turn) {
    const origin = turn.words.getBoundingClientRect();
    const range = document.createRange();
    const edges = this.groupsIn(turn).map(({ start, end }) => {
      const [node, from, last, to] = this.turns.places(Math.max(start, turn.start), Math.min(end, turn.end));
      range.setStart(node, from);
      range.setEnd(last, to);
      const { top, bottom } = range.getBoundingClientRect();
      return { top: top - origin.top, bottom: bottom - origin.top };
    });
    return { height: origin.height, edges };
  }

  /** Write the turn's list. Without a measure (the turn is far away) the labels are listed unplaced. */
  build(turn, measure) {
    const groups = this.groupsIn(turn);
    const questions = this.questions.filter(([number]) => number === turn.number);
    this.groups.set(turn.index, groups);
    const held = turn.list.contains(document.activeElement) ? document.activeElement.dataset.group : null;
    if (!groups.length && !questions.length) {
      turn.list.replaceChildren();
      turn.list.style.blockSize = "";
      return;
    }
    if (!measure) turn.list.style.blockSize = "";
    const room = this.expanded.has(turn.index)
      ? { compact: true, shown: groups.length }
      : fitting(groups.length, measure?.height ?? 0, { tall: TALL + GAP, low: LOW + 2, least: LEAST });
    const shown = groups.slice(0, room.shown);
    const items = [
      ...questions.map((question) => questionItem(question)),
      ...shown.map((group) => this.item(turn, group, room.compact)),
    ];
    if (shown.length < groups.length) items.push(moreItem(groups.length - shown.length));
    turn.list.setAttribute("aria-label", say("margin.list", { n: turn.number }));
    turn.list.replaceChildren(...items);
    if (measure) this.place(turn, items, measure.edges.slice(0, room.shown), room.compact);
    if (held) this.buttonFor(turn, held)?.focus({ preventScroll: true });
  }

  place(turn, items, edges, compact) {
    const lead = items.length - edges.length - (items.at(-1).classList.contains("coding-more") ? 1 : 0);
    // The guide question's mark takes its place among the brackets.
    const asked = Array.from({ length: lead }, (_, i) => ({ top: i * (TALL + GAP), bottom: (i + 1) * TALL }));
    const lanes = lanesOf([...asked, ...edges]).slice(lead);
    const width = Math.min(MOST_LANES, Math.max(1, ...lanes.map((lane) => lane + 1))) * LANE;
    const height = compact ? LOW : TALL;
    const labels = items.map((item, i) => {
      if (i < lead) return { top: 0, height: TALL };
      return edges[i - lead] ? { top: edges[i - lead].top + 2, height } : { top: 0, height: LOW };
    });
    const { tops, bottom } = stacked(labels, compact ? 2 : GAP);
    items.forEach((item, i) => {
      item.lastElementChild.style.translate = `${width + 4}px ${tops[i]}px`;
      const edge = edges[i - lead];
      if (!edge) return;
      const bar = item.firstElementChild;
      bar.style.translate = `${Math.min(lanes[i - lead], MOST_LANES - 1) * LANE}px ${edge.top + 3}px`;
      bar.style.blockSize = `${Math.max(8, edge.bottom - edge.top - 6)}px`;
    });
    turn.list.style.setProperty("--lanes", `${width + 4}px`);
    turn.list.style.blockSize = `${bottom + 4}px`;
  }

  item(turn, group, compact) {
    const code = this.codebook.get(group.code);
    const parent = code && this.codebook.parentOf(code);
    const continues = group.start < turn.start;
    const initials = group.rows.map((row) => this.coders.get(row.coder)?.initials ?? "?").join(", ");
    const name = code?.name ?? say("code.unknown");
    const under = compact ? null : parent?.name;
    const button = element(
      "button",
      { type: "button", class: "coding-label", tabindex: "-1", "aria-label": this.spoken(group, continues), data: { group: group.key } },
      element("span", { class: "coding-name" }, element("span", { class: "swatch", data: { colour: code?.colour ?? 0 } }), continues ? `… ${name}` : name),
      element("span", { class: "coding-detail" },
        under && element("span", { class: "coding-under", text: under }),
        element("span", { text: under ? `\u00a0· ${initials}` : initials }), this.signs(group)),
    );
    const unsent = group.rows.some((row) => row.unsent);
    return element(
      "li",
      { class: compact ? "coding compact" : "coding", data: { colour: code?.colour ?? 0, ...(unsent && { unsent: "" }) } },
      element("span", { class: "coding-bar", "aria-hidden": "true" }),
      button,
    );
  }

  signs(group) {
    const signs = [];
    const directions = new Set(group.rows.map((row) => row.direction).filter((value) => value && value !== "none"));
    if (directions.size === 1 && !directions.has("both")) signs.push(directions.has("furthers") ? "↑" : "↓");
    else if (directions.size) signs.push("↕");
    if (group.rows.some((row) => row.hasMemo)) signs.push("✎");
    return signs.length ? element("span", { class: "coding-signs", "aria-hidden": "true", text: signs.join(" ") }) : null;
  }

  /** "Barrier, Evening team outside, Anne, 12 words" */
  spoken(group, continues) {
    const code = this.codebook.get(group.code);
    const parent = code && this.codebook.parentOf(code);
    const directions = [...new Set(group.rows.map((row) => row.direction).filter((value) => value && value !== "none"))];
    return [
      parent?.name,
      code?.name ?? say("code.unknown"),
      ...group.rows.map((row) => this.coders.get(row.coder)?.name ?? "?"),
      sayCount("words", this.units.countWords(group.start, group.end)),
      ...directions.map((direction) => say(`direction.${direction}`)),
      group.rows.some((row) => row.hasMemo) && say("margin.memo"),
      continues && say("margin.continued"),
      group.rows.some((row) => row.unsent) && say("margin.unsent"),
    ].filter(Boolean).join(", ");
  }

  groupOf(button) {
    const turn = this.turns.bySection.get(button.closest(".turn"));
    return this.groups.get(turn.index)?.find((group) => group.key === button.dataset.group) ?? null;
  }

  buttonFor(turn, key) {
    return turn.list.querySelector(`[data-group="${key}"]`);
  }

  /** All groups of the document in reading order, each once. */
  inOrder() {
    return grouped(this.codings.all().filter((row) => this.filter.shows(row)));
  }

  expand(turn) {
    this.expanded.add(turn.index);
  }
}

function questionItem([, position, text]) {
  const label = element(
    "span", { class: "coding-label" },
    element("span", { class: "coding-name", text: say("margin.question", { position }) }),
    element("span", { class: "coding-detail", text, title: text }),
  );
  return element("li", { class: "coding coding-question" }, element("span", { class: "coding-bar", "aria-hidden": "true" }), label);
}

function moreItem(n) {
  const label = sayCount("margin.more", n);
  return element("li", { class: "coding coding-more" }, element("button", { type: "button", class: "coding-label", tabindex: "-1", text: label }));
}
