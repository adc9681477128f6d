/**
 * A search box that narrows the list after it to what holds the typed letters. What is ticked stays.
 *
 *     <input type="search" data-narrows>
 *     <div><label><input type="checkbox"><span>...</span></label>...</div>
 */

/** @param {string} text */
const plain = (text) => text.toLocaleLowerCase();

/** @param {HTMLInputElement} box */
function narrow(box) {
  const wanted = plain(box.value.trim());
  for (const row of box.nextElementSibling.children) {
    row.hidden = !plain(row.textContent).includes(wanted) && !row.querySelector(":checked");
  }
}

export function startNarrowing() {
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-narrows]")) narrow(event.target);
  });
}
