/**
 * Paints codings with the CSS Custom Highlight API: the words stay one text node per turn.
 *
 * One Highlight per colour and role, and only for turns near the window (rendering/view.js): a
 * Highlight repaints with all its ranges, so cost follows what is seen, not what exists.
 * Roles: `tint` (the colour that leads), `deep` (the same where two of its family overlap), `band` (a second colour, the lower half of the line),
 * `more` (three or more), `lift` (pointed at), and the named layers `cited`, `selected` and `adjusted`.
 */

const COLOURS = 24;
const PRIORITY = { tint: 0, deep: 0, band: 1, more: 2, lift: 3, cited: 4, selected: 5, adjusted: 6 };

export const canHighlight = () => typeof Highlight === "function" && Boolean(globalThis.CSS?.highlights);

/** Bound to the words: a bare ::highlight() would be resolved for every element of the page. */
function rules() {
  const lines = [];
  for (let n = 0; n < COLOURS; n++) {
    lines.push(
      `.turn-text::highlight(tint-${n}){background-color:var(--code-${n}-tint)}`,
      `.turn-text::highlight(deep-${n}){background-color:var(--code-${n}-deep)}`,
      `.turn-text::highlight(band-${n}){text-decoration:underline var(--band-size) var(--code-${n}-band);` +
        "text-underline-offset:var(--band-offset);text-decoration-skip-ink:none}",
      `.turn-text::highlight(lift-${n}){background-color:color-mix(in oklab,var(--code-${n}-edge) 30%,var(--code-${n}-tint))}`,
    );
  }
  // Two neighbouring tints differ too little as halves of one line: the band leans towards its edge.
  const bands = Array.from({ length: COLOURS }, (_, n) =>
    `--code-${n}-band:color-mix(in oklab,var(--code-${n}-edge) 22%,var(--code-${n}-tint))`);
  const deeper = Array.from({ length: COLOURS }, (_, n) =>
    `--code-${n}-deep:color-mix(in oklab,var(--code-${n}-edge) 26%,var(--code-${n}-tint))`);
  return `.surface{${[...bands, ...deeper].join(";")}}${lines.join("")}`;
}

export class HighlightPainter {
  constructor(turns) {
    this.turns = turns;
    this.painted = new Map();
    this.layers = new Map();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules());
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  highlight(name) {
    let found = CSS.highlights.get(name);
    if (!found) {
      found = new Highlight();
      found.priority = PRIORITY[name.split("-")[0]];
      CSS.highlights.set(name, found);
    }
    return found;
  }

  ranges(start, end) {
    const places = this.turns.places(start, end);
    const made = [];
    for (let i = 0; i < places.length; i += 4) {
      made.push(new StaticRange({
        startContainer: places[i], startOffset: places[i + 1],
        endContainer: places[i + 2], endOffset: places[i + 3],
      }));
    }
    return made;
  }

  /** Show these stretches (rendering/segments.js) in place of what the turn showed before. */
  paint(turn, segments) {
    this.forget(turn);
    const kept = [];
    for (const { start, end, colours, deep } of segments) {
      const [range] = this.ranges(start, end);
      const names = [`${deep ? "deep" : "tint"}-${colours[0]}`];
      if (colours.length > 1) names.push(`band-${colours[1]}`);
      if (colours.length > 2) names.push("more");
      for (const name of names) {
        const highlight = this.highlight(name);
        highlight.add(range);
        kept.push([highlight, range]);
      }
    }
    if (kept.length) this.painted.set(turn.index, kept);
  }

  forget(turn) {
    for (const [highlight, range] of this.painted.get(turn.index) ?? []) highlight.delete(range);
    this.painted.delete(turn.index);
  }

  /** Replace what a named layer shows. @param colour for the layer `lift` */
  show(layer, spans, colour = null) {
    this.layers.get(layer)?.clear();
    if (!spans.length) return;
    const highlight = this.highlight(colour === null ? layer : `${layer}-${colour}`);
    for (const { start, end } of spans) for (const range of this.ranges(start, end)) highlight.add(range);
    this.layers.set(layer, highlight);
  }
}
