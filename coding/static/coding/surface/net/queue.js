/**
 * One ordered queue for everything that has to reach the server.
 *
 * A command is plain data, so that it survives a closed tab:
 * {key, kind, subject, needs?, method, path, body?, versioned?, base?, before, state, problem?}.
 * `subject` is the object it changes. Commands on one object never overtake each other; one that is
 * refused or fails holds back the later ones on its object (and those that need it) and nothing else.
 * Sending twice is harmless: creations carry the client's UUID, changes the version they start from.
 */

import { freshId } from "../model/identity.js";
import { isAnothers } from "./api.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** The server is away, busy, full, or has forgotten who this is: asking for anything else is no use now. */
const AWAY = new Set([0, 401, 408, 425, 429, 502, 503, 504, 507]);
/** The server stumbles over this one command: not for ever, or nobody would hear of it. */
const BROKEN = 500;
const MOST_BROKEN = 5;
const STALE = new Set([409, 412]);

export class Queue {
  /**
   * @param send (request) => Promise<{status, body, retryAfter}>
   * @param outbox {save(commands)} keeps unsent commands through a closed tab
   * @param wait (ms) => {promise, cancel} and now () => ms: tests hand in their own clock
   */
  constructor({ send, outbox = { save() {} }, wait = clockWait, now = () => performance.now() }) {
    Object.assign(this, { send, outbox, wait, now });
    this.commands = [];
    this.running = false;
    this.sleeping = null;
    // How often in a row the server was away, and until when it is left alone.
    this.misses = 0;
    this.quietUntil = 0;
    // Somebody else is signed in: everything is kept, nothing is sent until this person asks.
    this.stopped = false;
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
      due: 0,
      // The version that our own earlier command will produce is not known yet: filled in when it is.
      base: earlier ? null : (command.base ?? null),
    });
    this.changed();
    this.wake();
  }

  /** Commands of an earlier tab go first, in their own order. */
  adopt(commands) {
    const fresh = commands.map(({ failure, broken, ...command }) => ({ ...command, attempts: 1, due: 0, state: command.problem ? "refused" : "waiting" }));
    this.commands = [...fresh, ...this.commands];
    this.changed();
    this.wake();
  }

  holds(subject) {
    return this.commands.some((command) => command.subject === subject);
  }

  get summary() {
    const refused = this.commands.filter((command) => command.state === "refused");
    const failing = this.commands.find((command) => command.failure !== undefined);
    return { unsent: this.commands.length, refused, stopped: this.stopped, trouble: failing ? { status: failing.failure } : null };
  }

  /** Try again now: the network is back, or the person asked. */
  nudge() {
    this.quietUntil = 0;
    this.stopped = false;
    for (const command of this.commands) command.due = 0;
    this.changed();
    this.wake();
  }

  stop() {
    if (this.stopped) return;
    this.stopped = true;
    this.changed();
  }

  retry(key) {
    const command = this.commands.find((other) => other.key === key);
    if (!command) return;
    const current = command.problem?.current;
    // "Keep mine" after a conflict means: start from what the server has now.
    if (command.versioned && current) command.base = current.version;
    Object.assign(command, { state: "waiting", due: 0, broken: 0 });
    delete command.problem;
    this.changed();
    this.wake();
  }

  /** Give up a refused command and everything that was built on it. */
  drop(key) {
    const at = this.commands.findIndex((other) => other.key === key);
    if (at < 0) return;
    const { subject, problem } = this.commands[at];
    const gone = new Set([subject]);
    const given = this.commands.filter((command, i) => {
      const falls = i >= at && (gone.has(command.subject) || gone.has(command.needs));
      if (falls) gone.add(command.subject);
      return falls;
    });
    this.commands = this.commands.filter((command) => !given.includes(command));
    for (const id of gone) {
      const own = given.filter((command) => command.subject === id);
      if (own.length) this.onDropped(own, problem);
    }
    this.changed();
    this.wake();
  }

  /** The first command of each object that waits for nothing but its time; of these, the first due. */
  next() {
    if (this.stopped) return null;
    const held = new Set();
    let found = null;
    for (const command of this.commands) {
      const free = !held.has(command.subject) && !held.has(command.needs) && command.state !== "refused";
      held.add(command.subject);
      if (free && (!found || command.due < found.due)) found = command;
    }
    return found;
  }

  wake() {
    if (this.running) this.sleeping?.cancel();
    else this.run();
  }

  async run() {
    this.running = true;
    for (let command = this.next(); command; command = this.next()) {
      const rest = Math.max(command.due, this.quietUntil) - this.now();
      if (rest > 0) await this.sleep(rest);
      else await this.attempt(command);
    }
    this.running = false;
    this.changed();
  }

  async sleep(ms) {
    this.sleeping = this.wait(ms);
    await this.sleeping.promise;
    this.sleeping = null;
  }

  async attempt(command) {
    command.attempts++;
    command.state = "sending";
    this.changed();
    const answer = await this.send(requestOf(command));
    if (isAnothers(answer)) {
      command.state = "waiting";
      return this.stop();
    }
    const { verdict, body } = judged(command, answer);
    if (verdict === "again") return this.postpone(command, answer);
    this.misses = 0;
    delete command.failure;
    if (verdict === "done") this.settle(command, body);
    else this.refuse(command, answer);
  }

  /** Later, and by then something else may go first. */
  postpone(command, { status, retryAfter = 0 }) {
    const now = this.now();
    const asked = retryAfter * 1000;
    if (status === BROKEN) {
      command.broken = (command.broken ?? 0) + 1;
      this.misses = 0;
    } else this.quietUntil = now + Math.max(asked, backoff(++this.misses));
    command.due = now + Math.max(asked, backoff(command.attempts));
    Object.assign(command, { state: "waiting", failure: status });
    this.changed();
  }

  settle(command, body) {
    this.commands = this.commands.filter((other) => other !== command);
    const following = this.commands.find((other) => other.subject === command.subject);
    if (following?.versioned && following.base === null) following.base = body?.version ?? null;
    this.onSettled(command, body);
    this.changed();
  }

  refuse(command, answer) {
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

function requestOf({ method, path, body, versioned, base }) {
  const headers = versioned && base !== null ? { "If-Match": `"${base}"` } : {};
  return { method, path, body, headers };
}

/** done (with the object as the server has it), again (later), or refused (a person must decide). */
export function judged(command, { status, body }) {
  if (status >= 200 && status < 300) return { verdict: "done", body };
  if (AWAY.has(status)) return { verdict: "again" };
  if (status === BROKEN) return { verdict: (command.broken ?? 0) + 1 < MOST_BROKEN ? "again" : "refused" };
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
