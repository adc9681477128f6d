/**
 * The coding surface: wires the page together.
 *
 * What the server renders (the contract with templates/coding/):
 *
 *   <main id="surface" class="surface" data-document="UUID" data-revision="UUID" data-study="slug"
 *         data-api="/api/v1" data-can-code="true" data-can-add-codes="true" lang="da">
 *     <article class="doc" tabindex="0" aria-label="title">
 *       <header class="doc-head"><h1>title</h1><p>where, when, how much</p></header>      optional
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
 *   <link rel="modulepreload"> for the files of this folder saves the browser finding them one by one
 *
 * `surface-data`: document {id, revision, length, language}; me {id, name, initials};
 * codes [[id, parentIndex | -1, name, colour 0..23, shortcut, brief, use_when, not_when, example, path, count]];
 * coders [[id, name, initials]];
 * codings [[id, start, end, codeIndex, coderIndex, version, direction, weight, hasMemo, source]];
 * sentences [start, end, start, end, ...]; questions [[turnNumber, position, text]];
 * cursor "opaque"; phrases {key: text}, which replace the English of model/phrases.js.
 * All offsets are Unicode code points of the revision, in which turns are parted by "\n\n".
 *
 * The API under data-api (JSON, session cookie, X-CSRFToken, problem documents on errors):
 *   PUT    codings/{uuid}          {document, revision, start, end, code, direction?} -> 200 | 201 coding
 *   PATCH  codings/{uuid}          If-Match: "version"; code, start, end (with revision), direction, weight, memo -> 200 coding;
 *                                  409 | 412 with `current`: the coding as the server has it
 *   DELETE codings/{uuid}          -> 204 (404 and 410 count as done)
 *   POST   codings/{uuid}/restore  -> 200 coding
 *   GET    codings/{uuid}          -> 200 coding, for the text of its memo
 *   POST   studies/{slug}/codes    {id, name, parent?} -> 201 code, fields named as in `codes` above
 *   GET    studies/{slug}/changes?after=&document= -> {cursor, codings, removed, codes, coders?, removed_codes?}
 * A coding is {id, start, end, code, coder, version, direction, weight, memo | has_memo, source,
 * stands: [{section, point}]}. Every write carries Idempotency-Key, the same on each attempt.
 * A refused creation with code "duplicate" is let go silently: the coding exists already.
 */

import { Codebook } from "./model/codes.js";
import { Codings, fromPage, fromServer } from "./model/codings.js";
import { Turns } from "./model/turns.js";
import { say, speak } from "./model/wording.js";
import { Api } from "./net/api.js";
import { Changes } from "./net/changes.js";
import { Outbox } from "./net/outbox.js";
import { Queue } from "./net/queue.js";
import { Card } from "./panels/card.js";
import { CodesPanel } from "./panels/codes.js";
import { HelpDialog } from "./panels/help.js";
import { MemoDialog } from "./panels/memo.js";
import { Palette } from "./panels/palette.js";
import { Status } from "./panels/status.js";
import { Voice } from "./panels/voice.js";
import { Brackets } from "./rendering/brackets.js";
import { element } from "./rendering/element.js";
import { canHighlight, HighlightPainter } from "./rendering/highlights.js";
import { MarkPainter } from "./rendering/marks.js";
import { Strip } from "./rendering/strip.js";
import { View } from "./rendering/view.js";
import { Adjust } from "./selection/adjust.js";
import { SelectionBar } from "./selection/bar.js";
import { Geometry } from "./selection/geometry.js";
import { Movement } from "./selection/movement.js";
import { Selection } from "./selection/selection.js";
import { Acts } from "./state/acts.js";
import { Filter } from "./state/filter.js";
import { Listening } from "./state/listening.js";
import { Settings } from "./state/settings.js";
import { keptInTab, UndoStack } from "./state/undo.js";
import { Verbs } from "./state/verbs.js";
import { Units } from "./text/units.js";

const NARROW = matchMedia("(width < 960px)");

/** The element that scrolls the document, or null when the window itself does. */
function scrollerOf(page) {
  for (let at = page; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}

function part(page, selector, make) {
  const found = page.querySelector(selector) ?? document.querySelector(selector);
  if (found) return found;
  const made = make();
  page.append(made);
  return made;
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
function readView(page, data, model) {
  const scroller = scrollerOf(page);
  const geometry = new Geometry(model.turns, scroller);
  const painter = canHighlight() ? new HighlightPainter(model.turns) : new MarkPainter(model.turns);
  const brackets = new Brackets({ ...model, questions: data.questions ?? [] });
  const view = new View({ ...model, painter, brackets, scroller, isNarrow: () => NARROW.matches });
  return { scroller, geometry, painter, brackets, view };
}

function readNet(page, data) {
  const { study, api: root } = page.dataset;
  const api = new Api(root);
  const outbox = new Outbox(data.me.id, study);
  return { api, outbox, queue: new Queue({ send: (request) => api.send(request), outbox }) };
}

function start(page, data) {
  const { dataset } = page;
  speak(page.lang || data.document.language, data.phrases);
  const canCode = dataset.canCode === "true";
  const model = readModel(page, data);
  const shown = readView(page, data, model);
  shown.view.painted = () => performance.mark("surface-painted");
  shown.view.start();

  const settings = new Settings(dataset.study);
  const voice = new Voice(page);
  const net = readNet(page, data);
  const statusHost = part(page, "#save-status", () => element("span", { id: "save-status" }));
  const status = canCode ? new Status({ host: statusHost, page, queue: net.queue, ...model }) : null;
  const context = { document: dataset.document, revision: dataset.revision, study: dataset.study, me: model.me };
  const tell = { saved: (command, answer) => stands(status, command, answer) };
  const undo = new UndoStack(keptInTab(`surface.undo.${model.me}.${dataset.revision}`));
  const ask = async (id) => {
    const { status, body } = await net.api.get(`codings/${id}`);
    return status === 200 ? body : null;
  };
  const verbs = new Verbs({ ...model, queue: net.queue, undo, settings, context, tell, ask });
  const selection = new Selection({ ...model, ...shown });
  const movement = new Movement({ selection, ...model, ...shown });
  const canAdd = canCode && dataset.canAddCodes !== "false";
  const parts = { page, canAdd, settings, voice, status, verbs, selection, movement, canCode, ...model, ...shown, ...net };

  const acts = new Acts(parts);
  acts.help = new HelpDialog({ host: page, settings });
  acts.card = new Card({ host: page, acts: acts.onCodings(), ...parts });
  if (canCode) {
    acts.adjusting = new Adjust(parts);
    acts.memo = new MemoDialog({ host: page, ...parts });
    acts.palette = new Palette({ host: page, ...parts });
    acts.bar = new SelectionBar({
      article: model.turns.article, geometry: shown.geometry, onCode: () => acts.openPalette(),
      onRepeat: () => acts.repeat(), repeatName: () => model.codebook.get(settings.recents[0])?.name,
    });
  }
  acts.panel = new CodesPanel({
    host: part(page, ".codes", () => element("aside", { class: "codes" })), ...parts,
    pick: (code) => acts.codeSelection(code), help: () => acts.help.open(),
  });
  const strip = new Strip({ host: part(page, ".strip", () => element("div", { class: "strip", "aria-hidden": "true" })), goTo: (point) => shown.geometry.goTo(point), ...parts });
  new Listening({ ...parts, acts, strip }).start();
  strip.start(shown.scroller);
  if (canCode) net.outbox.orphans().then((commands) => net.queue.adopt(commands));
  follow(page, data, parts);
  openLink(parts, acts);
}

/** After a save: where the coding now stands in the case description. */
function stands(status, command, answer) {
  const [place] = answer?.stands ?? [];
  if (!place || (command.kind !== "create" && !command.body?.code)) return;
  const where = [place.section, place.point].filter(Boolean).join(" · ");
  status.mention(say("status.stands", { where }));
}

/** What others do while the page is open. */
function follow(page, data, { api, codings, codebook, coders, queue }) {
  const take = (delta) => {
    for (const [id, name, initials] of delta.coders ?? []) coders.set(id, { name, initials });
    for (const code of delta.codes ?? []) codebook.put(code);
    for (const id of delta.removed_codes ?? []) codebook.remove(id);
    // What this person has done and the server does not know yet is newer than its answer.
    for (const answer of delta.codings ?? []) if (!queue.holds(answer.id) && isNews(codings, answer)) codings.set(answer.id, fromServer(answer));
    for (const id of delta.removed ?? []) if (!queue.holds(id) && codings.get(id)) codings.set(id, null);
  };
  new Changes({ api, study: page.dataset.study, document: page.dataset.document, cursor: data.cursor, take }).start();
}

function isNews(codings, answer) {
  const known = codings.get(answer.id);
  return !known || known.version !== answer.version;
}

/** A link may name a coding: ?coding=UUID or #coding-UUID. Turns are anchors of the page itself. */
function openLink({ codings }, acts) {
  const named = new URLSearchParams(location.search).get("coding") ?? location.hash.replace("#coding-", "");
  const row = codings.get(named);
  if (row) acts.focusGroup(row);
}

const page = document.getElementById("surface");
const data = document.getElementById("surface-data");
if (page && data) {
  try {
    start(page, JSON.parse(data.textContent));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Offsets that do not fit the words would put codings on other words than the reader chose.
    page.prepend(element("p", { class: "mismatch", role: "alert", text: say("status.mismatch") }));
    throw error;
  }
}
