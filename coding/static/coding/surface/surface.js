/**
 * The coding surface. This file shows what is coded; working.js, loaded when that stands on the screen,
 * brings everything that can be done about it.
 *
 * What the server renders (the contract with templates/coding/):
 *
 *   <main id="surface" class="surface" data-document="UUID" data-revision="UUID" data-study="slug"
 *         data-api="/api/v1" data-can-code="true" data-can-add-codes="true"
 *         data-can-change-others="false" data-rules="address of a code's rules with CODE, or empty" lang="da">
 *     <article class="doc" tabindex="0" aria-label="title">
 *       <header class="doc-head"><h1>title</h1><p>where, when <span data-counts>how much</span></p></header>      optional
 *       <section class="turn" id="turn-12" data-n="12" data-start="1234" data-end="1400"
 *                data-tone="0..5 | interviewer">
 *         <div class="turn-who"><span class="turn-name">Hjælper 2</span><time>12:47</time></div>
 *         <p class="turn-text">the words as ONE text node, no white space added around them</p>
 *         <div class="turn-margin"><ul class="brackets"></ul></div>
 *       </section>
 *     </article>
 *     <div class="strip" aria-hidden="true"></div>
 *     <aside class="codes" aria-label="Codebook"></aside>
 *   </main>
 *   (inside a page that has its own <main>, the surface is a <div> with the same attributes)
 *   <span id="save-status"></span>                anywhere in the frame; made here when missing
 *   <script type="application/json" id="surface-data">{...}</script>
 *   <link rel="modulepreload"> for the files that this one imports saves the browser finding them one by one
 *
 * `surface-data`: document {id, revision, length, language}; me {id, name, initials};
 * codes [[id, parentIndex | -1, name, colour 0..23, shortcut, brief, use_when, not_when, example, path, count]];
 * coders [[id, name, initials]];
 * codings [[id, start, end, codeIndex, coderIndex, version, direction, weight, hasMemo, source]];
 * sentences [start, end, start, end, ...]; questions [[turnNumber, position, text]];
 * recording {src, kind, ms, peaks} or null, see panels/player.js; then <time data-ms="767000"> is a button;
 * cited [start, end], for who comes from a citation; cursor "opaque"; phrases {key: text}, those of model/phrases.json in the reader's language.
 * All offsets are Unicode code points of the revision, in which turns are parted by "\n\n".
 *
 * The API under data-api (JSON, session cookie, X-CSRFToken, X-Person with the id of `me`, problem documents on errors;
 * 401 `another_person`: somebody else has signed in since, so the queue stops and keeps what it has):
 *   PUT    codings/{uuid}          {document, revision, start, end, code, direction?} -> 200 | 201 coding
 *   PATCH  codings/{uuid}          If-Match: "version"; code, start, end (with revision), direction, weight, memo -> 200 coding;
 *                                  409 | 412 with `current`: the coding as the server has it
 *   DELETE codings/{uuid}          -> 204 (404 and 410 count as done)
 *   POST   codings/{uuid}/restore  -> 200 coding
 *   GET    codings/{uuid}          -> 200 coding, for the text of its memo
 *   POST   studies/{slug}/codes    {id, name, parent?} -> 201 code, fields named as in `codes` above
 *   GET    studies/{slug}/changes?after=&document= -> {cursor, codings, removed, codes, coders?, removed_codes?}
 * A coding is {id, start, end, code, coder, version, direction, weight, memo | has_memo, source,
 * stands: [{section, point}]}.
 * A refused creation with code "duplicate" is let go silently: the coding exists already.
 */

import { Codebook } from "./model/codes.js";
import { Codings, fromPage } from "./model/codings.js";
import { Turns } from "./model/turns.js";
import { say, speak } from "./model/wording.js";
import { Brackets } from "./rendering/brackets.js";
import { element } from "./rendering/element.js";
import { canHighlight, HighlightPainter } from "./rendering/highlights.js";
import { View } from "./rendering/view.js";
import { Filter } from "./state/filter.js";
import { Units } from "./text/units.js";

const NARROW = matchMedia("(width < 960px)");

/** The element that scrolls the document, or null when the window itself does. */
function scrollerOf(page) {
  for (let at = page; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}

/** What is on the page and in its data. */
function readModel(page, data) {
  const turns = new Turns(page.querySelector(".doc"));
  const codebook = new Codebook(data.codes);
  const codings = new Codings(turns, codebook);
  const coders = new Map(data.coders.map(([id, name, initials]) => [id, { name, initials }]));
  if (page.dataset.canCode === "true") coders.set(data.me.id, data.me);
  codings.load(fromPage(data.codings, data.codes.map(([id]) => id), data.coders.map(([id]) => id)));
  const units = new Units(turns.list, data.sentences, data.document.language);
  return { turns, codebook, codings, coders, units, filter: new Filter(codebook), me: data.me.id };
}

/** Painting and margin, ready before anything can be done to them. */
async function readView(page, data, model) {
  const Painter = canHighlight() ? HighlightPainter : (await import("./rendering/marks.js")).MarkPainter;
  const painter = new Painter(model.turns);
  const brackets = new Brackets({ ...model, questions: data.questions ?? [] });
  const scroller = scrollerOf(page);
  const view = new View({ ...model, painter, brackets, scroller, isNarrow: () => NARROW.matches });
  return { scroller, painter, brackets, view };
}

/** Resolves when what was just shown has reached the screen. */
function onScreen() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

async function start(page, data) {
  speak(page.lang || data.document.language, data.phrases);
  const model = readModel(page, data);
  const shown = await readView(page, data, model);
  shown.view.start();
  await onScreen();
  shown.view.watch();
  const { work } = await import("./working.js");
  work(page, data, model, shown);
}

const page = document.getElementById("surface");
const data = document.getElementById("surface-data");
if (page && data) {
  try {
    await start(page, JSON.parse(data.textContent));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Offsets that do not fit the words would put codings on other words than the reader chose.
    page.prepend(element("p", { class: "mismatch", role: "alert", text: say("status.mismatch") }));
    throw error;
  }
}
