/** The rule of a code: definition, when, when not, example. */

import { say } from "../model/wording.js";
import { element } from "../rendering/element.js";

const PARTS = [["use_when", "rule.use"], ["not_when", "rule.not"], ["example", "rule.example"]];

/** The parts of the rule that have been written, as nodes. */
export function ruleOf(code) {
  if (!code) return [];
  const parts = code.brief ? [element("p", { text: code.brief })] : [];
  for (const [field, key] of PARTS) {
    if (!code[field]) continue;
    parts.push(element("p", {}, element("b", { text: say(key) }), " ", code[field]));
  }
  return parts.length ? parts : [element("p", { class: "faint", text: say("rule.none") })];
}
