/**
 * What this person did to this text, as pairs of states. An entry is
 * {label, changes: [{id, before, after, needs?}]}; undoing it is the same entry read backwards.
 *
 * The store is the truth and is read each time: two tabs of one person share one past.
 */

// Far more than anybody takes back one by one, and little enough to be written at every act.
const MOST = 1000;
const NOTHING = { done: [], undone: [] };

/** Forgotten when the page is left. */
export function inMemory() {
  let acts = NOTHING;
  return { load: () => acts, save: (now) => (acts = now) };
}

/** Kept through reloads and closed tabs until sign-out: ids and offsets, no words. */
export function onThisMachine(name) {
  const fallback = inMemory();
  return {
    load() {
      try {
        return JSON.parse(localStorage.getItem(name)) ?? fallback.load();
      } catch {
        return fallback.load();
      }
    },
    save(acts) {
      try {
        localStorage.setItem(name, JSON.stringify(acts));
      } catch {
        // Storage is full or forbidden: undo lasts until the page is left.
        fallback.save(acts);
      }
    },
  };
}

const backwards = ({ label, changes }) => ({
  label,
  changes: changes.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse(),
});

export class UndoStack {
  #store;

  /** @param store {load() => {done, undone}, save({done, undone})} */
  constructor(store = inMemory()) {
    this.#store = store;
  }

  /** A new act: what was undone before it can no longer be redone. */
  record(label, changes) {
    const { done } = this.#store.load();
    this.#store.save({ done: [...done, { label, changes }].slice(-MOST), undone: [] });
  }

  /** The changes that take the last act back, or null. */
  undo() {
    const { done, undone } = this.#store.load();
    const entry = done.at(-1);
    if (!entry) return null;
    this.#store.save({ done: done.slice(0, -1), undone: [...undone, entry] });
    return backwards(entry);
  }

  /** The last act taken back, to be done again, or null. */
  redo() {
    const { done, undone } = this.#store.load();
    const entry = undone.at(-1);
    if (!entry) return null;
    this.#store.save({ done: [...done, entry], undone: undone.slice(0, -1) });
    return entry;
  }

  /** Forget every act on an object: the server refused it, or someone else has changed it since. */
  forget(id) {
    const without = (entries) => entries.filter((entry) => !entry.changes.some((change) => change.id === id));
    const { done, undone } = this.#store.load();
    this.#store.save({ done: without(done), undone: without(undone) });
  }

  get depth() {
    const { done, undone } = this.#store.load();
    return { done: done.length, undone: undone.length };
  }
}
