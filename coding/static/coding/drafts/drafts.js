/**
 * Writing a case description: what is typed saves itself, a click in the tray cites.
 *
 * Works on the page of templates/coding/draft_page.html:
 *   [data-draft] with data-citations-url, form[data-writing] with data-api and data-state-url,
 *   [data-cite="quote|reference"][data-excerpt] in the tray, with data-source
 *   where that is no excerpt, [data-saved] and form[data-hand-in] in the top bar.
 * Without this module the same forms save and cite by plain posts.
 */

import { createAutosave } from "./autosave.js";
import { showCited } from "./cited.js";
import { insertToken } from "./insert.js";
import { firstRow, followReading, oneStopEach, walked } from "./tray.js";
import { csrfToken } from "../../ui/js/csrf.js";
import { failureText, offlineText, toast } from "../../ui/js/toasts.js";

const page = document.querySelector("[data-draft]");
const writing = document.querySelector("form[data-writing]");
const handIn = document.querySelector("form[data-hand-in]");
const autosave = writing ? createAutosave(writing, document.querySelector("[data-saved]"), seen) : null;

/** @param {{draft_version: number}} said what was just stored */
function seen(said) {
  const field = handIn?.elements.base_version;
  // One further is one's own save. More is somebody else's, to be read before it is handed in.
  if (field && said.draft_version === Number(field.value) + 1) field.value = said.draft_version;
}

// What is typed last is handed in too.
handIn?.addEventListener("submit", async (event) => {
  if (!autosave || autosave.isStored()) return;
  event.preventDefault();
  if (await autosave.flush()) handIn.requestSubmit();
});

/**
 * @param {string} id
 * @param {"excerpt" | "measurement" | "key_figure"} of
 * @param {string} mode
 * @returns {Promise<{number: number, token: string} | null>}
 */
async function cite(id, of, mode) {
  let answer;
  try {
    answer = await fetch(page.dataset.citationsUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ [of]: id, mode }),
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

/**
 * Says on every row of the passage, at whatever point it stands, that the text uses it now.
 *
 * @param {string} excerpt @param {number} number
 */
function markUsed(excerpt, number) {
  for (const quote of document.querySelectorAll(`.evidence-quote[data-excerpt="${excerpt}"]`)) {
    const row = quote.closest(".evidence");
    const used = row.querySelector("[data-used]");
    const numbers = new Set([...(used.textContent.match(/\d+/g) ?? []), String(number)]);
    row.classList.add("is-used");
    used.textContent = `${used.dataset.used} ${[...numbers].join(", ")}`;
  }
}

/**
 * Says it to those who do not see it, and lists it under the field.
 *
 * @param {HTMLElement} row of the evidence @param {{number: number}} made @param {string} mode
 */
function tell(row, made, mode) {
  const quote = row.querySelector(".evidence-quote");
  learn({
    number: made.number,
    who: row.querySelector("footer a").textContent.trim(),
    words: quote.textContent,
    language: quote.lang,
  });
  const told = document.querySelector("[data-told]");
  told.textContent = told.dataset[mode].replace("{n}", made.number);
}

let learn = () => {};
if (writing) {
  const area = writing.elements.text;
  learn = showCited(writing.querySelector("[data-cited]"), area);
  // One goes on at the end: a citation from the tray must not land before the first word.
  area.setSelectionRange(area.value.length, area.value.length);
  area.focus({ preventScroll: true });
}

document.addEventListener("click", async (event) => {
  const control = event.target.closest("[data-cite]");
  if (!control || !writing) return;
  event.preventDefault();
  const mode = event.shiftKey ? "reference" : control.dataset.cite;
  const made = await cite(control.dataset.excerpt, control.dataset.source ?? "excerpt", mode);
  if (!made) return;
  tell(control.closest(".evidence"), made, mode);
  insertToken(writing.elements.text, made.token, mode);
  markUsed(control.dataset.excerpt, made.number);
  autosave.soon();
  writing.elements.text.focus();
});

// Who comes back from the material stands at the source again: going back, a browser restores only
// how far the page was scrolled, not the column.
addEventListener("pageshow", () => document.querySelector(":target")?.scrollIntoView());
document.addEventListener("click", (event) => {
  const source = event.target.closest(".draft-citation");
  if (source && event.target.closest("a")) history.replaceState(history.state, "", `#${source.id}`);
}, true);

/** @param {KeyboardEvent} event @returns {HTMLElement | null | undefined} where the key leads */
function led(event) {
  const here = event.target;
  if (here === writing?.elements.text) {
    return event.key === "Enter" && event.ctrlKey ? firstRow() : null;
  }
  if (event.key === "Escape" && here.closest(".tray") && !here.closest("details[open]")) {
    return writing?.elements.text;
  }
  return walked(event);
}

document.addEventListener("keydown", (event) => {
  const next = led(event);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

oneStopEach();
if (!writing && matchMedia("(width >= 62rem)").matches) followReading(document.getElementById("main"));

// Another section's evidence comes in place of this one's, and the focus with it would be gone.
let chosen = false;
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-tray-of]")) chosen = event.isTrusted;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "tray") return;
  oneStopEach();
  if (chosen && document.activeElement === document.body) event.target.querySelector("summary").focus();
  chosen = false;
});
