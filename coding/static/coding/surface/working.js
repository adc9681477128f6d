/** All that a person can do on the coding surface: parts first, then the acts on them, then who asks for acts. */

import { fromServer } from "./model/codings.js";
import { say } from "./model/wording.js";
import { Api } from "./net/api.js";
import { Changes } from "./net/changes.js";
import { Outbox } from "./net/outbox.js";
import { Queue } from "./net/queue.js";
import { Card } from "./panels/card.js";
import { CorrectDialog, correctedJustNow } from "./panels/correct.js";
import { CodesPanel } from "./panels/codes.js";
import { Facts } from "./panels/facts.js";
import { HelpDialog } from "./panels/help.js";
import { MemoDialog } from "./panels/memo.js";
import { Palette } from "./panels/palette.js";
import { Player } from "./panels/player.js";
import { Status } from "./panels/status.js";
import { Voice } from "./panels/voice.js";
import { element } from "./rendering/element.js";
import { Strip } from "./rendering/strip.js";
import { Adjust } from "./selection/adjust.js";
import { SelectionBar } from "./selection/bar.js";
import { Geometry } from "./selection/geometry.js";
import { Movement } from "./selection/movement.js";
import { Selection } from "./selection/selection.js";
import { Acts } from "./state/acts.js";
import { Listening } from "./state/listening.js";
import { Settings } from "./state/settings.js";
import { onThisMachine, UndoStack } from "./state/undo.js";
import { Verbs } from "./state/verbs.js";

function part(page, selector, make) {
  const found = page.querySelector(selector) ?? document.querySelector(selector);
  if (found) return found;
  const made = make();
  page.append(made);
  return made;
}

/** @param model, shown what surface.js has read and painted */
export function work(page, data, model, shown) {
  const { document: documentId, revision, study, api: root, rules, canCode, canAddCodes, canChangeOthers, canCorrect } = page.dataset;
  const context = { document: documentId, revision, study, me: model.me };
  const may = { canCode: canCode === "true", canAdd: canCode === "true" && canAddCodes === "true", leads: canChangeOthers === "true", canCorrect: canCorrect === "true" };

  const settings = new Settings(model.me, study);
  const voice = new Voice(page);
  const api = new Api(root, model.me);
  const outbox = new Outbox(model.me, study);
  const queue = new Queue({ send: (request) => api.send(request), outbox });
  const geometry = new Geometry(model.turns, shown.scroller);
  const seen = { ...model, ...shown, geometry };
  const selection = new Selection(seen);
  const movement = new Movement({ ...seen, selection, voice });
  const statusHost = part(page, "#save-status", () => element("span", { id: "save-status" }));
  const status = may.canCode ? new Status({ host: statusHost, page, queue, ...model }) : null;
  const verbs = new Verbs({
    ...model, queue, settings, context,
    undo: new UndoStack(onThisMachine(`work.undo.${model.me}.${study}.${revision}`)),
    tell: { saved: (command, answer) => stands(status, model.codebook, rules, command, answer) },
    ask: async (id) => answerOf(await api.get(`codings/${id}`)),
  });

  const parts = { ...seen, ...may, host: page, settings, voice, status, verbs, api, queue, selection, recording: data.recording };
  const help = new HelpDialog(parts);
  const acts = new Acts({
    ...parts,
    card: new Card(parts),
    adjusting: may.canCode ? new Adjust(parts) : null,
    bar: may.canCode ? new SelectionBar(parts) : null,
    correcting: may.canCorrect ? new CorrectDialog({ ...parts, ...context, leave: showAnew }) : null,
    memo: may.canCode ? new MemoDialog(parts) : null,
    palette: may.canCode ? new Palette(parts) : null,
  });
  const panel = new CodesPanel({
    ...parts, host: part(page, ".codes", () => element("aside", { class: "codes" })),
    pick: (code) => acts.codeSelection(code), help: () => help.open(),
  });
  const strip = new Strip({
    ...parts, host: part(page, ".strip", () => element("div", { class: "strip", "aria-hidden": "true" })),
    goTo: (point) => geometry.goTo(point),
  });
  const player = data.recording ? new Player(parts) : null;
  new Facts({ host: page.querySelector("[data-counts]"), codings: model.codings });
  new Listening({ ...parts, movement, acts, bar: acts.bar, panel, help, strip, player }).start();
  strip.start(shown.scroller);

  if (may.canCode) outbox.orphans().then((commands) => queue.adopt(commands));
  addEventListener("storage", ({ key }) => key === "work.ended" && outbox.close());
  const corrected = () => page.querySelector(".doc").prepend(newText());
  follow({ api, study, document: documentId, revision, cursor: data.cursor, corrected }, model, queue);
  openLink(model.codings, acts);
  const told = correctedJustNow();
  if (told) acts.tellCorrected(told);
  if (data.cited) showCited(data.cited, shown, geometry);
}

/** Somebody has corrected the text. The page stays as it is until whoever reads it asks for the new one. */
function newText() {
  const again = element("button", { type: "button", class: "act-strong", text: say("corrected.load"), on: { click: () => location.reload() } });
  return element("p", { class: "doc-corrected", role: "status" }, say("corrected.text"), again);
}

/** The text is another one now: every offset on the page is of the one before. */
function showAnew(turn) {
  history.replaceState(null, "", `#${turn.section.id}`);
  location.reload();
}

function answerOf({ status, body }) {
  return status === 200 ? body : null;
}

/**
 * After a save: where the coding now stands in the case description, or that it stands nowhere yet.
 * @param rules address of a code's rules with CODE for its id; empty for those who may not change them
 */
function stands(status, codebook, rules, command, answer) {
  const code = codebook.get(answer?.code);
  if (!code || (command.kind !== "create" && !command.body?.code)) return;
  const [place] = answer.stands ?? [];
  if (place) {
    const where = [place.section, place.point].filter(Boolean).join(" · ");
    status.place(say("status.stands", { name: code.name, where }));
  } else if (answer.stands) {
    const link = rules && { href: rules.replace("CODE", code.id), text: say("status.choose") };
    status.place(say("status.nowhere", { name: code.name }), link);
  }
}

/** What others do while the page is open. */
function follow(from, { codings, codebook, coders }, queue) {
  const take = (delta) => {
    for (const [id, name, initials] of delta.coders ?? []) coders.set(id, { name, initials });
    for (const code of delta.codes ?? []) codebook.put(code);
    for (const id of delta.removed_codes ?? []) codebook.remove(id);
    // What this person has done and the server does not know yet is newer than its answer.
    for (const answer of delta.codings ?? []) if (!queue.holds(answer.id) && isNews(codings, answer)) codings.set(answer.id, fromServer(answer));
    for (const id of delta.removed ?? []) if (!queue.holds(id) && codings.get(id)) codings.set(id, null);
  };
  new Changes({ ...from, take, anothers: () => queue.stop() }).start();
}

function isNews(codings, answer) {
  const known = codings.get(answer.id);
  return !known || known.version !== answer.version;
}

/** A link may name a coding: ?coding=UUID or #coding-UUID. Turns are anchors of the page itself. */
function openLink(codings, acts) {
  const named = new URLSearchParams(location.search).get("coding") ?? location.hash.replace("#coding-", "");
  const row = codings.get(named);
  if (row) acts.focusGroup(row);
}

/** Somebody came from a citation: its words are marked. Where to go back stands in the frame. */
function showCited([start, end], { painter, view }, geometry) {
  view.near.add(view.turns.indexAt(start));
  view.flush();
  painter.show("cited", [{ start, end }]);
  geometry.goTo(start);
}
