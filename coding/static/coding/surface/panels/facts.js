/** How much is coded, in the line under the title: it follows what is done on the page. */

import { sayCount } from "../model/wording.js";

export class Facts {
  /** @param host holds what the server counted; null when the page has no such line */
  constructor({ host, codings }) {
    if (host) codings.onChange(() => (host.textContent = countsOf(codings.all())));
  }
}

/** "12 codings · 2 coders" */
export function countsOf(rows) {
  const coders = new Set(rows.map((row) => row.coder)).size;
  return [sayCount("facts.codings", rows.length), coders && sayCount("facts.coders", coders)].filter(Boolean).join(" · ");
}
