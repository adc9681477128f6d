/**
 * Dialogs: opened by a button that names them, closed by one inside, by Escape or by the backdrop.
 *
 *     <button type="button" data-opens="rename">Rename</button>
 *     <dialog class="dialog" id="rename">... <button type="button" data-closes>Cancel</button></dialog>
 */

/** @param {string} id opens the dialog with this id; does nothing when it is open or not there */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {MouseEvent} event
 */
function isOnBackdrop(dialog, event) {
  const box = dialog.getBoundingClientRect();
  const inside =
    event.clientX >= box.left && event.clientX <= box.right &&
    event.clientY >= box.top && event.clientY <= box.bottom;
  return event.target === dialog && !inside;
}

export function startDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) openDialog(opener.dataset.opens);
    else if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  });
  // On press, not on click: selecting text with the mouse may end outside the dialog.
  document.addEventListener("mousedown", (event) => {
    const dialog = event.target;
    if (dialog instanceof HTMLDialogElement && isOnBackdrop(dialog, event)) dialog.close();
  });
}
