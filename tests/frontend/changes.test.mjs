import assert from "node:assert/strict";
import test from "node:test";
import { Changes } from "../../coding/static/coding/surface/net/changes.js";

// Nobody looks: no timer is set, and each question is asked by the test.
globalThis.document = { hidden: true };

function feed(...answers) {
  const asked = [];
  const taken = [];
  const api = { get: async (path) => (asked.push(path), answers.shift()) };
  const changes = new Changes({ api, study: "demo", document: "d", revision: "r1", cursor: "c0", take: (delta) => taken.push(delta), corrected: () => taken.push("corrected") });
  return { asked, taken, changes };
}

const told = (cursor, delta = {}) => ({ status: 200, body: { cursor, codings: [], removed: [], codes: [], ...delta } });

test("each question starts where the last answer ended, and news is handed on once", async () => {
  const { asked, taken, changes } = feed(told("c1", { removed: ["x"] }), told("c2"));
  await changes.ask();
  await changes.ask();
  assert.deepEqual(asked, ["studies/demo/changes?after=c0&document=d", "studies/demo/changes?after=c1&document=d"]);
  assert.deepEqual(taken.map(({ removed }) => removed), [["x"]]);
});

test("a server that does not answer is asked less and less, and nothing is lost by it", async () => {
  const { asked, changes } = feed({ status: 0, body: null }, { status: 503, body: null }, told("c1", { removed: ["x"] }));
  const pauses = [changes.pause];
  for (let i = 0; i < 3; i++) {
    await changes.ask();
    pauses.push(changes.pause);
  }
  assert.ok(pauses[1] > pauses[0] && pauses[2] > pauses[1]);
  assert.equal(pauses[3], pauses[0]);
  assert.equal(new Set(asked).size, 1);
});

test("silence lengthens the pause up to a limit", async () => {
  const { changes } = feed(...Array.from({ length: 30 }, () => told("c1")));
  for (let i = 0; i < 30; i++) await changes.ask();
  assert.ok(changes.pause > 3_000 && changes.pause <= 12_000);
});

test("two questions are never on their way at once", async () => {
  const { asked, changes } = feed(told("c1"), told("c2"));
  await Promise.all([changes.ask(), changes.ask()]);
  assert.equal(asked.length, 1);
});

test("offsets of a corrected text are not drawn on this one, and nothing is asked any more", async () => {
  const { asked, taken, changes } = feed(told("c1", { revision: "r1", removed: ["x"] }), told("c2", { revision: "r2", codings: [{ id: "y" }] }));
  for (let i = 0; i < 3; i++) await changes.ask();
  assert.deepEqual([taken.length, taken[1]], [2, "corrected"]);
  assert.equal(asked.length, 2);
});
