"""The analysis questions, and the frame they come from."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from interviews.domain.analysis_frames import (
    QUESTIONS,
    add_questions,
    change_question,
    state_of,
)
from interviews.domain.queries.outlines import frame_outline
from interviews.formats.outlines import OutlineLine
from interviews.forms.analysis_frames import QuestionForm
from interviews.views.outlines import (
    AddView,
    EntryPart,
    EntryView,
    MoveView,
    OutlineView,
    PasteView,
    RemoveView,
    RestoreView,
)


class QuestionsView(OutlineView):
    template_name = "interviews/questions_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(outline=frame_outline(self.study), **kwargs)


class QuestionPart(EntryPart):
    page = "questions"
    word = "question"
    verbs = QUESTIONS


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


class QuestionView(QuestionPart, EntryView):
    form_class = QuestionForm
    template_name = "interviews/question_form.html"

    def state(self) -> dict[str, Any]:
        return state_of(self.entry)

    def save(self, form: QuestionForm) -> str:
        data = form.cleaned_data
        change_question(
            member=self.member,
            question_id=self.entry.pk,
            seen=form.mark,
            title=data["title"],
            text=data["text"],
        )
        return self.back(self.entry.pk)


class QuestionMoveView(QuestionPart, MoveView):
    pass


class QuestionRemoveView(QuestionPart, RemoveView):
    pass


class QuestionRestoreView(QuestionPart, RestoreView):
    pass
