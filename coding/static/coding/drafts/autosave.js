/**
 * Saves a text a moment after the last keystroke, by the version it was read in. When someone else
 * saved meanwhile it stops and says so: the form then shows both texts.
 */

import { csrfToken } from "../../ui/js/csrf.js";

const PAUSE_MS = 2_000;
const LONGEST_MS = 10_000;
const AGAIN_MS = 5_000;

/**
 * @param {HTMLFormElement} form in a section, with data-api, fields text and base_version, and
 *   data-state-url where the section says how far it is
 * @param {HTMLElement} saved where the state is said, with data-saving, -done, -failed, -behind
 * @param {(said: {version: number, draft_version: number}) => void} onStored
 * @returns {{soon: () => void, isStored: () => boolean, flush: () => Promise<boolean>}} `soon` asks
 *   for a save, `flush` saves at once and tells whether everything typed is stored
 */
export function createAutosave(form, saved, onStored) {
  const area = form.elements.text;
  // After a conflict the field holds what nobody has stored yet.
  let stored = "conflict" in form.dataset ? null : area.value;
  let timer = 0;
  let waitingSince = 0;
  let sending = null;
  let stopped = false;

  function say(state) {
    const time = new Date().toTimeString().slice(0, 5);
    saved.textContent = state === "done" ? `${saved.dataset.done} ${time}` : saved.dataset[state];
  }

  function soon(delay = PAUSE_MS) {
    if (stopped) return;
    waitingSince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(delay, waitingSince + LONGEST_MS - Date.now())));
  }

  async function save() {
    if (sending) {
      soon();
      return;
    }
    const text = area.value;
    waitingSince = 0;
    if (text === stored) return;
    say("saving");
    sending = put(text)
      .then((answer) => take(answer, text))
      .catch(() => {
        say("failed");
        setTimeout(soon, AGAIN_MS);
      })
      .finally(() => {
        sending = null;
      });
    await sending;
  }

  function isStored() {
    return !sending && area.value === stored;
  }

  async function flush() {
    clearTimeout(timer);
    await sending;
    await save();
    return isStored();
  }

  // A save under way makes the next version: the form must not be sent with the one before.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!sending) return;
    event.preventDefault();
    await sending;
    form.requestSubmit(event.submitter);
  });

  function put(text) {
    return fetch(form.dataset.api, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(),
        "If-Match": `"${form.elements.base_version.value}"`,
      },
      body: JSON.stringify({ text }),
    });
  }

  async function take(answer, text) {
    const said = await answer.json();
    if (answer.ok) {
      // Its quotes are printed by the same version.
      for (const field of form.closest("section").querySelectorAll("input[name$=base_version]")) field.value = said.version;
      stored = text;
      onStored(said);
      show("[data-refused]", "");
      say("done");
      if (area.value === text) form.dispatchEvent(new Event("ui:saved", { bubbles: true }));
      else soon();
      await refreshState();
    } else if (answer.status === 409 && said.code === "version_behind") {
      stopped = true;
      say("behind");
      form.querySelector("[data-behind]").hidden = false;
    } else {
      say("failed");
      show("[data-refused]", said.title ?? "");
    }
  }

  function show(selector, message) {
    const place = form.querySelector(selector);
    place.hidden = !message;
    place.querySelector("span").textContent = message;
  }

  async function refreshState() {
    if (!form.dataset.stateUrl) return;
    const answer = await fetch(form.dataset.stateUrl);
    if (!answer.ok) return;
    form.closest("section").querySelector("[data-state]").innerHTML = await answer.text();
  }

  area.addEventListener("input", () => soon());
  window.addEventListener("online", () => soon(0));
  return { soon, isStored, flush };
}
