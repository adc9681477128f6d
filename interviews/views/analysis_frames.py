"""The analysis questions, and the frame they come from."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interviews.domain.analysis_frames import (
    QUESTIONS,
    add_questions,
    change_question,
    questions_in,
    state_of,
)
from interviews.domain.queries.outlines import frame_outline
from interviews.formats.outlines import OutlineLine
from interviews.forms.analysis_frames import QuestionForm
from interviews.models import AnalysisQuestion
from interviews.views.outlines import (
    AddView,
    Entry,
    EntryPart,
    EntryView,
    MoveView,
    OutlineView,
    PasteView,
    Preview,
    RemoveView,
    RestoreView,
    counted_questions,
)


class QuestionPart(EntryPart):
    page = "questions"
    word = "question"
    way_back = "question_restore"
    verbs = QUESTIONS


class QuestionsView(OutlineView):
    template_name = "interviews/questions_page.html"
    parts = (QuestionPart,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(outline=frame_outline(self.study), **kwargs)


class QuestionsPasteView(PasteView):
    page = "questions"
    page_label = _("Analysis questions")
    heading = _("Paste analysis questions")
    rule = _("The outermost lines become questions; the lines under one are its text in full.")
    example = _("1. Occasions\n   What got them started?\n2. Anchoring")

    def look(self, lines: list[OutlineLine]) -> Preview:
        live = AnalysisQuestion.objects.filter(study=self.study, removed_at__isnull=True).count()
        questions = questions_in(lines)
        entries: list[Entry] = []
        for number, (title, text) in enumerate(questions, live + 1):
            entries.append(Entry(title, 0, str(number)))
            entries += [Entry(line, 1) for line in text.split("\n") if line]
        inner = len(lines) - len(questions)
        return Preview(
            entries=entries,
            counted=counted_questions(len(questions)),
            remark=ngettext(
                "%(count)s line further in is text of the question above it. To make it a"
                " question of its own, take the heading above it out.",
                "%(count)s lines further in are text of the question above them. To make them"
                " questions of their own, take the headings above them out.",
                inner,
            )
            % {"count": inner}
            if inner
            else "",
        )

    def add(self, lines: list[OutlineLine], title: str) -> None:
        add_questions(member=self.member, lines=lines)


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
