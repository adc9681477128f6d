import assert from "node:assert/strict";
import test from "node:test";
import { dressed } from "../../coding/static/coding/drafts/insert.js";

const put = (before, after, mode) => `${before}${dressed(before, after, "[@3]", mode)}${after}`;

test("a quote becomes a paragraph of its own", () => {
  assert.equal(put("", "", "quote"), "[@3]");
  assert.equal(put("Før.", "", "quote"), "Før.\n\n[@3]");
  assert.equal(put("Før.\n", "Efter.", "quote"), "Før.\n\n[@3]\n\nEfter.");
  assert.equal(put("Før.\n\n", "\n\nEfter.", "quote"), "Før.\n\n[@3]\n\nEfter.");
});

test("a quote inside a line stays there", () => {
  assert.equal(put("De siger ", ", at det virker.", "quote"), "De siger [@3], at det virker.");
});

test("a reference joins the sentence with one space", () => {
  assert.equal(put("Det virker", ".", "reference"), "Det virker [@3].");
  assert.equal(put("Det virker ", "hver dag", "reference"), "Det virker [@3] hver dag");
  assert.equal(put("Det virker ", "året rundt", "reference"), "Det virker [@3] året rundt");
  assert.equal(put("(", ")", "reference"), "([@3])");
  assert.equal(put("", "", "reference"), "[@3]");
});
