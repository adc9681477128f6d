/**
 * Unsent commands on this machine, so that a closed tab or a lost network costs nothing.
 *
 * Each tab writes under its own name and holds a lock of that name while it lives. A name whose lock
 * is free belongs to a tab that is gone: the next tab of the same person and study takes it over.
 * Commands hold ids, offsets, a new code's name or a memo on its way; they are erased once sent.
 */

import { freshId } from "../model/identity.js";

export class Outbox {
  constructor(user, study) {
    this.prefix = `surface.outbox.${user}.${study}.`;
    this.name = this.prefix + freshId();
    this.saved = false;
    // Held until the page goes away; the promise never settles on purpose.
    navigator.locks?.request(this.name, () => new Promise(() => {}));
  }

  save(commands) {
    if (!commands.length && !this.saved) return;
    try {
      if (commands.length) localStorage.setItem(this.name, JSON.stringify(commands));
      else localStorage.removeItem(this.name);
      this.saved = commands.length > 0;
    } catch {
      // No storage: the warning on leaving the page is what is left.
    }
  }

  /** The commands that closed tabs left behind; they are this tab's from now on. */
  async orphans() {
    if (!navigator.locks) return [];
    const found = [];
    for (const name of this.storedNames()) {
      await navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        if (!lock) return;
        found.push(...JSON.parse(localStorage.getItem(name) ?? "[]"));
        localStorage.removeItem(name);
      });
    }
    return found;
  }

  storedNames() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix) && key !== this.name);
    } catch {
      return [];
    }
  }
}
