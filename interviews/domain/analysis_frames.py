"""Verbs of the analysis questions: add, change, order, remove, bring back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from interviews.domain import arrangements
from interviews.domain.arrangements import Move, Row
from interviews.formats.outlines import OutlineLine
from interviews.models import AnalysisQuestion
from workbench.domain.changing import changing
from workbench.domain.keys import free_key
from workbench.domain.rows import record_change, refuse_outdated
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member, Study

NOUN = "analysis_question"
TITLE_LENGTH = 300


def question_of(*, member: Member, question_id: UUID, removed: bool = False) -> AnalysisQuestion:
    """A question of the member's study; with `removed` also a hidden one. Raises Missing."""
    question = AnalysisQuestion.objects.filter(pk=question_id, study_id=member.study_id).first()
    if question is None or (question.removed_at is not None and not removed):
        raise Missing
    return question


def state_of(question: AnalysisQuestion) -> dict[str, Any]:
    """What the form of a question shows."""
    return {"title": question.title, "text": question.text}


def add_questions(*, member: Member, lines: Sequence[OutlineLine]) -> list[AnalysisQuestion]:
    """Adds a question per line of depth 0; deeper lines are the text of the one above them.

    Raises Invalid `too_long` naming the title that is.
    """
    with changing(member):
        rows = list(AnalysisQuestion.objects.filter(study_id=member.study_id))
        taken = {row.key for row in rows}
        order = sum(row.removed_at is None for row in rows)
        made: list[AnalysisQuestion] = []
        for line in lines:
            if line.depth and made:
                made[-1].text = "\n".join(filter(None, (made[-1].text, line.text)))
                continue
            key = free_key(line.text, taken, fallback="question")
            taken.add(key)
            made.append(
                AnalysisQuestion(
                    study_id=member.study_id,
                    key=key,
                    title=_title(line.text),
                    order=order + len(made),
                )
            )
        AnalysisQuestion.objects.bulk_create(made)
        for question in made:
            _record(member, question, Action.CREATED, after={"key": question.key})
    return made


def change_question(
    *, member: Member, question_id: UUID, seen: str | None, title: str, text: str
) -> AnalysisQuestion:
    """Changes title and text. Raises Conflict with both versions when it changed since `seen`."""
    with changing(member):
        question = question_of(member=member, question_id=question_id)
        before = state_of(question)
        after = {"title": _title(title), "text": text.strip()}
        refuse_outdated(before, seen)
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            question.title, question.text = after["title"], after["text"]
            question.save(update_fields=changed)
            record_change(member=member, row=question, noun=NOUN, before=before, after=after)
    return question


def move_question(*, member: Member, question_id: UUID, way: Move) -> AnalysisQuestion:
    """One step up or down in the order as it stands now."""
    with changing(member):
        question = question_of(member=member, question_id=question_id)
        live = {row.pk: row for row in live_questions(member.study)}
        rows = arrangements.move([Row(pk) for pk in live], question.pk, way)
        _store_order([live[row.key] for row in rows])
        _record(member, question, Action.MOVED, after={"way": way})
    return question


def remove_question(*, member: Member, question_id: UUID) -> AnalysisQuestion:
    """Hides the question; what was written under it stays and comes back with it."""
    with changing(member):
        question = question_of(member=member, question_id=question_id)
        question.removed_at = timezone.now()
        question.save(update_fields=["removed_at"])
        _store_order(live_questions(member.study))
        _record(member, question, Action.REMOVED)
    return question


def restore_question(*, member: Member, question_id: UUID) -> AnalysisQuestion:
    """Brings a removed question back, as the last; asking again is the same."""
    with changing(member):
        question = question_of(member=member, question_id=question_id, removed=True)
        if question.removed_at is None:
            return question
        question.order = len(live_questions(member.study))
        question.removed_at = None
        question.save(update_fields=["removed_at", "order"])
        _record(member, question, Action.RESTORED)
    return question


def live_questions(study: Study) -> list[AnalysisQuestion]:
    return list(AnalysisQuestion.objects.filter(study=study, removed_at__isnull=True))


def _store_order(questions: Sequence[AnalysisQuestion]) -> None:
    for order, question in enumerate(questions):
        question.order = order
    AnalysisQuestion.objects.bulk_update(questions, ["order"])


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


def _record(
    member: Member,
    question: AnalysisQuestion,
    action: Action,
    *,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        study=member.study,
        actor=member.user,
        action=action,
        noun=NOUN,
        subject=question.pk,
        label=question.title,
        after=after,
    )
