/**
 * Guard against leaving with unsaved text. The form is clean again when it is sent, when htmx saved
 * it, or when a script dispatches `ui:saved` on it.
 *
 *     <form method="post" data-guard>...</form>
 */

/** @type {Set<HTMLFormElement>} */
const dirty = new Set();

function hasUnsaved() {
  for (const form of dirty) if (!form.isConnected) dirty.delete(form);
  return dirty.size > 0;
}

export function startUnsaved() {
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    // A form that htmx sends is clean when the answer says so, not before.
    if (!event.defaultPrevented) dirty.delete(event.target);
  });
  document.addEventListener("ui:saved", (event) => dirty.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) dirty.delete(event.target.closest("form"));
  });
  window.addEventListener("beforeunload", (event) => {
    if (hasUnsaved()) event.preventDefault();
  });
}
