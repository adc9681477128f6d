/** Words on the screen: the English of phrases.js, replaced by whatever the page brought along. */

import { PHRASES } from "./phrases.js";

let phrases = PHRASES;
let plural = new Intl.PluralRules("en");

export function speak(language, translated = {}) {
  phrases = { ...PHRASES, ...translated };
  plural = new Intl.PluralRules(language);
}

/** The phrase with its {names} filled in. */
export function say(key, values = {}) {
  return phrases[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The phrase for a number: `key.one` or `key.other`, with {n} filled in. */
export function sayCount(key, n, values = {}) {
  const form = `${key}.${plural.select(n)}`;
  return say(form in phrases ? form : `${key}.other`, { n, ...values });
}
