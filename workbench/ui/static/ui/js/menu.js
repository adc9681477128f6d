/**
 * Menus: a <details> that closes on Escape, on a click elsewhere, and when focus leaves it.
 * Arrow keys walk through its links and buttons. Where there is no room below, it opens upwards.
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

/** @param {HTMLDetailsElement} menu */
function turn(menu) {
  delete menu.dataset.side;
  if (!menu.open) return;
  const list = menu.querySelector(".menu-list").getBoundingClientRect();
  const above = menu.getBoundingClientRect().top;
  if (list.bottom > innerHeight && above > list.height) menu.dataset.side = "top";
}

export function startMenus() {
  // This event does not bubble.
  document.addEventListener(
    "toggle",
    (event) => event.target.matches?.("details[data-menu]") && turn(event.target),
    true,
  );
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
