/**
 * A button that copies the field before it.
 *
 *     <input readonly value="https://..."><button type="button" data-copies="Copied.">Copy</button>
 */

import { toast } from "./toasts.js";

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const field = button.previousElementSibling;
  field.select();
  // Without https the clipboard is out of reach, and the older way is not.
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
  toast(button.dataset.copies, "ok");
}

export function startCopy() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    // Who is not let near the clipboard has the text selected all the same.
    if (button) copy(button).catch(() => {});
  });
}
