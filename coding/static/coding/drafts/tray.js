/**
 * The tray of evidence: by key one stop for each excerpt, and its tools by the arrows; beside a
 * text that is read it follows the section in view.
 */

const ROW = ".tray .evidence";
const STOP = ".evidence-quote, footer a";
const TOOLS = ".evidence-quote, a, button";
const READ_MS = 500;

/** @param {Element} row @returns {HTMLElement[]} */
const tools = (row) => [...row.querySelectorAll(TOOLS)].filter((one) => !one.closest(".evidence-note-form"));

/** @returns {Element[]} */
const rowsInSight = () => [...document.querySelectorAll(ROW)].filter((row) => row.checkVisibility());

/** @returns {HTMLElement | undefined} the first excerpt that is shown */
export const firstRow = () => rowsInSight()[0]?.querySelector(STOP);

/** The tools are reached by the arrows: Tab goes from excerpt to excerpt. */
export function oneStopEach() {
  for (const row of document.querySelectorAll(ROW)) {
    const [first, ...rest] = tools(row);
    if (first) first.tabIndex = 0;
    for (const one of rest) one.tabIndex = -1;
  }
}

/** @param {KeyboardEvent} event @returns {HTMLElement | undefined} where an arrow leads */
export function walked(event) {
  const row = event.target.closest?.(ROW);
  if (!row || event.target.matches("textarea, input")) return undefined;
  const sideways = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (sideways) {
    const all = tools(row);
    return all[all.indexOf(event.target) + sideways];
  }
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!down) return undefined;
  const rows = rowsInSight();
  return rows[rows.indexOf(row) + down]?.querySelector(STOP);
}

/**
 * Brings the evidence of the section that is read, unless someone is at work in the tray.
 *
 * @param {Element} scroller the column that scrolls
 */
export function followReading(scroller) {
  let shown = "";
  let timer = 0;

  function inView() {
    const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
    const passed = [...document.querySelectorAll("[data-section]")].filter(
      (section) => section.getBoundingClientRect().top <= line,
    );
    return passed.at(-1)?.id ?? "";
  }

  function follow() {
    const section = inView();
    const tray = document.getElementById("tray");
    if (!section || section === shown) return;
    // One who chose a section keeps it until the text is read on.
    shown = section;
    if (tray.matches(":focus-within, :hover") || tray.querySelector("[open] > summary, #note")) return;
    const link = tray.querySelector(`[data-tray-of="${section}"]`);
    if (link && !link.hasAttribute("aria-current")) link.click();
  }

  shown = inView();
  scroller.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(follow, READ_MS);
  });
}
