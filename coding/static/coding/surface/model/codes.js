/** The codebook as the surface needs it: rows in tree order, found by id and by shortcut. */

const COLOURS = 24;
// 7 and 24 share no factor: colours chosen one after another stand far apart on the wheel.
const WHEEL = Array.from({ length: COLOURS }, (_, step) => (step * 7) % COLOURS);
const FIELDS = ["name", "colour", "shortcut", "brief", "use_when", "not_when", "example", "path", "count"];

export class Codebook {
  /** @param rows [[id, parentIndex | -1, name, colour, shortcut, brief, use_when, not_when, example, path, count], ...] */
  constructor(rows) {
    this.codes = new Map();
    rows.forEach(([id, parentIndex, ...values]) => {
      const code = { id, parent: parentIndex < 0 ? null : rows[parentIndex][0] };
      FIELDS.forEach((field, i) => (code[field] = values[i]));
      this.codes.set(id, code);
    });
    this.children = null;
    this.listeners = new Set();
  }

  get(id) {
    return this.codes.get(id);
  }

  all() {
    return [...this.codes.values()];
  }

  childrenOf(id) {
    this.children ??= byParent(this.codes.values());
    return this.children.get(id) ?? [];
  }

  parentOf(code) {
    return code.parent ? this.codes.get(code.parent) : undefined;
  }

  /** The code and everything beneath it. */
  familyOf(id) {
    return [id, ...this.childrenOf(id).flatMap((child) => this.familyOf(child.id))];
  }

  /** What the server will choose for a new code at the top: the colour used least there. */
  nextColour() {
    const uses = new Array(COLOURS).fill(0);
    for (const { colour } of this.childrenOf(null)) uses[colour]++;
    return WHEEL.reduce((best, colour) => (uses[colour] < uses[best] ? colour : best));
  }

  withShortcut(key) {
    return this.all().find((code) => code.shortcut === key);
  }

  /** A code that is new or has changed; missing fields keep their value. */
  put(code) {
    const known = this.codes.get(code.id) ?? {
      id: code.id, parent: null, name: "", colour: 0, shortcut: "", brief: "", use_when: "", not_when: "",
      example: "", path: code.name ?? "", count: 0,
    };
    const next = { ...known };
    for (const field of ["parent", ...FIELDS]) if (code[field] !== undefined) next[field] = code[field] ?? (field === "parent" ? null : "");
    this.codes.set(code.id, next);
    this.tell();
    return next;
  }

  remove(id) {
    if (this.codes.delete(id)) this.tell();
  }

  count(id, difference) {
    const code = this.codes.get(id);
    if (code) code.count = Math.max(0, (code.count ?? 0) + difference);
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  tell() {
    this.children = null;
    for (const listener of this.listeners) listener();
  }
}

function byParent(codes) {
  const children = new Map();
  for (const code of codes) {
    if (!children.has(code.parent)) children.set(code.parent, []);
    children.get(code.parent).push(code);
  }
  return children;
}
