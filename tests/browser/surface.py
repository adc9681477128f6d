"""The coding surface as a person at its page knows it, and an interview to code."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.running.workbench import RunningWorkbench, manage

INTERVIEW = "Samtale om morgenen"
QUESTION = "Hvordan begynder en dag hos jer?"
# The sign beyond the first plane is two units to the browser and one character to the server.
ANSWER = (
    "Det er 👍 rigtigt, at vi mødes klokken syv hver morgen. Vi fortæller hinanden, hvem der har "
    "haft en dårlig nat, og så deler vi ruten, så den ikke bliver for tung for nogen. Det tager "
    "ti minutter, og dem henter vi ind igen inden middag, hvis der ikke er fravær."
)
ANSWERS = 24

# Turns nobody has coded yet, so that no test meets what another one made.
FREE_TURNS = """least => {
  const { codings } = JSON.parse(document.getElementById("surface-data").textContent);
  return [...document.querySelectorAll(".turn")].filter(({ dataset, textContent }) =>
    textContent.split(/\\s+/).length >= least && dataset.tone !== "interviewer" &&
    !document.getElementById(`turn-${dataset.n}`).querySelector("li") &&
    codings.every(([, start, end]) => end <= +dataset.start || start >= +dataset.end),
  ).map((turn) => turn.id);
}"""
# Middle of the first letter of one word and of the last letter of another.
WORDS = """async ([id, first, count]) => {
  const words = document.querySelector(`#${id} .turn-text`);
  // Turns that come into sight take their real height, so the place settles only then.
  for (let frame = 0; frame < 4; frame++) {
    words.scrollIntoView({ block: "center" });
    await new Promise(requestAnimationFrame);
  }
  const found = [...words.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)].slice(first, first + count);
  const [start, last] = [found[0].index, found.at(-1).index + found.at(-1)[0].length];
  const box = (at) => {
    const range = new Range();
    range.setStart(words.firstChild, at);
    range.setEnd(words.firstChild, at + 1);
    const { left, top, width, height } = range.getBoundingClientRect();
    // A mouse stands on whole pixels.
    return [Math.round(left + width / 2), Math.round(top + height / 2)];
  };
  return { from: box(start), to: box(last - 1), text: words.textContent.slice(start, last) };
}"""
PAINTED = """() => [...CSS.highlights].filter(([name]) => /^(tint|band|more)/.test(name))
  .flatMap(([, ranges]) => [...ranges].map((range) =>
    range.startContainer.data.slice(range.startOffset, range.endOffset)))"""

SELECTED = """() => [...CSS.highlights.get("selected") ?? []].map((range) =>
  range.startContainer.data.slice(range.startOffset, range.endOffset)).join(" ")"""
CARET_IN = """(id) => {
  const caret = document.querySelector(".caret").getBoundingClientRect();
  const { top, bottom } = document.querySelector(`#${id} .turn-text`).getBoundingClientRect();
  return caret.top >= top - 2 && caret.bottom <= bottom + 2;
}"""


class Surface:
    """The coding surface as a person at its page knows it."""

    def __init__(self, page: Page, title: str = INTERVIEW) -> None:
        self.page = page
        page.goto("/studies/demo/documents/")
        page.get_by_role("link", name=title, exact=True).first.click()
        self.status = page.locator("#save-status")
        self.said = page.locator(".surface > .spoken")
        self.told = page.locator(".quiet-line")
        self.palette = page.locator("dialog.code-palette")
        self.problems = page.locator(".problems")
        self.ready()

    def ready(self) -> None:
        self.page.locator(".code-tree .code-row").first.wait_for(state="attached")
        self.page.wait_for_load_state("networkidle")

    def reload(self) -> None:
        self.page.reload()
        self.ready()

    def free_turn(self, least: int = 24) -> str:
        return str(self.page.evaluate(FREE_TURNS, least)[0])

    def select(self, turn: str, first: int, count: int) -> str:
        """Drags the mouse from the middle of one word into the middle of another."""
        box = self.page.evaluate(WORDS, [turn, first, count])
        self.page.mouse.move(*box["from"])
        self.page.mouse.down()
        self.page.mouse.move(*box["to"], steps=8)
        self.page.mouse.up()
        expect(self.page.locator(".selection-bar")).to_be_visible()
        return str(box["text"])

    def code(self, turn: str, first: int, count: int, letters: str) -> str:
        """Selects words and gives them the code that these letters find."""
        text = self.select(turn, first, count)
        self.page.keyboard.press("Enter")
        self.palette.get_by_role("combobox").fill(letters)
        self.page.keyboard.press("Enter")
        expect(self.palette).to_be_hidden()
        return text

    def codings(self, turn: str) -> Locator:
        return self.page.locator(f"#{turn} .coding-label[data-group]")

    def painted(self) -> list[str]:
        found: list[str] = self.page.evaluate(PAINTED)
        return found

    def selected(self) -> str:
        return str(self.page.evaluate(SELECTED))

    def saved(self) -> None:
        expect(self.status).to_have_attribute("data-state", "saved")
        expect(self.status).to_have_text(re.compile("^(Alt er gemt|All saved)$"))


def attach_interview(workbench: RunningWorkbench, folder: Path) -> None:
    """An interview with room for every test of a module."""
    path = folder / f"{INTERVIEW}.txt"
    said = f"Interviewer: {QUESTION}\n\nLone: {ANSWER}"
    path.write_text("\n\n".join([said] * ANSWERS), encoding="utf-8")
    manage(workbench.var, "import_documents", "demo", "--case", "tofteby", str(path))


def live_quotes(workbench: RunningWorkbench, code: str) -> list[str]:
    """The words that carry the code, as the database has them."""
    with workbench.database() as base:
        rows = base.execute(
            "SELECT quote FROM coding_placement JOIN coding_coding USING (excerpt_id)"
            " JOIN coding_code ON coding_code.id = code_id"
            " WHERE name = ? AND coding_coding.removed_at IS NULL",
            (code,),
        )
        return [quote for (quote,) in rows]
