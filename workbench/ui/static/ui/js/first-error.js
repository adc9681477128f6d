/**
 * After a refused form, focus stands on the first field to mend; without one, on what is said of
 * the form as a whole.
 */

const WRONG = "main form :is(input, select, textarea)[aria-invalid='true']:not([type='hidden'])";

export function startFirstError() {
  const field = document.querySelector(WRONG);
  if (field) {
    field.focus();
    return;
  }
  const notice = document.querySelector("main form [role='alert']");
  if (!notice) return;
  notice.tabIndex = -1;
  notice.focus();
}
