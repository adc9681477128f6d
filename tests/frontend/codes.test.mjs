import assert from "node:assert/strict";
import test from "node:test";
import { Codebook } from "../../coding/static/coding/surface/model/codes.js";

const rows = (colours) => colours.map((colour, i) => [`c${i}`, -1, `code ${i}`, colour]);

test("children come in the order of the book, also after a change", () => {
  const book = new Codebook([["a", -1, "A", 0], ["b", 0, "B", 0], ["c", 0, "C", 0], ["d", 1, "D", 0]]);
  const names = (id) => book.childrenOf(id).map(({ name }) => name);
  assert.deepEqual([names(null), names("a"), names("d")], [["A"], ["B", "C"], []]);
  book.put({ id: "e", parent: "a", name: "E" });
  book.remove("b");
  assert.deepEqual(names("a"), ["C", "E"]);
  assert.deepEqual(book.familyOf("a"), ["a", "c", "e"]);
});

test("a new code gets the colour that the server would choose", () => {
  // As `next_colour` of coding/domain/codebook: least used at the top, seven steps apart on the wheel.
  assert.equal(new Codebook([]).nextColour(), 0);
  assert.equal(new Codebook(rows([0])).nextColour(), 7);
  assert.equal(new Codebook(rows([0, 7, 14])).nextColour(), 21);
  assert.equal(new Codebook(rows([0, 7, 14, 21])).nextColour(), 4);
  const all = Array.from({ length: 24 }, (_, i) => i);
  assert.equal(new Codebook(rows(all)).nextColour(), 0);
  assert.equal(new Codebook(rows([...all, 0])).nextColour(), 7);
});

test("colours below the top do not count", () => {
  assert.equal(new Codebook([["a", -1, "A", 0], ["b", 0, "B", 7]]).nextColour(), 7);
});
