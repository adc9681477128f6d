import assert from "node:assert/strict";
import test from "node:test";
import { Queue } from "../../coding/static/coding/surface/net/queue.js";

const create = (subject, more = {}) => ({ kind: "create", subject, method: "PUT", path: `codings/${subject}`, body: { code: "c" }, before: null, ...more });
const change = (subject, body, base = null) => ({ kind: "change", subject, method: "PATCH", path: `codings/${subject}`, body, versioned: true, base, before: { id: subject } });
const remove = (subject) => ({ kind: "remove", subject, method: "DELETE", path: `codings/${subject}`, before: { id: subject } });

/** A server that answers from a list; what it was asked is kept. */
function server(...answers) {
  const asked = [];
  const send = async (request) => {
    asked.push(request);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return typeof answer === "function" ? answer(request) : answer;
  };
  return { asked, send };
}

function queueOn({ send }) {
  const waits = [];
  const saved = [];
  let time = 0;
  const queue = new Queue({
    send,
    now: () => time,
    wait: (ms) => {
      waits.push(ms);
      return { promise: Promise.resolve().then(() => (time += ms)), cancel() {} };
    },
    outbox: { save: (commands) => saved.push(structuredClone(commands)) },
  });
  const settled = [];
  const dropped = [];
  queue.onSettled = (command, body) => settled.push([command.subject, body]);
  queue.onDropped = (commands) => dropped.push(commands.map((command) => command.subject));
  return { queue, waits, saved, settled, dropped };
}

async function quiet(queue) {
  for (let i = 0; i < 200 && queue.running; i++) await new Promise((resolve) => setImmediate(resolve));
}

const OK = { status: 200, body: { version: 1 } };

test("commands are sent one at a time in the order they were given", async () => {
  const fake = server(OK);
  const { queue, settled } = queueOn(fake);
  queue.push(create("a"));
  queue.push(create("b"));
  queue.push(remove("a"));
  await quiet(queue);
  assert.deepEqual(fake.asked.map(({ method, path }) => `${method} ${path}`), ["PUT codings/a", "PUT codings/b", "DELETE codings/a"]);
  assert.equal(settled.length, 3);
  assert.equal(queue.summary.unsent, 0);
});

test("a lost answer is asked for again with the same body, waiting longer each time", async () => {
  const fake = server({ status: 0 }, { status: 503, retryAfter: 9 }, { status: 507 }, OK);
  const { queue, waits, settled } = queueOn(fake);
  queue.push(create("a"));
  await quiet(queue);
  assert.equal(fake.asked.length, 4);
  assert.equal(new Set(fake.asked.map((request) => JSON.stringify([request.path, request.body, request.headers]))).size, 1);
  assert.ok(waits[0] >= 375 && waits[0] <= 625);
  assert.equal(waits[1], 9000);
  assert.ok(waits[2] >= 1500);
  assert.deepEqual(settled.map(([subject]) => subject), ["a"]);
});

test("a command that the server stumbles over holds back its own object only, and is refused in the end", async () => {
  const fake = server(({ path }) => (path === "codings/poison" ? { status: 500, body: null } : OK));
  const { queue, settled } = queueOn(fake);
  queue.push(create("poison"));
  queue.push(change("poison", { code: "x" }));
  for (const subject of ["a", "b", "c"]) queue.push(create(subject));
  await quiet(queue);
  assert.deepEqual(settled.map(([subject]) => subject), ["a", "b", "c"]);
  assert.deepEqual(fake.asked.slice(0, 4).map(({ path }) => path), ["codings/poison", "codings/a", "codings/b", "codings/c"]);
  assert.equal(fake.asked.filter(({ path }) => path === "codings/poison").length, 5);
  const [refused] = queue.summary.refused;
  assert.deepEqual([refused.subject, refused.problem.status], ["poison", 500]);
  assert.equal(queue.summary.unsent, 2);
});

test("a refused command is tried afresh when the person asks", async () => {
  let works = false;
  const fake = server(() => (works ? OK : { status: 500, body: null }));
  const { queue, settled } = queueOn(fake);
  queue.push(create("a"));
  queue.push(change("a", { code: "x" }));
  await quiet(queue);
  works = true;
  queue.retry(queue.summary.refused[0].key);
  await quiet(queue);
  assert.deepEqual(settled.map(([subject]) => subject), ["a", "a"]);
  assert.equal(queue.summary.unsent, 0);
});

test("a command whose answer is always lost does not keep the others from being sent", async () => {
  let asked = 0;
  const fake = server(({ path }) => (path === "codings/poison" && ++asked < 9 ? { status: 0 } : OK));
  const { queue, settled } = queueOn(fake);
  queue.push(create("poison"));
  queue.push(create("a"));
  queue.push(create("b"));
  await quiet(queue);
  assert.deepEqual(settled.map(([subject]) => subject), ["a", "b", "poison"]);
});

test("while the server is away it is left alone, however much waits", async () => {
  let away = 6;
  const fake = server(() => (away-- > 0 ? { status: 503, retryAfter: 0 } : OK));
  const { queue, waits, settled } = queueOn(fake);
  for (const subject of ["a", "b", "c"]) queue.push(create(subject));
  await quiet(queue);
  assert.equal(fake.asked.length, 9);
  assert.ok(waits.length >= 6);
  // Doubled each time, give or take a quarter: no burst as there would be with one clock for each.
  assert.ok(waits.reduce((sum, ms) => sum + ms) >= 0.75 * (500 + 1000 + 2000 + 4000 + 8000 + 16000));
  assert.equal(settled.length, 3);
});

test("what is added while another command waits is sent at once", async () => {
  let release;
  const asked = [];
  const queue = new Queue({
    send: async ({ path }) => (asked.push(path), path === "codings/poison" ? { status: 500 } : OK),
    wait: () => ({ promise: new Promise((resolve) => (release = resolve)), cancel: () => release() }),
    now: () => 0,
  });
  queue.push(create("poison"));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(queue.summary.trouble, { status: 500 });
  queue.push(create("a"));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(asked, ["codings/poison", "codings/a"]);
  assert.equal(queue.summary.unsent, 1);
});

test("a change starts from the version that our own earlier command produced", async () => {
  const fake = server({ status: 201, body: { version: "v1" } }, { status: 200, body: { version: "v2" } }, OK);
  const { queue } = queueOn(fake);
  queue.push(create("a"));
  queue.push(change("a", { code: "x" }));
  queue.push(change("a", { code: "y" }, "old"));
  await quiet(queue);
  assert.deepEqual(fake.asked.map(({ headers }) => headers["If-Match"]), [undefined, '"v1"', '"v2"']);
});

test("a refused command holds back its own object only", async () => {
  const fake = server(({ path }) => (path === "codings/a" ? { status: 422, body: { title: "no" } } : OK));
  const { queue } = queueOn(fake);
  queue.push(create("a"));
  queue.push(change("a", { code: "x" }));
  queue.push(create("b"));
  await quiet(queue);
  assert.deepEqual(fake.asked.map(({ path }) => path), ["codings/a", "codings/b"]);
  assert.equal(queue.summary.refused[0].problem.title, "no");
  assert.equal(queue.summary.unsent, 2);
});

test("dropping a refused creation drops what was built on it and nothing else", async () => {
  const fake = server(({ path }) => (path === "codes/n" ? { status: 403, body: {} } : OK));
  const { queue, dropped } = queueOn(fake);
  queue.push({ kind: "code", subject: "n", method: "POST", path: "codes/n", body: {}, before: null });
  queue.push(create("a", { needs: "n" }));
  queue.push(change("a", { direction: "both" }));
  queue.push(create("b"));
  await quiet(queue);
  assert.equal(queue.summary.unsent, 3);
  queue.drop(queue.summary.refused[0].key);
  await quiet(queue);
  assert.deepEqual(dropped.flat().sort(), ["a", "a", "n"]);
  assert.equal(queue.summary.unsent, 0);
});

test("keeping mine after a conflict starts from the version the server has now", async () => {
  const fake = server({ status: 409, body: { current: { version: 7, code: "theirs" } } }, OK);
  const { queue } = queueOn(fake);
  queue.push(change("a", { code: "mine" }, 3));
  await quiet(queue);
  queue.retry(queue.summary.refused[0].key);
  await quiet(queue);
  assert.deepEqual(fake.asked.map(({ headers }) => headers["If-Match"]), ['"3"', '"7"']);
  assert.equal(queue.summary.unsent, 0);
});

test("a repeated change that had arrived before its answer was lost counts as done", async () => {
  const fake = server({ status: 0 }, { status: 412, body: { current: { version: 4, code: "mine" } } });
  const { queue, settled } = queueOn(fake);
  queue.push(change("a", { code: "mine" }, 3));
  await quiet(queue);
  assert.equal(queue.summary.refused.length, 0);
  assert.deepEqual(settled, [["a", { version: 4, code: "mine" }]]);
});

test("removing what is gone already is done", async () => {
  const { queue, settled } = queueOn(server({ status: 410, body: {} }));
  queue.push(remove("a"));
  await quiet(queue);
  assert.equal(settled.length, 1);
});

test("a duplicate is let go without asking", async () => {
  const { queue, dropped } = queueOn(server({ status: 409, body: { code: "duplicate" } }));
  queue.push(create("a"));
  await quiet(queue);
  assert.deepEqual(dropped, [["a"]]);
  assert.equal(queue.summary.refused.length, 0);
});

test("what a closed tab left behind is sent first, and nothing stays in the outbox after", async () => {
  const fake = server(OK);
  const { queue, saved } = queueOn(fake);
  queue.adopt([{ ...create("old"), key: "k", state: "sending", attempts: 1, base: null }]);
  queue.push(create("new"));
  await quiet(queue);
  assert.deepEqual(fake.asked.map(({ path }) => path), ["codings/old", "codings/new"]);
  assert.ok(saved.some((commands) => commands.length === 2));
  assert.deepEqual(saved.at(-1), []);
});

test("nothing is sent as somebody else who has signed in, and nothing is lost", async () => {
  const anothers = { status: 401, body: { code: "another_person" } };
  const fake = server(anothers, OK);
  const { queue, saved, settled } = queueOn(fake);
  queue.push(create("a"));
  queue.push(create("b"));
  await quiet(queue);
  queue.push(create("c"));
  await quiet(queue);
  assert.equal(fake.asked.length, 1);
  assert.deepEqual(queue.summary, { unsent: 3, refused: [], stopped: true, trouble: null });
  assert.deepEqual(saved.at(-1).map((command) => command.subject), ["a", "b", "c"]);

  queue.nudge();
  await quiet(queue);
  assert.deepEqual(settled.map(([subject]) => subject), ["a", "b", "c"]);
  assert.equal(queue.summary.stopped, false);
});

test("what needs a change waits while that is refused, and is given up with it", async () => {
  const fake = server({ status: 409, body: { code: "version_behind" } });
  const { queue, dropped } = queueOn(fake);
  queue.push(change("a", { end: 20 }, 1));
  queue.push({ ...remove("b"), needs: "a" });
  await quiet(queue);
  assert.deepEqual(fake.asked.map(({ path }) => path), ["codings/a"]);
  queue.drop(queue.commands[0].key);
  assert.deepEqual(dropped, [["a"], ["b"]]);
  assert.equal(queue.summary.unsent, 0);
});
