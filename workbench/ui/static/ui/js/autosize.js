/**
 * Text areas that grow with their text, for browsers that do not know `field-sizing` yet.
 *
 *     <textarea data-autosize></textarea>
 */

/** @param {HTMLTextAreaElement} area */
function fit(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

export function startAutosize() {
  if (CSS.supports("field-sizing", "content")) return;
  document.querySelectorAll("textarea[data-autosize]").forEach(fit);
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-autosize]")) fit(event.target);
  });
}
