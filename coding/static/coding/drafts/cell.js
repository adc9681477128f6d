/**
 * Writing a cross-case cell: what is typed saves itself, a click beside the evidence puts the
 * reference where the caret is. Without this module the same buttons save by plain posts.
 */

import { createAutosave } from "./autosave.js";
import { insertToken } from "./insert.js";
import { csrfToken } from "../../ui/js/csrf.js";
import { failureText, offlineText, toast } from "../../ui/js/toasts.js";

const form = document.querySelector("form[data-cell]");
const area = form.elements.text;
const autosave = createAutosave(form, document.querySelector("[data-saved]"), () => {});

if (new URLSearchParams(location.search).has("edit")) {
  // One goes on at the end.
  area.setSelectionRange(area.value.length, area.value.length);
  area.focus({ preventScroll: true });
}

/** @param {string} excerpt @returns {Promise<string | null>} the token */
async function cite(excerpt) {
  let answer;
  try {
    answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: new URLSearchParams({ cite: excerpt }),
    });
  } catch {
    toast(offlineText(), "bad");
    return null;
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said.token;
  toast(said.title ?? failureText(), "bad");
  return null;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-cite]");
  if (!button) return;
  event.preventDefault();
  const token = await cite(button.value);
  if (!token) return;
  insertToken(area, token, "reference");
  autosave.soon();
  area.focus();
  button.closest(".cell-evidence").classList.add("is-used");
});
