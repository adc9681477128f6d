import assert from "node:assert/strict";
import test from "node:test";
import { astralIndexes, TurnText } from "../../coding/static/coding/surface/text/offsets.js";
import { randomText, seeded } from "./random.mjs";

test("points and indexes agree with Array.from for texts of every script", () => {
  const random = seeded(20240514);
  for (let round = 0; round < 400; round++) {
    const text = randomText(random);
    const start = Math.floor(random() * 5000);
    const turn = new TurnText(text, start);
    const letters = Array.from(text);
    assert.equal(turn.end - turn.start, letters.length);
    for (let point = 0; point <= letters.length; point++) {
      const index = letters.slice(0, point).join("").length;
      assert.equal(turn.toIndex(start + point), index, JSON.stringify({ text, point }));
      assert.equal(turn.toPoint(index), start + point, JSON.stringify({ text, index }));
    }
  }
});

test("slices by points equal slices of the code points", () => {
  const random = seeded(7);
  for (let round = 0; round < 200; round++) {
    const text = randomText(random);
    const letters = Array.from(text);
    const from = Math.floor(random() * letters.length);
    const to = from + Math.floor(random() * (letters.length - from + 1));
    assert.equal(new TurnText(text, 100).slice(100 + from, 100 + to), letters.slice(from, to).join(""));
  }
});

test("an index inside a surrogate pair is that character's own point", () => {
  const turn = new TurnText("a😀b", 10);
  assert.equal(turn.toPoint(1), 11);
  assert.equal(turn.toPoint(2), 11);
  assert.equal(turn.toPoint(3), 12);
});

test("points outside the turn are clamped to its edges", () => {
  const turn = new TurnText("hej", 10);
  assert.equal(turn.toIndex(3), 0);
  assert.equal(turn.toIndex(99), 3);
  assert.equal(turn.toPoint(-1), 10);
  assert.equal(turn.toPoint(99), 13);
});

test("a lone surrogate counts as one character, as it does in Array.from", () => {
  const text = "a\ud83d b";
  assert.equal(astralIndexes(text), null);
  assert.equal(new TurnText(text, 0).end, Array.from(text).length);
});

test("a text that is not as long as announced is refused", () => {
  assert.throws(() => new TurnText("a😀b", 10, 14), RangeError);
  assert.throws(() => new TurnText("abc", 10, 14), RangeError);
  assert.equal(new TurnText("a😀b", 10, 13).end, 13);
});
