/** Whether what was done is safe: one line in the frame, a list when the server refused something. */

import { say, sayCount } from "../model/wording.js";
import { element } from "../rendering/element.js";

const PATIENCE_MS = 350;
const QUIET_MS = 7000;
const REASONS = { 0: "status.offline", 401: "status.signedOut", 507: "status.full" };

export class Status {
  constructor({ host, page, queue, codebook, codings, coders, units, me }) {
    Object.assign(this, { host, page, queue, codebook, codings, units, name: coders.get(me).name });
    host.classList.add("save-status");
    host.setAttribute("role", "status");
    this.line = element("span");
    this.host.replaceChildren(this.line);
    this.quiet = element("p", { class: "quiet-line" });
    this.problems = element("section", { class: "problems", "aria-label": say("status.problems"), hidden: true });
    page.append(this.quiet, this.problems);
    queue.onChange((summary) => this.follow(summary));
    addEventListener("beforeunload", (event) => {
      // What was refused is listed again on the next page: nothing is on its way.
      const { unsent, refused } = queue.summary;
      if (unsent > refused.length) event.preventDefault();
    });
    addEventListener("online", () => queue.nudge());
    this.follow(queue.summary);
  }

  follow(summary) {
    this.write(summary);
    this.list(summary);
  }

  write({ unsent, refused, stopped, trouble }) {
    clearTimeout(this.timer);
    if (stopped) return this.state("stopped", [unsent && sayCount("status.unsent", unsent), say("status.stopped")].filter(Boolean).join(" · "));
    if (refused.length) return this.state("refused", sayCount("status.refused", refused.length));
    if (!unsent) return this.state("saved", say("status.saved"));
    if (trouble) {
      const reason = REASONS[trouble.status] ?? "status.busy";
      return this.state("waiting", `${sayCount("status.unsent", unsent)} · ${say(reason)}`, true);
    }
    this.host.dataset.state = "saving";
    // Most saves are over before a word about them could be read.
    this.timer = setTimeout(() => this.state("saving", say("status.saving")), PATIENCE_MS);
  }

  state(name, text, again = false) {
    this.host.dataset.state = name;
    if (this.line.textContent === text) return;
    this.line.textContent = text;
    const button = again && element("button", { type: "button", class: "act", text: say("status.now"), on: { click: () => this.queue.nudge() } });
    this.host.replaceChildren(this.line, ...(button ? [button] : []));
  }

  list({ refused, stopped }) {
    const keys = [stopped, ...refused.map((command) => command.key)].join(" ");
    if (keys === this.listed) return;
    this.listed = keys;
    this.problems.hidden = !refused.length && !stopped;
    this.problems.replaceChildren(...(stopped ? [this.anothers()] : []), ...refused.map((command) => this.problem(command)));
  }

  /** Somebody else has signed in: whose page this is, and how its work reaches the server after all. */
  anothers() {
    return element("article", { role: "alert" },
      element("p", {}, element("b", { text: say("status.stopped") })),
      element("p", { text: say("status.anothers", { name: this.name }) }),
      element("footer", {}, this.button("act-strong", "status.now", () => this.queue.nudge())));
  }

  problem(command) {
    const { problem } = command;
    const reason = problem.detail || problem.title || say("status.unknown", { status: problem.status });
    const conflict = Boolean(problem.current);
    const behind = problem.code === "revision_behind";
    return element("article", {},
      element("p", {}, element("b", { text: this.about(command) })),
      element("p", { text: say("status.reason", { reason }) }),
      conflict ? element("p", { class: "faint", text: this.theirs(problem.current) }) : null,
      element("footer", {},
        this.button("act", conflict ? "status.takeTheirs" : "status.drop", () => this.queue.drop(command.key)),
        // Sent again, it would be refused again: only the corrected text helps.
        behind
          ? this.button("act-strong", "status.reload", () => location.reload())
          : this.button("act-strong", conflict ? "status.keepMine" : "status.retry", () => this.queue.retry(command.key))));
  }

  button(look, key, click) {
    return element("button", { type: "button", class: look, text: say(key), on: { click } });
  }

  about(command) {
    const row = this.codings.get(command.subject) ?? command.before;
    // After the page was loaded again, a refused creation is known from its command alone.
    const name = this.codebook.get(row?.code ?? command.body?.code ?? command.subject)?.name ?? say("code.unknown");
    return say(`status.${command.kind}`, { name });
  }

  theirs({ code, start, end }) {
    const quote = this.units.textOf(start, end).slice(0, 80);
    return say("status.theirs", { name: this.codebook.get(code)?.name ?? say("code.unknown"), quote });
  }

  /**
   * A line that comes and goes by itself.
   * @param spoken whether nothing else says it aloud; link {text, href} where to go on
   */
  mention(text, { spoken = false, link = null } = {}) {
    this.show(text, spoken, link && element("a", { href: link.href, text: link.text }));
    this.fading = setTimeout(() => this.hush(), QUIET_MS);
  }

  /** Where a coding stands now; what the person was told about the coding itself goes before. */
  place(text, link) {
    if ("shown" in this.quiet.dataset && !this.placing) return;
    this.mention(text, { spoken: true, link });
    this.placing = true;
  }

  /** A question that stays until it is answered or something else is done. @param choices [{text, key?, act}] */
  ask(text, choices) {
    const buttons = choices.map(({ text: label, key, act }) => {
      const click = () => {
        this.hush();
        act();
      };
      return element("button", { type: "button", class: "act", on: { click } }, label, key && element("kbd", { text: key }));
    });
    this.show(text, false, ...buttons);
    this.asked = choices[0].act;
  }

  /** What the first answer to the open question does, or null; the question is over. */
  taken() {
    const act = this.asked;
    this.hush();
    return act;
  }

  show(text, spoken, ...more) {
    this.hush();
    // What the voice says is not said again here.
    this.quiet.setAttribute("aria-live", spoken ? "polite" : "off");
    this.quiet.replaceChildren(element("span", { text }), ...more.filter(Boolean));
    this.quiet.dataset.shown = "";
  }

  hush() {
    clearTimeout(this.fading);
    this.asked = null;
    this.placing = false;
    delete this.quiet.dataset.shown;
    this.quiet.replaceChildren(this.quiet.firstElementChild ?? "");
  }
}
