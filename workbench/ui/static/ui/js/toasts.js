/**
 * Passing messages in the corner. Good news leaves by itself unless someone is reading it with the
 * pointer or the keyboard; trouble stays until it is dismissed.
 *
 *     toast("Saved.", "ok");
 */

const STAYS_MS = 10_000;
const ICONS = { info: "info", ok: "circle-check", warn: "triangle-alert", bad: "circle-x" };

const region = () => document.querySelector("[data-toasts]");

/** @returns {string} what to say when the server refused */
export const failureText = () => region()?.dataset.failed ?? "";

/** @returns {string} what to say when nothing answered */
export const offlineText = () => region()?.dataset.offline ?? "";

/** @param {HTMLElement} element */
function leaveInTime(element) {
  setTimeout(() => {
    if (element.matches(":hover, :focus-within")) leaveInTime(element);
    else element.remove();
  }, STAYS_MS);
}

/**
 * @param {string} message
 * @param {"info" | "ok" | "warn" | "bad"} tone
 */
export function toast(message, tone = "info") {
  const corner = region();
  const element = corner.querySelector("[data-toast-template]").content.firstElementChild.cloneNode(true);
  element.dataset.tone = tone;
  element.querySelector("p").textContent = message;
  const use = element.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${ICONS[tone]}`));
  corner.append(element);
  if (tone === "ok" || tone === "info") leaveInTime(element);
}

export function startToasts() {
  document.querySelectorAll('.toast:is([data-tone="ok"], [data-tone="info"])').forEach(leaveInTime);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss]")) event.target.closest(".toast, .notice")?.remove();
  });
}
