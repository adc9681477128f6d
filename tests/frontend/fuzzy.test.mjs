import assert from "node:assert/strict";
import test from "node:test";
import { ranked } from "../../coding/static/coding/surface/model/fuzzy.js";

const code = (id, name, extra = {}) => ({ id, name, path: name, brief: "", shortcut: "", ...extra });
const CODES = [
  code("fremmere", "Fremmere", { brief: "Det der hjælper arbejdet frem." }),
  code("haemmere", "Hæmmere", { shortcut: "5" }),
  code("aften", "Aftenholdet udenfor", { path: "Hæmmere / Aftenholdet udenfor" }),
  code("tid", "Tid", { path: "Hæmmere / Tid" }),
  code("forankring", "Forankring"),
  code("hverdag", "Forankring i hverdagen", { path: "Forankring / Forankring i hverdagen" }),
  code("tillid", "Tillid", { brief: "At stole på hinanden, også om aftenen." }),
];
const names = (query, recents) => ranked(query, CODES, recents).map(({ id }) => id);

test("a name that begins with the letters leads, a word of a definition follows", () => {
  assert.deepEqual(names("aften"), ["aften", "tillid"]);
});

test("the whole name beats a longer one that begins with it", () => {
  assert.deepEqual(names("forankring").slice(0, 2), ["forankring", "hverdag"]);
});

test("a parent's name finds its children after itself", () => {
  assert.deepEqual(names("hæmmere"), ["haemmere", "aften", "tid"]);
});

test("letters without accents and left-out letters still find the code", () => {
  assert.equal(names("Tillid")[0], "tillid");
  assert.equal(names("frkhv")[0], "hverdag");
  assert.equal(ranked("resume", [code("r", "Résumé")]).length, 1);
});

test("every word of the query must fit", () => {
  assert.deepEqual(names("forank hverd"), ["hverdag"]);
  assert.deepEqual(names("forank zzz"), []);
});

test("a shortcut finds its code", () => {
  assert.equal(names("5")[0], "haemmere");
});

test("without a query the codes used last come first and the rest keeps its order", () => {
  assert.deepEqual(names("", ["tid", "fremmere"]), ["tid", "fremmere", "haemmere", "aften", "forankring", "hverdag", "tillid"]);
});

test("of two equal fits the one used lately leads", () => {
  assert.equal(names("ti")[0], "tid");
  assert.equal(names("ti", ["tillid"])[0], "tillid");
});
