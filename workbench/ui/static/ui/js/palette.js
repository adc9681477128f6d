/**
 * Command palette: Ctrl K or ⌘ K goes to any case, document, code or page by a few letters.
 * Its address answers `?q=` with a list of `{label, kind, url}`.
 *
 *     <dialog class="palette" id="palette" data-palette="/studies/demo/jump/">
 *       <input data-palette-input>
 *       <ul role="listbox" data-palette-results></ul>
 *       <p role="status" data-palette-status data-nothing="..." data-failed="..."></p>
 *     </dialog>
 */

import { openDialog } from "./dialog.js";

const PAUSE_MS = 120;

class Palette {
  /** @param {HTMLDialogElement} dialog */
  constructor(dialog) {
    this.dialog = dialog;
    this.input = dialog.querySelector("[data-palette-input]");
    this.results = dialog.querySelector("[data-palette-results]");
    this.status = dialog.querySelector("[data-palette-status]");
    this.current = -1;
    this.timer = 0;
    this.request = new AbortController();
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.results.addEventListener("click", (event) => this.follow(event.target.closest("li")));
    dialog.addEventListener("close", () => this.clear());
  }

  open() {
    openDialog(this.dialog.id);
    this.input.select();
    this.search();
  }

  clear() {
    this.request.abort();
    this.input.value = "";
    this.show([]);
    this.status.textContent = "";
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), PAUSE_MS);
  }

  async search() {
    this.request.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    const address = new URL(this.dialog.dataset.palette, location.href);
    address.searchParams.set("q", this.input.value.trim());
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(address, { signal, headers, credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      const places = await response.json();
      this.show(places);
      this.status.textContent = places.length ? "" : this.status.dataset.nothing;
    } catch {
      if (signal.aborted) return;
      this.show([]);
      this.status.textContent = this.status.dataset.failed;
    }
  }

  /** @param {{label: string, kind: string, url: string}[]} places */
  show(places) {
    const rows = places.map((place, index) => {
      const row = document.createElement("li");
      const label = document.createElement("span");
      const kind = document.createElement("small");
      row.id = `palette-result-${index}`;
      row.setAttribute("role", "option");
      row.dataset.url = place.url;
      label.textContent = place.label;
      kind.textContent = place.kind;
      row.append(label, kind);
      return row;
    });
    this.results.replaceChildren(...rows);
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.select(rows.length ? 0 : -1);
  }

  /** @param {number} index */
  select(index) {
    this.current = index;
    [...this.results.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === index));
    });
    const row = this.results.children[index];
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const count = this.results.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      this.select((this.current + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.follow(this.results.children[this.current]);
    }
  }

  /** @param {HTMLElement | null | undefined} row */
  follow(row) {
    if (!row) return;
    const target = new URL(row.dataset.url, location.href);
    if (target.origin !== location.origin) return;
    this.dialog.close();
    location.assign(target);
  }
}

export function startPalette() {
  const dialog = document.querySelector("dialog[data-palette]");
  if (!dialog) return;
  const palette = new Palette(dialog);
  if (/Mac|iP(hone|ad)/.test(navigator.userAgent)) {
    for (const key of document.querySelectorAll("[data-shortcut-mac]")) {
      key.textContent = key.dataset.shortcutMac;
    }
  }
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    palette.open();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(`[data-opens="${dialog.id}"]`)) palette.open();
  });
}
