/** The key map, from the same table that the listener uses, and the switch for single letters. */

import { say } from "../model/wording.js";
import { element } from "../rendering/element.js";
import { KEYS, MOVES, printed } from "../selection/keys.js";

const GROUPS = ["select", "code", "coding", "sound", "page"];

export class HelpDialog {
  constructor({ host, settings, canCode, recording }) {
    this.settings = settings;
    const letters = element("input", { type: "checkbox", checked: settings.get("letterKeys") });
    letters.addEventListener("change", () => settings.set("letterKeys", letters.checked));
    this.dialog = element("dialog", { class: "keys-dialog", "aria-label": say("help.title") },
      element("header", {}, element("h2", { text: say("help.title") }),
        element("button", { type: "button", class: "act", "aria-label": say("close"), text: "×", on: { click: () => this.dialog.close() } })),
      element("div", { class: "help-groups" }, ...GROUPS.map((group) => section(group, canCode, recording))),
      element("label", { class: "help-switch" }, letters, element("span", { text: say("help.letters") })));
    host.append(this.dialog);
  }

  open() {
    this.dialog.showModal();
  }
}

/** What somebody who only reads cannot do, or what needs a recording that is not there, is not listed. */
function section(group, canCode, recording) {
  const entries = [...MOVES, ...KEYS].filter((entry) => entry.group === group && (canCode || !entry.changes) && (recording || !entry.sound));
  if (!entries.length) return null;
  return element("section", {}, element("h3", { text: say(`help.${group}`) }),
    element("dl", {}, ...entries.map((entry) => element("div", {},
      element("dt", {}, ...keysOf(entry).map((key) => element("kbd", { text: printed(key) }))),
      element("dd", { text: say(`act.${entry.act}`) })))));
}

function keysOf(entry) {
  return entry.shown ?? [...entry.keys, ...entry.letter];
}
