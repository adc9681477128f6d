/**
 * Theme: light, dark, or what the system says. The choice is a cookie, because the server writes
 * `data-theme` into the page and so no page flashes in the wrong theme.
 *
 *     <div data-theme-switch>
 *       <button type="button" data-theme-value="">System</button>
 *       <button type="button" data-theme-value="dark">Dark</button>
 *     </div>
 */

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/** @returns {string} "light", "dark", or "" for the system's */
function chosenTheme() {
  const pair = document.cookie.split("; ").find((entry) => entry.startsWith("theme="));
  const theme = pair ? pair.slice("theme=".length) : "";
  return theme === "light" || theme === "dark" ? theme : "";
}

/** @param {string} theme */
function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === theme));
  }
}

export function startTheme() {
  show(chosenTheme());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]");
    if (!button) return;
    const theme = button.dataset.themeValue;
    const age = theme ? YEAR_IN_SECONDS : 0;
    document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
    show(theme);
  });
}
