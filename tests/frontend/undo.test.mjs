import assert from "node:assert/strict";
import test from "node:test";
import { onThisMachine, UndoStack } from "../../coding/static/coding/surface/state/undo.js";
import { seeded } from "./random.mjs";

const step = (id, before, after) => [{ id, before, after }];

test("undo reads the last act backwards and redo reads it forwards again", () => {
  const stack = new UndoStack();
  stack.record("coding", step("a", null, { code: "x" }));
  stack.record("change", step("a", { code: "x" }, { code: "y" }));
  assert.deepEqual(stack.undo(), { label: "change", changes: step("a", { code: "y" }, { code: "x" }) });
  assert.deepEqual(stack.undo().changes, step("a", { code: "x" }, null));
  assert.equal(stack.undo(), null);
  assert.deepEqual(stack.redo().changes, step("a", null, { code: "x" }));
});

test("an act of several changes is undone in the opposite order", () => {
  const stack = new UndoStack();
  stack.record("two", [...step("a", 1, 2), ...step("b", 3, 4)]);
  assert.deepEqual(stack.undo().changes.map(({ id }) => id), ["b", "a"]);
});

test("a new act ends what could be redone", () => {
  const stack = new UndoStack();
  stack.record("one", step("a", 1, 2));
  stack.undo();
  stack.record("two", step("b", 1, 2));
  assert.equal(stack.redo(), null);
});

test("an object whose change was refused is forgotten in both directions", () => {
  const stack = new UndoStack();
  stack.record("one", step("a", 1, 2));
  stack.record("two", step("b", 1, 2));
  stack.record("three", step("a", 2, 3));
  stack.undo();
  stack.forget("a");
  assert.deepEqual(stack.depth, { done: 1, undone: 0 });
});

test("any walk of acts, undos and redos keeps the state that a plain history would have", () => {
  const random = seeded(5);
  const stack = new UndoStack();
  const state = new Map();
  const history = [new Map()];
  let now = 0;
  const apply = (changes) => changes.forEach(({ id, after }) => (after === null ? state.delete(id) : state.set(id, after)));
  for (let i = 0; i < 2000; i++) {
    const choice = random();
    if (choice < 0.5) {
      const id = String(Math.floor(random() * 5));
      const changes = step(id, state.get(id) ?? null, random() < 0.3 ? null : i);
      apply(changes);
      stack.record("act", changes);
      history.splice(++now, Infinity, new Map(state));
    } else {
      const entry = choice < 0.8 ? stack.undo() : stack.redo();
      if (entry) {
        now += choice < 0.8 ? -1 : 1;
        apply(entry.changes);
      }
    }
    assert.deepEqual(state, history[now]);
  }
});

/** localStorage as far as it is used. */
function storage(values = new Map()) {
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => values.set(key, value) };
}

test("what was done is known again after the page was loaded anew, and in another tab", () => {
  globalThis.localStorage = storage();
  const before = new UndoStack(onThisMachine("work.undo.me"));
  before.record("one", step("a", 1, 2));
  before.record("two", step("b", 1, 2));
  const after = new UndoStack(onThisMachine("work.undo.me"));
  before.undo();
  assert.deepEqual(after.redo().changes, step("b", 1, 2));
  assert.deepEqual(after.undo().changes, step("b", 2, 1));
  assert.deepEqual(before.undo().changes, step("a", 2, 1));
  assert.equal(after.undo(), null);
  assert.equal(new UndoStack(onThisMachine("work.undo.another")).redo(), null);
});

test("a browser that keeps nothing can undo until the page is left", () => {
  globalThis.localStorage = { getItem: () => null, setItem() { throw new Error("forbidden"); } };
  const stack = new UndoStack(onThisMachine("work.undo.me"));
  stack.record("one", step("a", 1, 2));
  assert.deepEqual(stack.undo().changes, step("a", 2, 1));
});
