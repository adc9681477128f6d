/** What a person prefers on this machine. A browser that forbids storage gets the defaults each time. */

const DEFAULTS = { letterKeys: true };
const RECENTS_KEPT = 9;

function read(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is full or forbidden: the preference holds until the page is left.
  }
}

export class Settings {
  constructor(user, study) {
    this.key = `surface.settings.${user}`;
    this.values = { ...DEFAULTS, ...read(this.key, {}) };
    this.recentsKey = `surface.recents.${user}.${study}`;
    this.recents = read(this.recentsKey, []);
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    write(this.key, this.values);
  }

  /** Remember that a code was just used; latest first. */
  used(code) {
    this.recents = [code, ...this.recents.filter((id) => id !== code)].slice(0, RECENTS_KEPT);
    write(this.recentsKey, this.recents);
  }
}
