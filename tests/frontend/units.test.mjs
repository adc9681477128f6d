import assert from "node:assert/strict";
import test from "node:test";
import { TurnText } from "../../coding/static/coding/surface/text/offsets.js";
import { Units } from "../../coding/static/coding/surface/text/units.js";
import { randomText, seeded } from "./random.mjs";

function documentOf(...parts) {
  const turns = [];
  let start = 0;
  for (const [text, asks = false] of parts) {
    const turn = new TurnText(text, start);
    turn.asks = asks;
    turns.push(turn);
    start = turn.end + 2;
  }
  return turns;
}

const ASKED = "Hvordan gik det?";
const FIRST = "Jo, 😀 vi fik ti-minutters møder. Det var godt!";
const SECOND = "Ja, for jer.";
const turns = documentOf([ASKED, true], [FIRST], [SECOND], ["Tak.", true]);
const sentences = [0, 16, 18, 18 + 32, 18 + 33, turns[1].end, turns[2].start, turns[2].end, turns[3].start, turns[3].end];
const units = new Units(turns, sentences, "da");
const at = (words) => {
  const turn = turns.find((one) => one.text.includes(words));
  const index = turn.text.indexOf(words);
  return { start: turn.toPoint(index), end: turn.toPoint(index + words.length) };
};
const read = ({ start, end }) => units.textOf(start, end);

test("a selection that cuts words grows to whole words", () => {
  const cut = { start: at("fik").start + 1, end: at("møder").start + 2 };
  assert.equal(read(units.snap(cut.start, cut.end)), "fik ti-minutters møder");
});

test("spaces at the edges of a selection are left out", () => {
  const { start, end } = at(" fik ");
  assert.equal(read(units.snap(start, end)), "fik");
});

test("a selection of nothing but space is none", () => {
  const { start } = at(" fik");
  assert.equal(units.snap(start, start + 1), null);
});

test("a selection that ends at the start of the next turn stays in its own", () => {
  assert.deepEqual(units.snap(turns[1].start, turns[2].start), { start: turns[1].start, end: turns[1].end });
});

test("a hyphen or an apostrophe keeps a word together", () => {
  assert.equal(read(units.word(at("minutters").start)), "ti-minutters");
});

test("one key grows word to sentence to turn to answer, and shrinking leads back down", () => {
  let span = units.grow({ start: at("møder").start + 1, end: at("møder").start + 1 });
  assert.equal(read(span), "møder");
  span = units.grow(span);
  assert.equal(read(span), "Jo, 😀 vi fik ti-minutters møder.");
  span = units.grow(span);
  assert.equal(read(span), FIRST);
  span = units.grow(span);
  assert.equal(read(span), `${FIRST}\n\n${SECOND}`);
  assert.equal(units.grow(span), span);
  span = units.shrink(span);
  assert.equal(read(span), FIRST);
  span = units.shrink(span);
  assert.equal(read(span), "Jo, 😀 vi fik ti-minutters møder.");
  assert.equal(read(units.shrink(span)), "Jo");
});

test("a span over two sentences grows to the turn that holds both", () => {
  const span = { start: at("møder").start, end: at("Det").end };
  assert.equal(read(units.grow(span)), "Jo, 😀 vi fik ti-minutters møder. Det var godt!");
});

test("letters are what a person sees, whatever they are made of", () => {
  const family = new Units(documentOf(["a👩‍👩‍👧e\u0301b"]), [], "da");
  const stops = [0];
  while (stops.at(-1) < family.turns[0].end) stops.push(family.letterFrom(stops.at(-1), 1));
  assert.deepEqual(stops, [0, 1, 6, 8, 9]);
  assert.equal(family.letterFrom(6, -1), 1);
});

test("moving by word crosses from turn to turn and stops at the document's ends", () => {
  assert.equal(units.wordFrom(turns[1].end, 1), at("Ja").end);
  assert.equal(units.wordFrom(turns[2].start, -1), at("godt").start);
  assert.equal(units.wordFrom(0, -1), 0);
  assert.equal(units.wordFrom(turns[3].end, 1), turns[3].end);
});

test("words are counted over turns and in parts of turns", () => {
  assert.equal(units.countWords(0, turns[3].end), 15);
  assert.equal(units.countWords(at("fik").start, at("møder").end), 3);
});

test("snapping is stable and never loses selected letters, whatever the text", () => {
  const random = seeded(99);
  for (let round = 0; round < 300; round++) {
    const some = documentOf([randomText(random)], [randomText(random)]);
    const any = new Units(some, [], "da");
    const end = some[1].end;
    const [a, b] = [Math.floor(random() * end), Math.floor(random() * (end + 1))].sort((x, y) => x - y);
    const trimmed = any.trim(a, b);
    const snapped = any.snap(a, b);
    if (!trimmed) {
      assert.equal(snapped, null);
      continue;
    }
    assert.ok(snapped.start <= trimmed.start && snapped.end >= trimmed.end);
    assert.deepEqual(any.snap(snapped.start, snapped.end), snapped);
  }
});
