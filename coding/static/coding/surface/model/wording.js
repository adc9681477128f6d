/**
 * Words on the screen. They stand in phrases.json, in English; the server translates them and sends
 * them with the page. {names} are filled in; `.one` and `.other` are the forms for a number.
 */

let phrases = {};
let plural = new Intl.PluralRules("en");

export function speak(language, words) {
  phrases = words;
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
