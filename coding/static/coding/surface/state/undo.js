/**
 * What this person did on this page, as pairs of states. An entry is
 * {label, changes: [{id, before, after}]}; undoing it is the same entry read backwards.
 */

const backwards = ({ label, changes }) => ({
  label,
  changes: changes.map(({ id, before, after }) => ({ id, before: after, after: before })).reverse(),
});

export class UndoStack {
  #done = [];
  #undone = [];

  /** A new act: what was undone before it can no longer be redone. */
  record(label, changes) {
    this.#done.push({ label, changes });
    this.#undone = [];
  }

  /** The changes that take the last act back, or null. */
  undo() {
    const entry = this.#done.pop();
    if (!entry) return null;
    this.#undone.push(entry);
    return backwards(entry);
  }

  /** The last act taken back, to be done again, or null. */
  redo() {
    const entry = this.#undone.pop();
    if (!entry) return null;
    this.#done.push(entry);
    return entry;
  }

  /** Forget every act on an object whose change the server refused: it never happened. */
  forget(id) {
    const without = (entries) => entries.filter((entry) => !entry.changes.some((change) => change.id === id));
    this.#done = without(this.#done);
    this.#undone = without(this.#undone);
  }

  get depth() {
    return { done: this.#done.length, undone: this.#undone.length };
  }
}
