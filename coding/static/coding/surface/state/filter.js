/** Which codings are shown: everything, or only some codes and only some coders. */

export class Filter {
  constructor(codebook) {
    this.codebook = codebook;
    this.codes = new Set();
    this.coders = new Set();
    this.family = new Set();
    this.listeners = new Set();
  }

  get active() {
    return this.codes.size > 0 || this.coders.size > 0;
  }

  shows(row) {
    if (this.codes.size && !this.family.has(row.code)) return false;
    return !this.coders.size || this.coders.has(row.coder);
  }

  toggleCode(id) {
    this.toggle(this.codes, id);
  }

  toggleCoder(id) {
    this.toggle(this.coders, id);
  }

  toggle(set, id) {
    if (!set.delete(id)) set.add(id);
    this.family = new Set([...this.codes].flatMap((code) => this.codebook.familyOf(code)));
    this.tell();
  }

  clear() {
    this.codes.clear();
    this.coders.clear();
    this.family.clear();
    this.tell();
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}
