"""The analysis questions, and the frame they come from."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from interviews.domain.analysis_frames import (
    add_questions,
    change_question,
    move_question,
    question_of,
    remove_question,
    restore_question,
    state_of,
)
from interviews.domain.arrangements import Move
from interviews.domain.queries.outlines import frame_outline
from interviews.formats.outlines import OutlineLine
from interviews.forms.analysis_frames import QuestionForm
from interviews.models import AnalysisQuestion
from interviews.views.outlines import (
    AddView,
    MoveView,
    OutlineView,
    PasteView,
    PlanPart,
    RemoveView,
    RestoreView,
)
from workbench.views.changing import ChangingView


class QuestionsView(OutlineView):
    template_name = "interviews/questions_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(outline=frame_outline(self.study), **kwargs)


class QuestionsPasteView(PasteView):
    page = "questions"
    heading = _("Paste analysis questions")
    levels = (_("question"), _("its text in full"))
    example = _("1. Occasions\n   What got them started?\n2. Anchoring")

    def add(self, lines: list[OutlineLine]) -> int:
        return len(add_questions(member=self.member, lines=lines))


class QuestionAddView(AddView):
    page = "questions"

    def add(self, lines: list[OutlineLine]) -> UUID:
        return add_questions(member=self.member, lines=lines)[0].pk


class QuestionView(PlanPart, ChangingView):
    page = "questions"
    form_class = QuestionForm
    template_name = "interviews/question_form.html"

    @cached_property
    def question(self) -> AnalysisQuestion:
        return question_of(member=self.member, question_id=self.kwargs["question"])

    def state(self) -> dict[str, Any]:
        return state_of(self.question)

    def save(self, form: QuestionForm) -> str:
        data = form.cleaned_data
        change_question(
            member=self.member,
            question_id=self.question.pk,
            seen=form.mark,
            title=data["title"],
            text=data["text"],
        )
        return self.back(self.question.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.back(self.question.pk)
        return super().get_context_data(question=self.question, back=back, **kwargs)


class QuestionMoveView(MoveView):
    page = "questions"

    def find(self) -> None:
        question_of(member=self.member, question_id=self.kwargs["question"])

    def move(self, way: Move) -> UUID:
        return move_question(member=self.member, question_id=self.kwargs["question"], way=way).pk


class QuestionRemoveView(RemoveView):
    page = "questions"

    def remove(self) -> str:
        return str(remove_question(member=self.member, question_id=self.kwargs["question"]))


class QuestionRestoreView(RestoreView):
    page = "questions"

    def restore(self) -> UUID:
        return restore_question(member=self.member, question_id=self.kwargs["question"]).pk
