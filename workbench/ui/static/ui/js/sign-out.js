/**
 * Signing out leaves nothing of a person's work in the browser: every stored key that begins with
 * "work." goes. What the server does not have yet lies under "work.unsent.": that is asked first.
 *
 *     <form method="post" data-sign-out="Changes are lost. Sign out all the same?">...</form>
 */

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith("work."));

export function startSignOut() {
  let leaving = false;
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset?.signOut;
    if (question === undefined || event.defaultPrevented) return;
    const unsent = keys().some((key) => key.startsWith("work.unsent."));
    leaving = !unsent || confirm(question);
    if (!leaving) event.preventDefault();
  });
  // Not before: whoever stays on the page after all keeps everything.
  addEventListener("pagehide", () => {
    if (!leaving) return;
    // Other tabs hear of this one and keep no more.
    localStorage.setItem("work.ended", "");
    for (const key of keys()) localStorage.removeItem(key);
  });
}
