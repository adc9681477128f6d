/**
 * Named confirmations: the button works once the name has been typed. The server checks it again.
 *
 *     <form method="post" data-confirm="Harbour study">
 *       <input name="confirmation">
 *       <button data-confirm-submit>Delete</button>
 *     </form>
 */

/** @param {HTMLFormElement} form */
function check(form) {
  const typed = form.elements.namedItem("confirmation");
  const button = form.querySelector("[data-confirm-submit]");
  if (!(typed instanceof HTMLInputElement) || !button) return;
  button.disabled = typed.value.trim() !== form.dataset.confirm;
}

/** @param {ParentNode} root */
function checkAll(root) {
  root.querySelectorAll("form[data-confirm]").forEach(check);
}

export function startConfirm() {
  checkAll(document);
  document.addEventListener("htmx:load", (event) => checkAll(event.target));
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-confirm]");
    if (form) check(form);
  });
}
