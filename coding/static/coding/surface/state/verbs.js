/**
 * What a person can do to codings. Each verb changes the page at once, queues the command that
 * tells the server, and records how to take it back.
 *
 * Every change is a step of one coding from a row to a row (null: it does not exist), so doing,
 * undoing and redoing are one function.
 */

import { freshId } from "../model/identity.js";
import { fromServer } from "../model/codings.js";

const FIELDS = ["code", "start", "end", "direction", "weight"];
const NAME_LENGTH = 80;

export class Verbs {
  /**
   * @param context {document, revision, study, me} ids of what is being coded and by whom
   * @param ask (id) => Promise of the coding as the server has it, null when it cannot be had
   */
  constructor({ codings, codebook, queue, undo, settings, context, tell, ask }) {
    Object.assign(this, { codings, codebook, queue, undo, settings, context, tell, ask });
    queue.onSettled = (command, answer) => this.settled(command, answer);
    queue.onDropped = (commands) => this.dropped(commands);
  }

  /** Code a span; null when this person already has exactly that coding. */
  code(span, codeId) {
    const { me } = this.context;
    this.settings.used(codeId);
    if (this.codings.same(span.start, span.end, codeId, me)) return null;
    const row = {
      id: freshId(), start: span.start, end: span.end, code: codeId, coder: me, version: null,
      direction: "none", weight: null, hasMemo: false, source: "manual",
    };
    this.act("undo.coded", [{ id: row.id, before: null, after: row }]);
    return row;
  }

  recode(row, codeId) {
    this.settings.used(codeId);
    this.change("undo.recoded", row, { code: codeId });
  }

  adjust(row, { start, end }) {
    this.change("undo.adjusted", row, { start, end });
  }

  /**
   * One coding over the words of both, as one act: one grows, where it has to, and the other goes.
   * What goes waits for what grows: a refusal must not leave the words with neither.
   *
   * @returns false when either is gone
   */
  join({ id }, second) {
    const [first, other] = [this.codings.get(id), this.codings.get(second.id)];
    if (!first || !other) return false;
    const [start, end] = [Math.min(first.start, other.start), Math.max(first.end, other.end)];
    const covers = (row) => row.start === start && row.end === end;
    const goes = covers(other) ? first : other;
    const grown = covers(first) || covers(other) ? [] : [{ id, before: first, after: { ...first, start, end } }];
    this.act("undo.joined", [...grown, { id: goes.id, before: goes, after: null, ...(grown.length && { needs: id }) }]);
    return true;
  }

  direct(row, direction) {
    this.change("undo.directed", row, { direction });
  }

  remove({ id }) {
    const row = this.codings.get(id);
    if (row) this.act("undo.removed", [{ id, before: row, after: null }]);
  }

  /** A memo is text that only the server keeps: saved through the queue, not part of undo. */
  memo(opened, text) {
    const row = this.codings.get(opened.id);
    if (row) this.codings.set(row.id, { ...row, hasMemo: text !== "", unsent: true });
    // Gone meanwhile: the server says so, and the words stay listed until the person lets them go.
    this.queue.push(this.patch(row ?? opened, { memo: text }));
  }

  /** A new code named by the person or by the words themselves, used on the span at once. */
  codeInVivo(name) {
    const id = freshId();
    const short = name.trim().replace(/\s+/gu, " ");
    const title = [...short].slice(0, NAME_LENGTH).join("");
    this.codebook.put({ id, parent: null, name: title, path: title, colour: this.codebook.nextColour() });
    this.queue.push({
      kind: "code", subject: id, method: "POST", path: `studies/${this.context.study}/codes`,
      body: { id, name: title }, before: null,
    });
    return this.codebook.get(id);
  }

  takeBack() {
    return this.replay(this.undo.undo());
  }

  doAgain() {
    return this.replay(this.undo.redo());
  }

  /** @returns {label, done}: not done when someone else has changed it since; null without an act */
  replay(entry) {
    if (!entry) return null;
    const { label, changes } = entry;
    const done = changes.every(({ id, before }) => alike(this.codings.get(id), before));
    if (done) for (const change of changes) this.step(change, true);
    else for (const { id } of changes) this.undo.forget(id);
    return { label, done };
  }

  /** Starts from the coding as it is now: while a dialog was open it may have been saved or changed. */
  change(label, { id }, fields) {
    const row = this.codings.get(id);
    if (row && Object.keys(fields).some((name) => row[name] !== fields[name])) {
      this.act(label, [{ id, before: row, after: { ...row, ...fields } }]);
    }
  }

  act(label, changes) {
    for (const change of changes) this.step(change);
    this.undo.record(label, changes);
  }

  /** `needs` is the coding whose earlier command has to succeed first. */
  step({ id, after: target, needs }, again = false) {
    const before = this.codings.get(id);
    const command = this.commandFor(id, before, target, again);
    if (!command) return;
    // Version and memo are the server's: an undone state remembers older ones.
    const kept = { version: before?.version ?? target?.version, hasMemo: before?.hasMemo ?? target?.hasMemo };
    this.codings.set(id, target && { ...target, ...kept, unsent: true });
    this.queue.push(needs ? { ...command, needs } : command);
  }

  /** @param again whether the coding has been there before: it is brought back, not made */
  commandFor(id, before, target, again) {
    const path = `codings/${id}`;
    if (!before && !target) return null;
    if (!target) return { kind: "remove", subject: id, method: "DELETE", path, before };
    if (before) return this.patch(before, changed(before, target));
    if (again) return { kind: "restore", subject: id, method: "POST", path: `${path}/restore`, before };
    const { document, revision } = this.context;
    const { start, end, code, direction } = target;
    const body = { document, revision, start, end, code, ...(direction !== "none" && { direction }) };
    return { kind: "create", subject: id, needs: code, method: "PUT", path, body, before };
  }

  patch(before, body) {
    if (!Object.keys(body).length) return null;
    // Ends mean nothing without the text they were read in: the server refuses them when it is corrected meanwhile.
    const moved = "start" in body || "end" in body ? { revision: this.context.revision } : {};
    return {
      kind: "change", subject: before.id, needs: body.code, method: "PATCH", path: `codings/${before.id}`, body: { ...body, ...moved },
      versioned: true, base: before.version, before,
    };
  }

  settled(command, answer) {
    if (command.kind === "code") {
      if (answer?.id) this.codebook.put(answer);
      return;
    }
    const shown = this.codings.get(command.subject);
    // Sent for a tab that was closed: this page learns of the coding only now.
    const adopted = !shown && command.kind === "create" && command.body.revision === this.context.revision;
    if (adopted && answer?.id && !this.queue.holds(answer.id)) this.codings.set(answer.id, fromServer(answer));
    if (shown) {
      const busy = this.queue.holds(command.subject);
      const confirmed = answer?.id ? fromServer(answer) : shown;
      // Later acts of this person are still on their way: keep what they see, learn the version only.
      this.codings.set(shown.id, busy ? { ...shown, version: confirmed.version } : { ...confirmed, unsent: false });
    }
    this.tell.saved(command, answer);
  }

  /**
   * The person gave these up: the page goes back to where it stood before the first of them, or to
   * what others have made of it since, which was not shown while these were waiting.
   */
  async dropped([{ kind, subject, before }]) {
    this.undo.forget(subject);
    if (kind === "code") {
      this.codebook.remove(subject);
      return;
    }
    this.codings.set(subject, before && { ...before, unsent: false });
    const answer = before && (await this.ask(subject));
    if (answer && !this.queue.holds(subject)) this.codings.set(subject, isPlaced(answer) ? fromServer(answer) : null);
  }
}

function isPlaced({ removed, start }) {
  return !removed && start !== null;
}

function changed(before, target) {
  const body = {};
  for (const field of FIELDS) if (before[field] !== target[field]) body[field] = target[field];
  return body;
}

function alike(row, state) {
  return row && state ? FIELDS.every((field) => row[field] === state[field]) : !row && !state;
}
