/**
 * How htmx behaves here: it sends the CSRF token, marks what is busy, and says when something
 * failed. Its switches stand in the `htmx-config` meta tag; conflicts (409) and refused input (422)
 * are swapped in like any answer, because their body shows the person what to do.
 *
 *     <button hx-post="/studies/demo/memos/" hx-target="#memos">Add</button>
 */

import { csrfToken } from "./csrf.js";
import { failureText, offlineText, toast } from "./toasts.js";

const SAFE = new Set(["get", "head", "options"]);

export function startHtmx() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (!SAFE.has(event.detail.verb)) event.detail.headers["X-CSRFToken"] = csrfToken();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.target.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:responseError", () => toast(failureText(), "bad"));
  document.addEventListener("htmx:sendError", () => toast(offlineText(), "bad"));
}
