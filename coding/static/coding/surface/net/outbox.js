/**
 * Unsent commands on this machine, so that a closed tab or a lost network costs nothing.
 *
 * Each tab writes under its own name and holds a lock of that name while it lives. A name whose lock
 * is free belongs to a tab that is gone: the next tab of the same person and study takes it over.
 * Commands hold ids and offsets; the only words are a memo or a new code's name on its way. They are
 * erased once the server has them, and at sign-out (ui/js/sign-out.js clears what begins with "work.").
 */

import { freshId } from "../model/identity.js";

export class Outbox {
  /** @param storage as localStorage; @param locks as navigator.locks, which a page without TLS lacks */
  constructor(user, study, { storage = localStorage, locks = navigator.locks } = {}) {
    Object.assign(this, { storage, locks });
    this.prefix = `work.unsent.${user}.${study}.`;
    this.name = this.prefix + freshId();
    this.saved = false;
    this.closed = false;
    // Held until the page goes away; the promise never settles on purpose.
    this.locks?.request(this.name, () => new Promise(() => {}));
  }

  /** Signed out in another tab: what this page still holds stays in this page. */
  close() {
    this.closed = true;
  }

  save(commands) {
    if (this.closed || (!commands.length && !this.saved)) return;
    try {
      if (commands.length) this.storage.setItem(this.name, JSON.stringify(commands.map(kept)));
      else this.storage.removeItem(this.name);
      this.saved = commands.length > 0;
    } catch {
      // No storage: the warning on leaving the page is what is left.
    }
  }

  /** The commands that closed tabs left behind; they are this tab's from now on. */
  async orphans() {
    if (!this.locks) return [];
    const found = [];
    for (const name of this.storedNames()) {
      await this.locks.request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return;
        found.push(...JSON.parse(this.storage.getItem(name) ?? "[]"));
        this.storage.removeItem(name);
      });
    }
    return found;
  }

  storedNames() {
    try {
      return Object.keys(this.storage).filter((key) => key.startsWith(this.prefix) && key !== this.name);
    } catch {
      return [];
    }
  }
}

/** Of the server's copy in a conflict only what it is compared by: its memo has no business here. */
function kept(command) {
  const { problem } = command;
  if (!problem?.current) return command;
  const { id, version, code, start, end, direction, weight } = problem.current;
  return { ...command, problem: { ...problem, current: { id, version, code, start, end, direction, weight } } };
}
