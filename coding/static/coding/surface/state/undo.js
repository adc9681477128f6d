/**
 * What this person did on this page, as pairs of states. An entry is
 * {label, changes: [{id, before, after}]}; undoing it is the same entry read backwards.
 */

const FORGETFUL = { load: () => null, save() {} };

/** Keeps the acts of this tab through a reload: ids and offsets, no words. */
export function keptInTab(name) {
  return {
    load() {
      try {
        return JSON.parse(sessionStorage.getItem(name));
      } catch {
        return null;
      }
    },
    save(acts) {
      try {
        sessionStorage.setItem(name, JSON.stringify(acts));
      } catch {
        // Storage is full or forbidden: undo lasts until the page is left.
      }
    },
  };
}

const backwards = ({ label, changes }) => ({
  label,
  changes: changes.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse(),
});

export class UndoStack {
  #done;
  #undone;
  #store;

  /** @param store {load() => {done, undone} | null, save({done, undone})} */
  constructor(store = FORGETFUL) {
    this.#store = store;
    ({ done: this.#done, undone: this.#undone } = store.load() ?? { done: [], undone: [] });
  }

  /** A new act: what was undone before it can no longer be redone. */
  record(label, changes) {
    this.#done.push({ label, changes });
    this.#undone = [];
    this.#save();
  }

  /** The changes that take the last act back, or null. */
  undo() {
    const entry = this.#done.pop();
    if (!entry) return null;
    this.#undone.push(entry);
    this.#save();
    return backwards(entry);
  }

  /** The last act taken back, to be done again, or null. */
  redo() {
    const entry = this.#undone.pop();
    if (!entry) return null;
    this.#done.push(entry);
    this.#save();
    return entry;
  }

  /** Forget every act on an object: the server refused it, or someone else has changed it since. */
  forget(id) {
    const without = (entries) => entries.filter((entry) => !entry.changes.some((change) => change.id === id));
    this.#done = without(this.#done);
    this.#undone = without(this.#undone);
    this.#save();
  }

  #save() {
    this.#store.save({ done: this.#done, undone: this.#undone });
  }

  get depth() {
    return { done: this.#done.length, undone: this.#undone.length };
  }
}
