import assert from "node:assert/strict";
import test from "node:test";

import { citedNumbers, shortened } from "../../coding/static/coding/drafts/cited.js";

test("a text's citations are listed in its order, each once", () => {
  assert.deepEqual(citedNumbers("Det siger de [@7]. [@12]\n\n[@7] og [@] og [@x]."), ["7", "12"]);
  assert.deepEqual(citedNumbers(""), []);
});

test("a long quote is cut on one line", () => {
  assert.equal(shortened("  Ti\n minutter. "), "Ti minutter.");
  const cut = shortened("ord ".repeat(40));
  assert.ok(cut.length <= 60 && cut.endsWith("…"));
});
