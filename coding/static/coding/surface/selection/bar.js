/**
 * The small bar at a selection made with mouse or finger: what a keyboard does with Enter and the dot.
 * Its buttons name an act of the key map; state/listening.js does it.
 */

import { say } from "../model/wording.js";
import { element } from "../rendering/element.js";

export class SelectionBar {
  constructor({ turns, geometry, codebook, settings, canCorrect }) {
    Object.assign(this, { article: turns.article, geometry, codebook, settings });
    this.repeat = element("button", { type: "button", data: { act: "repeat" } });
    this.host = element(
      "div", { class: "selection-bar", role: "group", "aria-label": say("bar.title"), hidden: true },
      element("button", { type: "button", class: "act-strong", data: { act: "palette" } }, say("bar.code"), element("kbd", { text: "↵" })),
      this.repeat,
      canCorrect && element("button", { type: "button", data: { act: "correct" } }, say("bar.correct"), element("kbd", { text: "F2" })),
    );
    // Pressing a button must not take the selection away.
    this.host.addEventListener("pointerdown", (event) => event.preventDefault());
    this.article.append(this.host);
  }

  follow({ span, by }) {
    this.host.hidden = !span || by === "keys";
    if (this.host.hidden) return;
    const name = this.codebook.get(this.settings.recents[0])?.name;
    this.repeat.hidden = !name;
    this.repeat.replaceChildren(say("bar.repeat", { name: name ?? "" }), element("kbd", { text: "." }));
    const origin = this.article.getBoundingClientRect();
    const box = this.geometry.caretBox(span.end);
    const left = Math.min(Math.max(0, box.left - origin.left - 40), origin.width - this.host.offsetWidth - 4);
    this.host.style.translate = `${left}px ${box.bottom - origin.top + 8}px`;
  }

  hide() {
    this.host.hidden = true;
  }
}
