import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { Codebook } from "../../coding/static/coding/surface/model/codes.js";
import { Codings } from "../../coding/static/coding/surface/model/codings.js";
import { speak } from "../../coding/static/coding/surface/model/wording.js";
import { countsOf } from "../../coding/static/coding/surface/panels/facts.js";
import { Brackets } from "../../coding/static/coding/surface/rendering/brackets.js";
import { Filter } from "../../coding/static/coding/surface/state/filter.js";
import { TurnText } from "../../coding/static/coding/surface/text/offsets.js";
import { Units } from "../../coding/static/coding/surface/text/units.js";

const folder = new URL("../../coding/static/coding/surface/", import.meta.url);
speak("en", JSON.parse(await readFile(new URL("model/phrases.json", folder), "utf8")));

const TEXTS = ["We meet at seven 👍 every day.", "And then we share the route."];
const CODES = [["b", -1, "Barrier", 3], ["o", 0, "Outside", 3], ["t", -1, "Trust", 7]];

/** The margin over two turns, without a page. */
function margin(rows) {
  let start = 0;
  const list = TEXTS.map((text, index) => {
    const turn = Object.assign(new TurnText(text, start), { index, number: index + 1 });
    start = turn.end + 2;
    return turn;
  });
  const indexAt = (point) => (point < list[1].start ? 0 : 1);
  const turns = { list, indexAt, touched: (from, to) => [indexAt(from), Math.max(indexAt(from), indexAt(to - 1))] };
  const codebook = new Codebook(CODES);
  const codings = new Codings(turns, codebook);
  codings.load(rows.map((row) => ({ direction: "none", hasMemo: false, ...row })));
  const filter = new Filter(codebook);
  const coders = new Map([["anne", { name: "Anne", initials: "A" }], ["bo", { name: "Bo", initials: "B" }]]);
  const units = new Units(list, [], "en");
  return { list, filter, codings, brackets: new Brackets({ turns, codings, codebook, coders, filter, units, questions: [], me: "anne" }) };
}

test("codings that agree share a bracket, others have their own, in reading order", () => {
  const { brackets, list } = margin([
    { id: "2", start: 3, end: 7, code: "t", coder: "anne" },
    { id: "3", start: 0, end: 16, code: "o", coder: "bo" },
    { id: "1", start: 0, end: 16, code: "o", coder: "anne" },
  ]);
  const groups = brackets.groupsIn(list[0]).map(({ code, rows }) => [code, rows.map((row) => row.coder)]);
  assert.deepEqual(groups, [["o", ["anne", "bo"]], ["t", ["anne"]]]);
});

test("a bracket is read aloud with parent, code, who, how much and what stands on it", () => {
  const { brackets, list } = margin([
    { id: "1", start: 0, end: 16, code: "o", coder: "anne", direction: "hinders", hasMemo: true },
    { id: "2", start: 0, end: 16, code: "o", coder: "bo" },
  ]);
  const [group] = brackets.groupsIn(list[0]);
  assert.equal(brackets.spoken(group, false), "Barrier, Outside, Anne, Bo, 4 words, hinders, has a memo");
});

test("a coding over two turns stands in both and counts once", () => {
  const { brackets, list } = margin([{ id: "1", start: 3, end: list1End(), code: "t", coder: "bo", unsent: true }]);
  const groups = list.map((turn) => brackets.groupsIn(turn));
  assert.deepEqual(groups.map((each) => each.length), [1, 1]);
  assert.equal(brackets.inOrder().length, 1);
  assert.match(brackets.spoken(groups[1][0], true), /^Trust, Bo, 11 words, continued from an earlier turn, not saved yet$/);
});

test("only what the filter shows has a bracket", () => {
  const { brackets, filter, list } = margin([
    { id: "1", start: 0, end: 7, code: "o", coder: "anne" },
    { id: "2", start: 0, end: 7, code: "t", coder: "anne" },
  ]);
  filter.toggleCode("b");
  assert.deepEqual(brackets.groupsIn(list[0]).map(({ code }) => code), ["o"]);
});

test("the line under the title counts codings and the people behind them", () => {
  const { codings } = margin([{ id: "1", start: 0, end: 7, code: "o", coder: "anne" }]);
  assert.equal(countsOf(codings.all()), "1 coding · 1 coder");
  codings.set("2", { id: "2", start: 3, end: 7, code: "t", coder: "bo" });
  assert.equal(countsOf(codings.all()), "2 codings · 2 coders");
  codings.set("1", null);
  codings.set("2", null);
  assert.equal(countsOf(codings.all()), "0 codings");
});

function list1End() {
  return TEXTS.reduce((sum, text) => sum + [...text].length, 2);
}
