import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { hintOf, KEYS, MOVES, meaningOf, nameOf } from "../../coding/static/coding/surface/selection/keys.js";

const folder = fileURLToPath(new URL("../../coding/static/coding/surface/", import.meta.url));
const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
const source = (await Promise.all(names.map((name) => readFile(folder + name, "utf8")))).join("\n");
const PHRASES = JSON.parse(await readFile(`${folder}model/phrases.json`, "utf8"));

test("every phrase that the code asks for exists", () => {
  const asked = [...source.matchAll(/\bsay\((?:\w+ \? )?"([\w.]+)"/g)].map(([, key]) => key);
  assert.ok(asked.length > 50);
  for (const key of asked) assert.ok(key in PHRASES, key);
  const counted = [...source.matchAll(/\bsayCount\("([\w.]+)"/g)].map(([, key]) => key);
  for (const key of counted) assert.ok(`${key}.one` in PHRASES && `${key}.other` in PHRASES, key);
});

test("no phrase is left over", () => {
  const built = ["act.", "help.", "direction.", "status.", "unit."];
  for (const key of Object.keys(PHRASES)) {
    const stem = key.replace(/\.(one|other)$/, "");
    assert.ok(source.includes(`"${stem}"`) || built.some((start) => key.startsWith(start)), key);
  }
  for (const { act } of [...KEYS, ...MOVES]) assert.ok(`act.${act}` in PHRASES, act);
});

test("no key means two things in one place, and the help lists them all", () => {
  for (const where of ["text", "coding", "elsewhere"]) {
    const bound = KEYS.filter((entry) => entry.where === "anywhere" || entry.where === where).flatMap((entry) => [...entry.keys, ...entry.letter]);
    assert.equal(new Set(bound).size, bound.length, where);
  }
});

test("single letters fall silent when they are switched off and other keys stay", () => {
  assert.equal(meaningOf("c", "text", true).act, "palette");
  assert.equal(meaningOf("c", "text", false), null);
  assert.equal(meaningOf("Enter", "text", false).act, "palette");
  assert.equal(meaningOf("Enter", "coding", true), null);
});

test("a key's name carries its modifiers, signs carry no Shift", () => {
  const press = (key, modifiers = {}) => nameOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });
  assert.equal(press("Z", { ctrlKey: true, shiftKey: true }), "Ctrl+Shift+z");
  assert.equal(press("?", { shiftKey: true }), "?");
  assert.equal(press("z", { metaKey: true }), "Ctrl+z");
  assert.equal(press("ArrowUp", { altKey: true }), "Alt+ArrowUp");
});

test("a button shows a key that works", () => {
  assert.deepEqual(["recode", "memo", "remove"].map((act) => hintOf(act, true)), ["R", "M", "Del"]);
  assert.deepEqual(["recode", "memo", "remove"].map((act) => hintOf(act, false)), ["F2", null, "Del"]);
});
