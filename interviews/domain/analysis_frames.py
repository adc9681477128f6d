"""Verbs of the analysis questions: add and change; as an outline: move, remove, bring back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.domain.outlines import Outline
from interviews.formats.outlines import OutlineLine
from interviews.models import AnalysisQuestion
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import record_act, record_change, refuse_outdated
from workbench.errors import Invalid
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "analysis_question"
TITLE_LENGTH = 300
QUESTIONS = Outline(AnalysisQuestion.objects.all(), noun=NOUN, parent="study", study="study")


def state_of(question: AnalysisQuestion) -> dict[str, Any]:
    """What the form of a question shows."""
    return {"title": question.title, "text": question.text}


def questions_in(lines: Sequence[OutlineLine]) -> list[tuple[str, str]]:
    """Title and text of the question that each line of depth 0 makes; deeper lines are its text.

    Raises Invalid `too_long` naming the title that is.
    """
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.depth and found:
            found[-1][1].append(line.text)
        else:
            found.append((_title(line.text), []))
    return [(title, "\n".join(texts)) for title, texts in found]


def add_questions(*, member: Member, lines: Sequence[OutlineLine]) -> list[AnalysisQuestion]:
    """Adds the questions that are in the lines, after those that are there."""
    with changing(member):
        rows = list(AnalysisQuestion.objects.filter(study_id=member.study_id))
        taken = {row.key for row in rows}
        order = sum(row.removed_at is None for row in rows)
        made: list[AnalysisQuestion] = []
        for title, text in questions_in(lines):
            key = free_key(title, taken, fallback="question")
            taken.add(key)
            made.append(
                AnalysisQuestion(
                    study_id=member.study_id,
                    key=key,
                    title=title,
                    text=text,
                    order=order + len(made),
                )
            )
        AnalysisQuestion.objects.bulk_create(made)
        for question in made:
            record_act(member, Action.CREATED, NOUN, question)
    return made


def change_question(
    *, member: Member, question_id: UUID, seen: str | None, title: str, text: str
) -> AnalysisQuestion:
    """Changes title and text. Raises Conflict with both versions when it changed since `seen`."""
    with changing(member):
        question = QUESTIONS.find(member=member, pk=question_id)
        before = state_of(question)
        after = {"title": _title(title), "text": text.strip()}
        refuse_outdated(before, seen)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            question.title, question.text = after["title"], after["text"]
            question.save(update_fields=changed)
            record_change(member=member, row=question, noun=NOUN, before=before, after=after)
    return question


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise Invalid(_("Write the question."), code="empty")
    if len(title) > TITLE_LENGTH:
        raise Invalid(
            _("“%(start)s…” is too long: a title has at most %(limit)s characters.")
            % {"start": title[:40], "limit": TITLE_LENGTH},
            code="too_long",
        )
    return title
