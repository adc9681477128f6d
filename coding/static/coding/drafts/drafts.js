/**
 * Writing a case description: what is typed saves itself, a click in the tray cites.
 *
 * Works on the page of templates/coding/draft_page.html:
 *   [data-draft] with data-citations-url, form[data-writing] with data-api and data-state-url,
 *   [data-cite="quote|reference"][data-excerpt] in the tray, [data-saved] in the top bar.
 * Without this module the same forms save and cite by plain posts.
 */

import { createAutosave } from "./autosave.js";
import { insertToken } from "./insert.js";
import { csrfToken } from "../../ui/js/csrf.js";
import { failureText, offlineText, toast } from "../../ui/js/toasts.js";

const page = document.querySelector("[data-draft]");
const writing = document.querySelector("form[data-writing]");
const autosave = writing ? createAutosave(writing, document.querySelector("[data-saved]")) : null;

/** @param {string} excerpt @param {string} mode @returns {Promise<{number: number, token: string} | null>} */
async function cite(excerpt, mode) {
  let answer;
  try {
    answer = await fetch(page.dataset.citationsUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ excerpt, mode }),
    });
  } catch {
    toast(offlineText(), "bad");
    return null;
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  toast(said.title ?? failureText(), "bad");
  return null;
}

/** @param {HTMLElement} control @param {number} number */
function markUsed(control, number) {
  const row = control.closest(".evidence");
  row.classList.add("is-used");
  row.querySelector("[data-used]").textContent = `[@${number}]`;
}

document.addEventListener("click", async (event) => {
  const control = event.target.closest("[data-cite]");
  if (!control || !writing) return;
  event.preventDefault();
  const mode = event.shiftKey ? "reference" : control.dataset.cite;
  const made = await cite(control.dataset.excerpt, mode);
  if (!made) return;
  insertToken(writing.elements.text, made.token, mode);
  markUsed(control, made.number);
  autosave.soon();
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = event.target.closest?.(".evidence-quote");
  if (!step || !here) return;
  const rows = [...document.querySelectorAll(".tray .evidence-quote")].filter((row) => row.checkVisibility());
  const next = rows[rows.indexOf(here) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
