/** What a screen reader hears of things that happen elsewhere on the page: one polite region. */

import { element } from "../rendering/element.js";

export class Voice {
  constructor(host) {
    this.region = element("div", { class: "spoken", role: "status", "aria-live": "polite" });
    host.append(this.region);
  }

  say(text) {
    // The same sentence twice is silent unless the region was empty in between.
    this.region.textContent = "";
    requestAnimationFrame(() => (this.region.textContent = text));
  }
}
