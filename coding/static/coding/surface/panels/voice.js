/** What a screen reader hears of things that happen elsewhere on the page: one polite region. */

import { element } from "../rendering/element.js";

const PAUSE_MS = 350;

export class Voice {
  constructor(host) {
    this.timer = 0;
    this.region = element("div", { class: "spoken", role: "status", "aria-live": "polite" });
    host.append(this.region);
  }

  say(text) {
    clearTimeout(this.timer);
    // The same sentence twice is silent unless the region was empty in between.
    this.region.textContent = "";
    requestAnimationFrame(() => (this.region.textContent = text));
  }

  /** Said when the person pauses: of many steps in a row only the last is worth hearing. */
  soon(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(text), PAUSE_MS);
  }
}
