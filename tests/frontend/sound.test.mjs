import assert from "node:assert/strict";
import test from "node:test";
import { clock, otherSpeed, Sound, SPEEDS, stepped, ticksPath, wavePath } from "../../coding/static/coding/surface/model/sound.js";
import { seeded } from "./random.mjs";

const [ASKED, FIRST, SECOND] = ["asked", "first", "second"];
const sound = new Sound([[760_000, ASKED], [767_500, FIRST], [795_000, SECOND]]);

test("a moment belongs to the turn that began last", () => {
  const turnAt = (seconds) => sound.at(seconds)?.turn ?? null;
  assert.deepEqual([0, 759.9, 760, 767.4, 767.5, 794, 795, 9999].map(turnAt), [null, null, ASKED, ASKED, FIRST, FIRST, SECOND, SECOND]);
  assert.equal(new Sound([]).at(5), null);
});

test("a turn lasts until the next begins, in the order of the clock", () => {
  const mixed = new Sound([[5000, "b"], [1000, "a"], [9000, "c"]]);
  assert.deepEqual(mixed.spans, [{ turn: "a", start: 1, end: 5 }, { turn: "b", start: 5, end: 9 }, { turn: "c", start: 9, end: Infinity }]);
  assert.equal(mixed.byTurn.get("b").start, 5);
  assert.equal(mixed.least, 9);
});

test("looking a moment up agrees with looking through", () => {
  const random = seeded(7);
  const times = Array.from({ length: 200 }, (_, turn) => [Math.floor(random() * 60) * 1000, turn]);
  const many = new Sound(times);
  for (let seconds = -1; seconds < 62; seconds += 0.5) {
    const through = many.spans.filter(({ start }) => start <= seconds).at(-1) ?? null;
    assert.equal(many.at(seconds), through);
  }
});

test("the clock counts hours only when there are some", () => {
  assert.deepEqual([0, 59.9, 767, 3600, 3767.2, -3].map(clock), ["0:00", "0:59", "12:47", "1:00:00", "1:02:47", "0:00"]);
});

test("five seconds stay inside the recording", () => {
  assert.deepEqual([stepped(3, -1, 60), stepped(58, 1, 60), stepped(20, 1, 60), stepped(20, -1, 60)], [0, 60, 25, 15]);
});

test("speeds go step by step and stop at the ends", () => {
  assert.equal(otherSpeed(1, 1), 1.25);
  assert.equal(otherSpeed(1, -1), 0.75);
  assert.equal(otherSpeed(SPEEDS.at(-1), 1), SPEEDS.at(-1));
  assert.equal(otherSpeed(SPEEDS[0], -1), SPEEDS[0]);
});

test("the picture has a bar for each peak, and silence is a line", () => {
  const path = wavePath([0, 255, 128]);
  assert.equal(path.match(/M/g).length, 3);
  assert.match(path, /^M0 0\.98h\.7v0\.04h-\.7zM1 0\.00h\.7v2\.00h-\.7z/);
  assert.equal(wavePath([]), "");
});

test("ticks that would touch are left out, and so are those beyond the end", () => {
  assert.equal(ticksPath([0, 1, 50, 120], 100), "M0 0v1M10 0v1M500 0v1");
  assert.equal(ticksPath([0, 0.1, 0.2, 10], 100), "M0 0v1M100 0v1");
});
