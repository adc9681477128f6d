import assert from "node:assert/strict";
import test from "node:test";
import { changedPart } from "../../coding/static/coding/surface/text/edits.js";
import { randomText, seeded } from "./random.mjs";

test("an untouched text has no edit, whatever line ends the field gave back", () => {
  assert.equal(changedPart("et\nto", "et\nto"), null);
  assert.equal(changedPart("et\nto", "et\r\nto"), null);
});

test("only what changed is sent, in code points of the revision", () => {
  assert.deepEqual(changedPart("👍 tavlen visket", "👍 tavlen hvisket", 100), { start: 109, end: 109, text: "h" });
  assert.deepEqual(changedPart("aa", "aaa", 5), { start: 7, end: 7, text: "a" });
  assert.deepEqual(changedPart("en god dag", "en dag", 0), { start: 3, end: 7, text: "" });
});

test("the edit makes the one text of the other, whatever the letters", () => {
  const random = seeded(31);
  for (let i = 0; i < 500; i++) {
    const text = randomText(random);
    const written = random() < 0.5 ? randomText(random) : text.slice(0, Math.floor(random() * text.length)).replace(/[\ud800-\udbff]$/u, "") + randomText(random, 4);
    const edit = changedPart(text, written, 7);
    const letters = Array.from(text);
    if (edit) letters.splice(edit.start - 7, edit.end - edit.start, ...Array.from(edit.text));
    assert.equal(letters.join(""), written);
  }
});
