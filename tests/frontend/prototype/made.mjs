/** A document of any size made of the demo study's turns, with codings strewn over it by a seed. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function spokenTurns(root) {
  const folder = join(root, "fixtures/demo_study");
  const found = [];
  for (const place of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    for (const name of (await readdir(join(folder, place.name))).filter((file) => /^i0?[3-6]|^i1[012]/.test(file))) {
      const text = await readFile(join(folder, place.name, name), "utf8");
      for (const [, time, who, words] of text.matchAll(/^\[([\d:]+)\] ([^:\n]+): ([^\n]+)$/gm)) found.push({ time, who, text: words });
    }
  }
  return found;
}

function laidOut(spoken, words) {
  const turns = [];
  const tones = new Map();
  let start = 0;
  let count = 0;
  for (let i = 0; count < words; i++) {
    const { time, who, text } = spoken[i % spoken.length];
    if (!tones.has(who)) tones.set(who, tones.size % 6);
    const end = start + [...text].length;
    turns.push({ n: i + 1, start, end, time, who, text, tone: who === "Interviewer" ? "interviewer" : tones.get(who) });
    start = end + 2;
    count += text.split(/\s+/).length;
  }
  return turns;
}

function sentencesOf(turns) {
  const spans = [];
  const segmenter = new Intl.Segmenter("da", { granularity: "sentence" });
  for (const { start, text } of turns) {
    for (const { index, segment } of segmenter.segment(text)) {
      const from = start + [...text.slice(0, index)].length;
      spans.push(from, from + [...segment.trimEnd()].length);
    }
  }
  return spans;
}

async function codesFrom(root) {
  const { codes } = JSON.parse(await readFile(join(root, "fixtures/reference_study/codebook.json"), "utf8"));
  const index = new Map(codes.map((code, i) => [code.key, i]));
  return codes.map((code, i) => {
    const parent = code.parent ? index.get(code.parent) : -1;
    const path = parent < 0 ? code.name.da : `${codes[parent].name.da} / ${code.name.da}`;
    return [code.key, parent, code.name.da, code.colour, i < 9 ? String(i + 1) : "", code.brief.da, code.use.da, code.not.da, code.example.da, path, 0];
  });
}

function strewn(turns, sentences, codes, count, random) {
  const rows = [];
  const pick = (list) => list[Math.floor(random() * list.length)];
  while (rows.length < count) {
    const at = Math.floor(random() * (sentences.length / 2));
    const start = sentences[2 * at];
    const longer = random() < 0.3 ? 1 : 0;
    const end = sentences[2 * Math.min(sentences.length / 2 - 1, at + longer) + 1];
    if (end - start < 12) continue;
    const code = Math.floor(random() * codes.length);
    const coders = random() < 0.25 ? [0, 1] : [pick([0, 0, 1])];
    for (const coder of coders) {
      if (rows.length >= count) break;
      codes[code][10]++;
      rows.push([`c${rows.length}`, start, end, code, coder, 1, random() < 0.15 ? pick(["furthers", "hinders", "both"]) : "none", null, random() < 0.08, "manual"]);
    }
  }
  return rows;
}

/** @returns {turns, data} as the page needs them */
export async function made(root, { words, codings, seed }) {
  const turns = laidOut(await spokenTurns(root), words);
  const sentences = sentencesOf(turns);
  const codes = await codesFrom(root);
  const data = {
    document: { id: "00000000-0000-4000-8000-000000000001", revision: "00000000-0000-4000-8000-000000000002", length: turns.at(-1).end, language: "da" },
    me: { id: "me", name: "Mette Krogh", initials: "MK" },
    codes,
    coders: [["me", "Mette Krogh", "MK"], ["other", "Anne Lund", "AL"]],
    codings: strewn(turns, sentences, codes, codings, seeded(seed)),
    sentences,
    questions: [[4, "3.2.2", "Koordination om opgaven"]],
    cursor: "0",
    phrases: {},
  };
  return { turns, data };
}
