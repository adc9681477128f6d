/**
 * Alt and an arrow key move the entry that has the focus: the key presses the button that is there
 * for everyone. The focus stays where it was; what happened is said.
 *
 *     <div data-plan-row> ... <button name="way" value="up">...</button></div>
 *
 * A field for one more entry takes the focus when it opens; Enter adds what is in it.
 *
 *     <details class="plan-add"><summary>...</summary><form><textarea></textarea>...</form></details>
 */

const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

/** @type {string | null} id of the row that was moved last, until it has been swapped in */
let moved = null;

/** @param {KeyboardEvent} event */
function onKey(event) {
  const way = WAYS[event.key];
  const row = event.target instanceof Element ? event.target.closest("[data-plan-row]") : null;
  if (!way || !row || !event.altKey || event.ctrlKey || event.metaKey) return;
  // Alt and left would leave the page, with or without a button to press.
  event.preventDefault();
  row.querySelector(`button[name="way"][value="${way}"]`)?.click();
}

/** @param {CustomEvent} event */
function beforeMove(event) {
  moved = event.target.closest("[data-plan-row]")?.id ?? null;
}

function afterMove() {
  const row = moved && document.getElementById(moved);
  moved = null;
  if (!row) return;
  row.scrollIntoView({ block: "nearest" });
  const text = row.querySelector(".plan-text > :first-child")?.textContent ?? "";
  const number = row.querySelector(".plan-number")?.textContent ?? "";
  document.getElementById("plan-said").textContent = `${number} ${text}`.trim();
}

/** @param {Event} event */
function onOpen(event) {
  if (event.target.matches("details.plan-add[open]")) event.target.querySelector("textarea").focus();
}

/** @param {KeyboardEvent} event */
function onEnter(event) {
  // Enter also ends a composition, such as an accented letter.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  const form = event.target instanceof Element ? event.target.closest(".plan-add-form") : null;
  if (!form || event.target.tagName !== "TEXTAREA") return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[name=field]"));
}

document.addEventListener("toggle", onOpen, true);
document.addEventListener("keydown", onEnter);
document.addEventListener("keydown", onKey);
document.addEventListener("htmx:beforeRequest", beforeMove);
document.addEventListener("htmx:afterSettle", afterMove);
