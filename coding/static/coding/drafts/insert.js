/**
 * Putting a citation token into a text area, where the caret is.
 */

/**
 * Where the token goes and what surrounds it: a quote becomes a paragraph of its own unless the
 * caret stands inside a line; a reference joins the sentence.
 *
 * @param {string} before the text before the caret
 * @param {string} after the text behind it
 * @param {string} token
 * @param {"quote" | "reference"} mode
 * @returns {string} the token with the spaces and line ends it needs
 */
export function dressed(before, after, token, mode) {
  const insideLine = /\S[^\n]*$/.test(before) && /^[^\n]*\S/.test(after);
  if (mode === "reference" || insideLine) {
    return (/[^\s([»“]$/.test(before) ? " " : "") + token + (/^[\p{L}\p{N}]/u.test(after) ? " " : "");
  }
  const gap = before === "" ? "" : "\n".repeat(Math.max(0, 2 - /\n*$/.exec(before)[0].length));
  const tail = after === "" ? "" : "\n".repeat(Math.max(0, 2 - /^\n*/.exec(after)[0].length));
  return gap + token + tail;
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {string} token
 * @param {"quote" | "reference"} mode
 */
export function insertToken(area, token, mode) {
  const { selectionEnd: caret, value } = area;
  const text = dressed(value.slice(0, caret), value.slice(caret), token, mode);
  area.setRangeText(text, caret, caret, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
