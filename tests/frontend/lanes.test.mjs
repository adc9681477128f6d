import assert from "node:assert/strict";
import test from "node:test";
import { fitting, lanesOf, stacked } from "../../coding/static/coding/surface/rendering/lanes.js";
import { segmentsOf } from "../../coding/static/coding/surface/rendering/segments.js";
import { seeded } from "./random.mjs";

test("brackets that follow each other share the first lane", () => {
  assert.deepEqual(lanesOf([{ top: 0, bottom: 20 }, { top: 30, bottom: 50 }]), [0, 0]);
});

test("of brackets that begin together the longest stands nearest the words", () => {
  assert.deepEqual(lanesOf([{ top: 0, bottom: 20 }, { top: 0, bottom: 90 }]), [1, 0]);
});

test("no two brackets of one lane ever touch", () => {
  const random = seeded(3);
  for (let round = 0; round < 200; round++) {
    const intervals = Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
      const top = random() * 300;
      return { top, bottom: top + 5 + random() * 120 };
    });
    const lanes = lanesOf(intervals);
    intervals.forEach((one, i) => intervals.slice(i + 1).forEach((two, k) => {
      if (lanes[i] !== lanes[i + 1 + k]) return;
      assert.ok(one.bottom < two.top || two.bottom < one.top);
    }));
  }
});

test("labels keep their height when there is room and move down when there is none", () => {
  const { tops, bottom } = stacked([{ top: 0, height: 30 }, { top: 10, height: 30 }, { top: 200, height: 30 }], 5);
  assert.deepEqual(tops, [0, 35, 200]);
  assert.equal(bottom, 230);
});

test("labels are tall while they fit, then low, then behind a button that hides at least two", () => {
  const sizes = { tall: 40, low: 20, least: 5 };
  assert.deepEqual(fitting(3, 120, sizes), { compact: false, shown: 3 });
  assert.deepEqual(fitting(5, 120, sizes), { compact: true, shown: 5 });
  assert.deepEqual(fitting(7, 120, sizes), { compact: true, shown: 7 });
  assert.deepEqual(fitting(8, 120, sizes), { compact: true, shown: 6 });
  assert.deepEqual(fitting(2, 10, sizes), { compact: false, shown: 2 });
});

test("overlapping codings become stretches that each name the colours meeting there", () => {
  const rows = [
    { start: 0, end: 10, colour: 1, key: "a" },
    { start: 5, end: 15, colour: 2, key: "b" },
    { start: 5, end: 8, colour: 1, key: "c" },
    { start: 5, end: 15, colour: 2, key: "b" },
  ];
  assert.deepEqual(segmentsOf(rows, 0, 100), [
    { start: 0, end: 5, colours: [1], deep: false },
    { start: 5, end: 8, colours: [1, 2], deep: true },
    { start: 8, end: 10, colours: [1, 2], deep: false },
    { start: 10, end: 15, colours: [2], deep: false },
  ]);
});

test("stretches cover exactly the coded points and stay within the turn", () => {
  const random = seeded(11);
  for (let round = 0; round < 200; round++) {
    const rows = Array.from({ length: Math.floor(random() * 20) }, () => {
      const start = Math.floor(random() * 60);
      return { start, end: start + 1 + Math.floor(random() * 30), colour: Math.floor(random() * 4) };
    });
    const segments = segmentsOf(rows, 10, 70);
    for (let point = 0; point < 100; point++) {
      const here = point >= 10 && point < 70 ? rows.filter((row) => row.start <= point && point < row.end) : [];
      const found = segments.filter(({ start, end }) => start <= point && point < end);
      assert.deepEqual([...new Set(found.flatMap(({ colours }) => colours))].sort(), [...new Set(here.map(({ colour }) => colour))].sort());
      assert.ok(found.length <= 1);
    }
  }
});
