/**
 * The key map: one table for the listener and for the help. `letter` marks single characters, which
 * a person can switch off (WCAG 2.1.4); each of them has another way.
 * `where`: text (the document or nothing has focus), coding (a bracket has focus), anywhere.
 * `changes` marks what only somebody who codes can do, `sound` what needs a recording.
 */

export const KEYS = [
  { act: "palette", where: "text", keys: ["Enter"], letter: ["c"], changes: true, group: "code" },
  { act: "favourite", where: "anywhere", keys: [], letter: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], shown: ["1 – 9"], changes: true, group: "code" },
  { act: "inVivo", where: "text", keys: ["Ctrl+Enter"], letter: [], changes: true, group: "code" },
  { act: "repeat", where: "anywhere", keys: ["Alt+Enter"], letter: ["."], changes: true, group: "code" },
  { act: "undo", where: "anywhere", keys: ["Ctrl+z"], letter: [], changes: true, group: "code" },
  { act: "redo", where: "anywhere", keys: ["Ctrl+Shift+z", "Ctrl+y"], letter: [], changes: true, group: "code" },
  { act: "grow", where: "text", keys: ["Alt+ArrowUp"], letter: ["s"], group: "select" },
  { act: "shrink", where: "text", keys: ["Alt+ArrowDown"], letter: ["Shift+s"], group: "select" },
  { act: "clear", where: "anywhere", keys: ["Escape"], letter: [], group: "select" },
  { act: "next", where: "anywhere", keys: ["F8"], letter: ["b"], group: "coding" },
  { act: "previous", where: "anywhere", keys: ["Shift+F8"], letter: ["Shift+b"], group: "coding" },
  { act: "recode", where: "coding", keys: ["F2"], letter: ["r"], changes: true, group: "coding" },
  { act: "remove", where: "coding", keys: ["Delete", "Backspace"], letter: [], shown: ["Del"], changes: true, group: "coding" },
  { act: "memo", where: "coding", keys: [], letter: ["m"], changes: true, group: "coding" },
  { act: "adjust", where: "coding", keys: [], letter: ["e"], changes: true, group: "coding" },
  { act: "join", where: "anywhere", keys: [], letter: ["j"], changes: true, group: "coding" },
  { act: "correct", where: "text", keys: ["F2"], letter: ["r"], changes: true, group: "page" },
  { act: "soundPlay", where: "anywhere", keys: ["F9"], letter: ["k"], sound: true, group: "sound" },
  { act: "soundBack", where: "anywhere", keys: ["Shift+F9"], letter: ["h"], sound: true, group: "sound" },
  { act: "soundForward", where: "anywhere", keys: ["Alt+F9"], letter: ["l"], sound: true, group: "sound" },
  { act: "soundTurn", where: "anywhere", keys: [], letter: ["t"], sound: true, group: "sound" },
  { act: "soundLoop", where: "anywhere", keys: [], letter: ["o"], sound: true, group: "sound" },
  { act: "soundSlower", where: "anywhere", keys: [], letter: ["-"], sound: true, group: "sound" },
  { act: "soundFaster", where: "anywhere", keys: [], letter: ["+"], sound: true, group: "sound" },
  { act: "codes", where: "anywhere", keys: ["F6", "Shift+F6"], letter: ["f"], shown: ["F6", "f"], group: "page" },
  { act: "help", where: "anywhere", keys: ["F1"], letter: ["?"], group: "page" },
];

/** Movements are the browser's own idea of arrows; listed for the help only. */
export const MOVES = [
  { act: "move", shown: ["←", "→", "↑", "↓"], group: "select" },
  { act: "moveWord", shown: ["Ctrl+←", "Ctrl+→"], group: "select" },
  { act: "extend", shown: ["Shift+←", "Shift+→"], group: "select" },
  { act: "extendLetter", shown: ["Alt+Shift+←", "Alt+Shift+→"], group: "select" },
];

/** "Ctrl+Shift+z" for an event; the command key counts as Ctrl. */
export function nameOf(event) {
  const { key } = event;
  const letter = key.length === 1;
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  // "?" needs Shift on most keyboards: a sign is itself, only letters and named keys carry Shift.
  if (event.shiftKey && (!letter || key.toLowerCase() !== key.toUpperCase())) parts.push("Shift");
  parts.push(letter ? key.toLowerCase() : key);
  return parts.join("+");
}

/** The entry a key means here, or null. @param where text | coding | elsewhere */
export function meaningOf(name, where, letterKeys) {
  const fits = (entry) => entry.where === "anywhere" || entry.where === where;
  const bound = (entry) => entry.keys.includes(name) || (letterKeys && entry.letter.includes(name));
  return KEYS.find((entry) => fits(entry) && bound(entry)) ?? null;
}

/** A key as it is printed. */
export function printed(name) {
  return name.replace("ArrowUp", "↑").replace("ArrowDown", "↓").replace("Escape", "Esc").replace("Enter", "↵")
    .replace(/(^|\+)([a-z])$/, (_, plus, letter) => plus + letter.toUpperCase());
}

/** The key that a button with this act shows, or null when only a switched-off letter would do. */
export function hintOf(act, letterKeys) {
  const { keys, letter, shown } = KEYS.find((entry) => entry.act === act);
  const [first] = shown ?? [...(letterKeys ? letter : []), ...keys];
  return first ? printed(first) : null;
}
