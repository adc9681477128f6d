import assert from "node:assert/strict";
import test from "node:test";
import { UndoStack } from "../../coding/static/coding/surface/state/undo.js";
import { Verbs } from "../../coding/static/coding/surface/state/verbs.js";

/** Verbs over plain rows; what would be sent is kept. */
function page({ ask = async () => null } = {}) {
  const rows = new Map();
  const sent = [];
  const codings = { get: (id) => rows.get(id) ?? null, set: (id, row) => (row ? rows.set(id, row) : rows.delete(id)), same: () => undefined };
  const queue = { push: (command) => command && sent.push(command), holds: () => false };
  const context = { document: "d", revision: "r", study: "s", me: "me" };
  const verbs = new Verbs({ codings, codebook: {}, queue, undo: new UndoStack(), settings: { used() {} }, context, tell: { saved() {} }, ask });
  const made = verbs.code({ start: 1, end: 9 }, "tillid");
  const saved = (version, fields = {}) => codings.set(made.id, { ...codings.get(made.id), version, ...fields });
  return { codings, made, saved, sent, verbs };
}

test("a memo begun before the coding was saved is sent with the version it got meanwhile", () => {
  const { made, saved, sent, verbs } = page();
  saved(1);
  verbs.memo(made, "hvem sagde det?");
  assert.equal(sent.at(-1).base, 1);
});

test("a change sends what was changed and nothing that others have changed meanwhile", () => {
  const { made, saved, sent, verbs } = page();
  saved(2, { code: "rettet af en anden" });
  verbs.direct(made, "hinders");
  assert.deepEqual(sent.at(-1).body, { direction: "hinders" });
  verbs.direct(made, "none");
  assert.deepEqual(sent.at(-1).body, { direction: "none" });
});

test("nothing is sent when nothing has changed", () => {
  const { made, saved, sent, verbs } = page();
  saved(1);
  verbs.adjust(made, { start: 1, end: 9 });
  verbs.recode(made, "tillid");
  assert.equal(sent.length, 1);
});

test("undo takes a coding away, redo brings the same one back", () => {
  const { made, saved, sent, verbs } = page();
  saved(1);
  assert.deepEqual(verbs.takeBack(), { label: "undo.coded", done: true });
  assert.equal(sent.at(-1).kind, "remove");
  verbs.doAgain();
  assert.deepEqual([sent.at(-1).kind, sent.at(-1).path], ["restore", `codings/${made.id}/restore`]);
});

test("what someone else has changed since is left alone, and the act is forgotten", () => {
  const { codings, made, saved, sent, verbs } = page();
  saved(1);
  verbs.direct(made, "hinders");
  saved(3, { code: "rettet af en anden" });
  assert.deepEqual(verbs.takeBack(), { label: "undo.directed", done: false });
  assert.equal(sent.length, 2);
  assert.equal(codings.get(made.id).direction, "hinders");
  assert.equal(verbs.takeBack(), null);
});

test("a change that is given up leaves the coding as others have made it since", async () => {
  const theirs = { start: 1, end: 9, code: "samarbejde", coder: "me", version: 4, removed: false };
  const { codings, made, saved, sent, verbs } = page({ ask: async (id) => ({ id, ...theirs }) });
  saved(1);
  verbs.recode(made, "retfærdighed");
  await verbs.dropped([sent.at(-1)]);
  const { code, version } = codings.get(made.id);
  assert.deepEqual([code, version], ["samarbejde", 4]);
});

test("a change that is given up leaves nothing of a coding that was removed meanwhile", async () => {
  const { codings, made, saved, sent, verbs } = page({ ask: async (id) => ({ id, removed: true }) });
  saved(1);
  verbs.recode(made, "retfærdighed");
  await verbs.dropped([sent.at(-1)]);
  assert.equal(codings.get(made.id), null);
});

test("two codings become one, and undo parts them again", () => {
  const { codings, made, saved, sent, verbs } = page();
  saved(1);
  const second = verbs.code({ start: 6, end: 20 }, "tillid");
  assert.equal(verbs.join(made, second), true);
  assert.deepEqual(sent.slice(-2).map(({ kind, subject, needs, body }) => [kind, subject, needs, body]), [
    ["change", made.id, undefined, { end: 20, revision: "r" }],
    ["remove", second.id, made.id, undefined],
  ]);
  assert.equal(codings.get(second.id), null);

  assert.deepEqual(verbs.takeBack(), { label: "undo.joined", done: true });
  assert.deepEqual([codings.get(made.id).end, codings.get(second.id).start], [9, 6]);
  verbs.remove(second);
  assert.equal(verbs.join(made, second), false);
});

test("of two codings of which one covers the other, the one that covers stays", () => {
  for (const [span, stays] of [[{ start: 0, end: 20 }, "second"], [{ start: 4, end: 8 }, "first"]]) {
    const { codings, made, saved, sent, verbs } = page();
    saved(1);
    const second = verbs.code(span, "tillid");
    const before = sent.length;
    assert.equal(verbs.join(made, second), true);
    assert.deepEqual(sent.slice(before).map(({ kind, needs }) => [kind, needs]), [["remove", undefined]]);
    assert.equal(codings.get(second.id) !== null, stays === "second");
    assert.equal(codings.get(made.id) !== null, stays === "first");
  }
});
