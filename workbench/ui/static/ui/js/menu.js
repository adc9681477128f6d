/**
 * Menus: a <details> that closes on Escape, on a click elsewhere, and when focus leaves it.
 * Arrow keys walk through its links and buttons.
 *
 *     <details class="menu" data-menu>
 *       <summary>More</summary>
 *       <div class="menu-list"><a class="menu-item" href="...">Export</a></div>
 *     </details>
 */

const ITEMS = ".menu-list :is(a[href], button:not(:disabled))";

/** @param {Element | null} except */
function closeOthers(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

/**
 * @param {HTMLDetailsElement} menu
 * @param {KeyboardEvent} event
 */
function walk(menu, event) {
  const items = [...menu.querySelectorAll(ITEMS)];
  const at = items.indexOf(document.activeElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  const start = step === 1 ? -1 : items.length;
  const next = items[((at === -1 ? start : at) + step + items.length) % items.length];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function startMenus() {
  document.addEventListener("click", (event) => closeOthers(event.target.closest("[data-menu]")));
  document.addEventListener("focusin", (event) => closeOthers(event.target.closest("[data-menu]")));
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("details[data-menu]");
    if (!menu?.open) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      walk(menu, event);
    }
  });
}
