/**
 * One ordered queue for everything that has to reach the server.
 *
 * A command is plain data, so that it survives a closed tab:
 * {key, kind, subject, needs?, method, path, body?, versioned?, base?, before, state, problem?}.
 * `subject` is the object it changes. Commands on one object never overtake each other; a refused
 * command holds back the later ones on its object (and those that need it) and nothing else.
 * Sending twice is harmless: creations carry the client's UUID, changes the version they start from.
 */

import { freshId } from "../model/identity.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const TRANSIENT = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504, 507]);
const STALE = new Set([409, 412]);

export class Queue {
  /**
   * @param send (request) => Promise<{status, body, retryAfter}>
   * @param outbox {save(commands)} keeps unsent commands through a closed tab
   * @param wait (ms) => {promise, cancel}: tests hand in their own clock
   */
  constructor({ send, outbox = { save() {} }, wait = clockWait }) {
    Object.assign(this, { send, outbox, wait });
    this.commands = [];
    this.trouble = null;
    this.running = false;
    this.sleeping = null;
    this.listeners = new Set();
    this.onSettled = () => {};
    this.onDropped = () => {};
  }

  push(command) {
    if (!command) return;
    const earlier = this.commands.some((other) => other.subject === command.subject);
    this.commands.push({
      ...command,
      key: freshId(),
      state: "waiting",
      attempts: 0,
      // The version that our own earlier command will produce is not known yet: filled in when it is.
      base: earlier ? null : (command.base ?? null),
    });
    this.changed();
    this.run();
  }

  /** Commands of an earlier tab go first, in their own order. */
  adopt(commands) {
    const fresh = commands.map((command) => ({ ...command, attempts: 1, state: command.problem ? "refused" : "waiting" }));
    this.commands = [...fresh, ...this.commands];
    this.changed();
    this.run();
  }

  holds(subject) {
    return this.commands.some((command) => command.subject === subject);
  }

  get summary() {
    const refused = this.commands.filter((command) => command.state === "refused");
    return { unsent: this.commands.length, refused, trouble: this.trouble, busy: this.running && !this.sleeping };
  }

  /** Try again now: the network is back, or the person asked. */
  nudge() {
    this.sleeping?.cancel();
  }

  retry(key) {
    const command = this.commands.find((other) => other.key === key);
    if (!command) return;
    const current = command.problem?.current;
    // "Keep mine" after a conflict means: start from what the server has now.
    if (command.versioned && current) command.base = current.version;
    command.state = "waiting";
    delete command.problem;
    this.changed();
    this.run();
  }

  /** Give up a refused command and everything that was built on it. */
  drop(key) {
    const at = this.commands.findIndex((other) => other.key === key);
    if (at < 0) return;
    const { subject, problem } = this.commands[at];
    const gone = new Set([subject]);
    const given = this.commands.filter((command, i) => {
      const falls = i >= at && (gone.has(command.subject) || gone.has(command.needs));
      if (falls && command.kind === "create") gone.add(command.subject);
      return falls;
    });
    this.commands = this.commands.filter((command) => !given.includes(command));
    for (const id of gone) {
      const own = given.filter((command) => command.subject === id);
      if (own.length) this.onDropped(own, problem);
    }
    this.changed();
    this.run();
  }

  next() {
    const blocked = new Set();
    for (const command of this.commands) {
      if (blocked.has(command.subject) || blocked.has(command.needs)) {
        blocked.add(command.subject);
        continue;
      }
      if (command.state !== "refused") return command;
      blocked.add(command.subject);
    }
    return null;
  }

  async run() {
    if (this.running) return;
    this.running = true;
    for (let command = this.next(); command; command = this.next()) await this.attempt(command);
    this.running = false;
    this.changed();
  }

  async attempt(command) {
    command.attempts++;
    command.state = "sending";
    this.changed();
    const answer = await this.send(requestOf(command));
    const { verdict, body } = judged(command, answer);
    if (verdict === "done") this.settle(command, body);
    else if (verdict === "refused") this.refuse(command, answer);
    else await this.pause(command, answer);
  }

  async pause(command, { status, retryAfter }) {
    command.state = "waiting";
    this.trouble = { status, attempts: command.attempts };
    this.sleeping = this.wait(Math.max((retryAfter ?? 0) * 1000, backoff(command.attempts)));
    this.changed();
    await this.sleeping.promise;
    this.sleeping = null;
  }

  settle(command, body) {
    this.trouble = null;
    this.commands = this.commands.filter((other) => other !== command);
    const following = this.commands.find((other) => other.subject === command.subject);
    if (following?.versioned && following.base === null) following.base = body?.version ?? null;
    this.onSettled(command, body);
    this.changed();
  }

  refuse(command, answer) {
    this.trouble = null;
    command.state = "refused";
    command.problem = { status: answer.status, ...(answer.body ?? {}) };
    // The same coding exists already, made elsewhere by the same person: nothing is lost by letting go.
    if (command.problem.code === "duplicate") this.drop(command.key);
    else this.changed();
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  changed() {
    this.outbox.save(this.commands);
    for (const listener of this.listeners) listener(this.summary);
  }
}

function requestOf({ key, method, path, body, versioned, base }) {
  const headers = { "Idempotency-Key": key };
  if (versioned && base !== null) headers["If-Match"] = `"${base}"`;
  return { method, path, body, headers };
}

/** done (with the object as the server has it), again (later), or refused (a person must decide). */
export function judged(command, { status, body }) {
  if (status >= 200 && status < 300) return { verdict: "done", body };
  if (TRANSIENT.has(status)) return { verdict: "again" };
  // What we want to take away is away: an earlier attempt arrived although its answer did not.
  if (command.kind === "remove" && (status === 404 || status === 410)) return { verdict: "done", body: null };
  const current = body?.current;
  const arrived = STALE.has(status) && command.attempts > 1 && current && agrees(command.body, current);
  return arrived ? { verdict: "done", body: current } : { verdict: "refused" };
}

function agrees(wanted = {}, current) {
  return Object.entries(wanted).every(([field, value]) => (current[field] ?? null) === value);
}

function backoff(attempts) {
  const spread = 0.75 + Math.random() / 2;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1)) * spread;
}

function clockWait(ms) {
  let cancel;
  const promise = new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    cancel = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { promise, cancel };
}
