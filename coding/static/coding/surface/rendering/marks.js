/**
 * Paints codings with <mark> elements where the Custom Highlight API is missing. Same interface as
 * HighlightPainter. Layers are cut into the same stretches, since marks cannot overlap.
 */

import { segmentsOf } from "./segments.js";
import { element } from "./element.js";

const LAYERS = ["lift", "cited", "selected", "adjusted"];

export class MarkPainter {
  constructor(turns) {
    this.turns = turns;
    this.segments = new Map();
    this.layers = new Map();
  }

  paint(turn, segments) {
    this.segments.set(turn.index, segments);
    this.draw(turn);
  }

  forget(turn) {
    if (!this.segments.delete(turn.index)) return;
    this.draw(turn);
  }

  show(layer, spans) {
    const before = this.layers.get(layer) ?? [];
    this.layers.set(layer, spans);
    const touched = new Set();
    for (const { start, end } of [...before, ...spans]) {
      const [first, last] = this.turns.touched(start, end);
      for (let i = first; i <= last; i++) touched.add(i);
    }
    for (const i of touched) this.draw(this.turns.list[i]);
  }

  draw(turn) {
    const coded = (this.segments.get(turn.index) ?? []).flatMap(({ start, end, colours, deep }) =>
      [...colours, ...(deep ? ["deep"] : [])].map((colour) => ({ start, end, colour })));
    const layered = LAYERS.flatMap((layer) =>
      (this.layers.get(layer) ?? []).map(({ start, end }) => ({ start, end, colour: layer })));
    const parts = segmentsOf([...coded, ...layered], turn.start, turn.end);
    const nodes = [];
    let at = turn.start;
    for (const { start, end, colours } of parts) {
      if (start > at) nodes.push(turn.slice(at, start));
      nodes.push(this.mark(turn.slice(start, end), colours));
      at = end;
    }
    if (at < turn.end) nodes.push(turn.slice(at, turn.end));
    const kept = selectionPoints(this.turns, turn);
    turn.words.replaceChildren(...nodes);
    if (kept) restoreSelection(this.turns, kept);
  }

  mark(text, names) {
    const colours = names.filter((name) => typeof name === "number");
    const made = element("mark", { class: names.filter((name) => typeof name === "string").join(" "), text });
    if (colours.length) made.dataset.colour = colours[0];
    if (colours.length > 1) {
      made.dataset.band = colours[1];
      made.style.setProperty("--band", `var(--code-${colours[1]}-tint)`);
    }
    if (colours.length > 2) made.classList.add("more");
    return made;
  }
}

function selectionPoints(turns, turn) {
  const selection = document.getSelection();
  const inside = selection.rangeCount && [selection.anchorNode, selection.focusNode].some((node) => turn.words.contains(node));
  if (!inside) return null;
  const anchor = turns.pointAt(selection.anchorNode, selection.anchorOffset);
  const focus = turns.pointAt(selection.focusNode, selection.focusOffset);
  return anchor === null || focus === null ? null : { anchor, focus };
}

function restoreSelection(turns, { anchor, focus }) {
  document.getSelection().setBaseAndExtent(...turns.place(anchor), ...turns.place(focus));
}
