import assert from "node:assert/strict";
import test from "node:test";
import { Outbox } from "../../coding/static/coding/surface/net/outbox.js";

/** localStorage with its keys as properties, and locks that tabs hold until they are closed. */
function machine() {
  const storage = Object.create({
    getItem(key) { return this[key] ?? null; },
    setItem(key, value) { this[key] = value; },
    removeItem(key) { delete this[key]; },
  });
  const held = new Set();
  const locks = {
    async request(name, options, work = options) {
      if (work !== options) return work(held.has(name) ? null : {});
      held.add(name);
    },
  };
  const tab = (user = "anne", study = "demo") => {
    const outbox = new Outbox(user, study, { storage, locks });
    return { outbox, shut: () => held.delete(outbox.name) };
  };
  return { storage, tab };
}

const memo = { key: "k", kind: "change", subject: "a", body: { memo: "hvem sagde det?" } };

test("what a closed tab left is taken over once, by the same person in the same study", async () => {
  const { storage, tab } = machine();
  const first = tab();
  first.outbox.save([memo]);
  assert.deepEqual(await tab().outbox.orphans(), [], "the tab is still open");
  first.shut();
  assert.deepEqual(await tab("bo").outbox.orphans(), [], "another person");
  assert.deepEqual(await tab("anne", "other").outbox.orphans(), [], "another study");
  assert.deepEqual(await tab().outbox.orphans(), [memo]);
  assert.deepEqual(await tab().outbox.orphans(), []);
  assert.deepEqual(Object.keys(storage), []);
});

test("nothing stays once everything is sent", () => {
  const { storage, tab } = machine();
  const { outbox } = tab();
  outbox.save([memo]);
  assert.equal(Object.keys(storage).length, 1);
  outbox.save([]);
  assert.deepEqual(Object.keys(storage), []);
});

test("of the server's copy in a conflict its words are not kept", () => {
  const { storage, tab } = machine();
  const current = { id: "a", version: 4, code: "c", start: 1, end: 2, direction: "none", weight: null, memo: "en andens ord" };
  tab().outbox.save([{ ...memo, body: { code: "d" }, problem: { status: 409, detail: "Changed meanwhile.", current } }]);
  const [[stored]] = Object.values(storage).map((text) => JSON.parse(text));
  assert.equal(stored.problem.current.version, 4);
  assert.equal(JSON.stringify(storage).includes("en andens ord"), false);
});

test("after sign-out in another tab nothing is written any more", () => {
  const { storage, tab } = machine();
  const { outbox } = tab();
  outbox.close();
  outbox.save([memo]);
  assert.deepEqual(Object.keys(storage), []);
});
