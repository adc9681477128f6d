/**
 * The token that Django wants with every write. Each page carries it in at least one form, so it is
 * there whatever the cookie settings are.
 *
 *     fetch(url, { method: "POST", headers: { "X-CSRFToken": csrfToken() } })
 *
 * @returns {string} the token, or "" on a page without forms
 */
export function csrfToken() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}
