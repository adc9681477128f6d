/**
 * The codings on this document. A coding is a plain row:
 * {id, start, end, code, coder, version, direction, weight, hasMemo, source, unsent?}
 * with start and end in points. Rows are replaced, never changed in place, so that undo can keep them.
 */

const NAMES = ["id", "start", "end", "code", "coder", "version", "direction", "weight", "hasMemo", "source"];

/** Rows of the page (codes and coders by index) -> plain rows. */
export function fromPage(rows, codeIds, coderIds) {
  return rows.map((values) => {
    const row = {};
    NAMES.forEach((name, i) => (row[name] = values[i]));
    row.code = codeIds[row.code];
    row.coder = coderIds[row.coder];
    return row;
  });
}

/** A coding as the API answers it -> plain row. */
export function fromServer(answer) {
  return {
    id: answer.id, start: answer.start, end: answer.end, code: answer.code,
    coder: answer.coder?.id ?? answer.coder, version: answer.version,
    direction: answer.direction ?? "none", weight: answer.weight ?? null,
    hasMemo: Boolean(answer.hasMemo ?? answer.has_memo ?? answer.memo), source: answer.source ?? "manual",
  };
}

const inOrder = (a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);

export class Codings {
  constructor(turns, codebook) {
    this.turns = turns;
    this.codebook = codebook;
    this.rows = new Map();
    this.perTurn = turns.list.map(() => []);
    this.sorted = null;
    this.counted = null;
    this.listeners = new Set();
  }

  /** Code id -> how many codings in this text. */
  get counts() {
    if (!this.counted) {
      this.counted = new Map();
      for (const { code } of this.rows.values()) this.counted.set(code, (this.counted.get(code) ?? 0) + 1);
    }
    return this.counted;
  }

  /** The page's own rows: no one is told, counts already include them. */
  load(rows) {
    rows.sort(inOrder);
    for (const row of rows) {
      this.rows.set(row.id, row);
      const [first, last] = this.turns.touched(row.start, row.end);
      for (let i = first; i <= last; i++) this.perTurn[i].push(row);
    }
  }

  get(id) {
    return this.rows.get(id) ?? null;
  }

  inTurn(index) {
    return this.perTurn[index];
  }

  all() {
    this.sorted ??= [...this.rows.values()].sort(inOrder);
    return this.sorted;
  }

  at(point) {
    const turn = this.turns.indexAt(point);
    return this.perTurn[turn].filter((row) => row.start <= point && point < row.end);
  }

  /** The coding this person already has on exactly these words with this code. */
  same(start, end, code, coder) {
    const turn = this.turns.indexAt(start);
    return this.perTurn[turn].find(
      (row) => row.start === start && row.end === end && row.code === code && row.coder === coder,
    );
  }

  /** Another coding by the same person with the same code that shares words with this one. */
  overlapping({ id, start, end, code, coder }) {
    const [first, last] = this.turns.touched(start, end);
    const near = this.perTurn.slice(first, last + 1).flat();
    return near.find((row) => row.id !== id && row.code === code && row.coder === coder && row.start < end && row.end > start) ?? null;
  }

  /** Put `row` in the place of whatever stands under the id; null takes it away. */
  set(id, row) {
    const before = this.get(id);
    const touched = new Set();
    if (before) this.unlink(before, touched);
    if (row) this.link(row, touched);
    if (before?.code !== row?.code) {
      if (before) this.codebook.count(before.code, -1);
      if (row) this.codebook.count(row.code, 1);
    }
    this.sorted = null;
    this.counted = null;
    for (const listener of this.listeners) listener({ id, before, row, touched });
  }

  link(row, touched) {
    this.rows.set(row.id, row);
    const [first, last] = this.turns.touched(row.start, row.end);
    for (let i = first; i <= last; i++) {
      this.perTurn[i].push(row);
      this.perTurn[i].sort(inOrder);
      touched.add(i);
    }
  }

  unlink(row, touched) {
    this.rows.delete(row.id);
    const [first, last] = this.turns.touched(row.start, row.end);
    for (let i = first; i <= last; i++) {
      this.perTurn[i] = this.perTurn[i].filter((other) => other.id !== row.id);
      touched.add(i);
    }
  }

  onChange(listener) {
    this.listeners.add(listener);
  }
}

/** Codings that agree (same words, same code) as one group, in reading order. */
export function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = `${row.start}-${row.end}-${row.code}`;
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { key, start: row.start, end: row.end, code: row.code, rows: [row] });
  }
  return [...groups.values()];
}
