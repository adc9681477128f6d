/**
 * Alt and an arrow key move the entry that has the focus: the key presses the button that is there
 * for everyone. The focus stays where it was; what happened is said.
 *
 *     <div data-plan-row> ... <button name="way" value="up">...</button></div>
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

document.addEventListener("keydown", onKey);
document.addEventListener("htmx:beforeRequest", beforeMove);
document.addEventListener("htmx:afterSettle", afterMove);
