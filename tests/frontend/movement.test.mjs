import assert from "node:assert/strict";
import test from "node:test";
import PHRASES from "../../coding/static/coding/surface/model/phrases.json" with { type: "json" };
import { speak } from "../../coding/static/coding/surface/model/wording.js";
import { Movement } from "../../coding/static/coding/surface/selection/movement.js";
import { TurnText } from "../../coding/static/coding/surface/text/offsets.js";
import { Units } from "../../coding/static/coding/surface/text/units.js";

const SAID = ["How does it begin?", "We meet 👍 at seven. Then we share.", "It takes ten minutes."];

/** A selection in points over an answer of two turns after a question. */
function text() {
  let start = 0;
  const turns = SAID.map((words, i) => {
    const turn = Object.assign(new TurnText(words, start), { asks: i === 0 });
    start = turn.end + 2;
    return turn;
  });
  const sentences = [0, 18, 20, 39, 40, 54, 56, 77];
  const units = new Units(turns, sentences, "en");
  const selection = {
    span: null,
    point: 0,
    setSpan(span) { this.span = span; },
    collapse(point) { Object.assign(this, { span: null, point }); },
  };
  const heard = [];
  const movement = new Movement({ selection, units, turns: { list: turns }, voice: { soon: (text) => heard.push(text) } });
  const words = () => selection.span && units.textOf(selection.span.start, selection.span.end);
  return { selection, movement, words, heard };
}

test("what is selected is told by its unit and its words", () => {
  speak("en", PHRASES);
  const { selection, movement, heard } = text();
  selection.point = 31;
  for (let i = 0; i < 4; i++) movement.grow();
  movement.shrink();
  selection.setSpan({ start: 20, end: 27 });
  movement.tell();
  selection.collapse(31);
  selection.span = null;
  movement.tell();
  assert.deepEqual(heard, [
    "word, 1 word: »at«",
    "sentence, 4 words: »We meet 👍 at seven.«",
    "turn, 7 words: »We meet 👍 at seven. Then we share.«",
    "answer, 11 words: »We meet 👍 at seven. Then we share. …«",
    "turn, 7 words: »We meet 👍 at seven. Then we share.«",
    "»We meet«, 2 words",
    "at",
  ]);
});

test("a selection grows from word to sentence, turn and answer, and stops there", () => {
  const { selection, movement, words } = text();
  selection.point = 31;
  const seen = [];
  for (let i = 0; i < 5; i++) {
    movement.grow();
    seen.push(words());
  }
  assert.deepEqual(seen, ["at", "We meet 👍 at seven.", SAID[1], `${SAID[1]}\n\n${SAID[2]}`, `${SAID[1]}\n\n${SAID[2]}`]);
});

test("it shrinks the way it grew, back to the caret it came from", () => {
  const { selection, movement, words } = text();
  selection.point = 31;
  for (let i = 0; i < 3; i++) movement.grow();
  movement.shrink();
  assert.equal(words(), "We meet 👍 at seven.");
  movement.shrink();
  movement.shrink();
  assert.deepEqual([selection.span, selection.point], [null, 31]);
});

test("without a way back it shrinks to the first smaller unit", () => {
  const { selection, movement, words } = text();
  selection.setSpan({ start: 20, end: 54 });
  movement.shrink();
  assert.equal(words(), "We meet 👍 at seven.");
});
