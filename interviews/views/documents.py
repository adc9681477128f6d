"""Material: the list with attaching, writing in place, saying anew, marking answers, hiding."""

from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from interviews.domain.answers import mark_answers
from interviews.domain.documents import (
    SpeakerMapping,
    change_document,
    document_of,
    remove_document,
    restore_document,
    state_of,
)
from interviews.domain.intakes import Incoming, receive
from interviews.domain.queries.cases import live_cases
from interviews.domain.queries.documents import (
    QuestionRow,
    TurnMark,
    TurnRow,
    by_case,
    listed,
    people_of,
    question_told,
    questions_of,
    removed,
    speakers_of,
    turns_of,
    waiting_batches,
)
from interviews.domain.queries.labels import ANSWER_KINDS
from interviews.enums import INTERVIEWER, AnswerKind, DocumentKind
from interviews.forms.choices import choices_of
from interviews.forms.documents import (
    MARKED,
    AttachForm,
    DocumentForm,
    SpeakerForm,
    TurnAnswerForm,
    TurnMarkForm,
    WriteForm,
)
from interviews.models import Document, Interview, KitItem
from interviews.tasks import read_later, split_later
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Invalid, Missing
from workbench.models import Member
from workbench.views.changing import ChangingView, Difference, shown

ROWS_A_PAGE = 100


def attach_files(member: Member, files: "list[UploadedFile[Any]]", mapping: dict[str, Any]) -> UUID:
    """Keeps the files as one batch and has them read."""
    batch = uuid4()
    incoming = [Incoming(file.name or "", file.chunks()) for file in files]
    receive(member=member, batch=batch, files=incoming, mapping=mapping, then=read_later)
    return batch


class DocumentsView(StudyView, FormView):  # type: ignore[type-arg]  # not generic at run time
    permission = Permission.STUDY_READ
    write_permission = Permission.MATERIAL_WRITE
    form_class = AttachForm
    template_name = "interviews/documents_list.html"

    @cached_property
    def cases(self) -> list[Any]:
        return list(live_cases(self.member))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cases": self.cases}

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("case", "")
        return {"case": next((str(case.pk) for case in self.cases if case.key == key), "")}

    def form_valid(self, form: AttachForm) -> HttpResponse:
        case = form.cleaned_data["case"]
        mapping = {"case": case} if case else {}
        batch = attach_files(self.member, form.uploads(), mapping)
        return redirect("intake", slug=self.study.slug, batch=batch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_write = self.may(Permission.MATERIAL_WRITE)
        key = self.request.GET.get("case", "")
        page = Paginator(listed(self.study, case=key), ROWS_A_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            page=page,
            groups=by_case(page),
            cases=self.cases,
            chosen=key,
            may_write=may_write,
            waiting=waiting_batches(self.study) if may_write else [],
            removed=removed(self.study) if may_write else [],
            limit=settings.UPLOAD_MAX_BYTES,
            too_large=_("Together the files are larger than %(megabytes)d MB. Choose fewer.")
            % {"megabytes": settings.UPLOAD_MAX_BYTES // (1024 * 1024)},
            **kwargs,
        )


class DocumentWriteView(StudyView, FormView):  # type: ignore[type-arg]  # not generic at run time
    """What is written goes the way of a file: it is read, looked at, and attached."""

    permission = Permission.MATERIAL_WRITE
    form_class = WriteForm
    template_name = "interviews/document_write.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cases": live_cases(self.member)}

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("case", "")
        chosen = next((case for case in live_cases(self.member) if case.key == key), None)
        return {"case": str(chosen.pk) if chosen else ""}

    def form_valid(self, form: WriteForm) -> HttpResponse:
        said = form.cleaned_data
        batch = uuid4()
        receive(
            member=self.member,
            batch=batch,
            files=[Incoming(f"{said['title']}.txt", [said["text"].encode()])],
            mapping={
                "case": said["case"],
                "kind": said["kind"],
                "title": said["title"],
                "date": said["date"].isoformat() if said["date"] else "",
                "manner": "" if said["manner"] == MARKED else said["manner"],
                "written": True,
            },
            then=read_later,
        )
        return redirect("intake", slug=self.study.slug, batch=batch)


class InDocument(StudyView):
    """A page of one document, named by its id."""

    @cached_property
    def document(self) -> Document:
        return document_of(member=self.member, document_id=self.kwargs["document"])

    def address(self, name: str, **query: str) -> str:
        keys = {"slug": self.study.slug, "document": self.document.pk}
        return reverse(name, kwargs=keys, query=query or None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "document": self.document})


class DocumentEditView(InDocument, ChangingView):
    permission = Permission.MATERIAL_WRITE
    form_class = DocumentForm
    template_name = "interviews/document_form.html"
    saved_message = lazy("The material is saved.")

    @cached_property
    def interviews(self) -> list[Interview]:
        return list(
            Interview.objects.filter(
                visit__case_id=self.document.case_id, removed_at__isnull=True
            ).select_related("visit")
        )

    def state(self) -> dict[str, Any]:
        return state_of(self.document)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "interviews": self.interviews}

    @cached_property
    def people(self) -> list[Any]:
        document = self.document
        return people_of(document.study_id, [document.case_id]).get(document.case_id, [])

    def speaker_forms(self, data: QueryDict | None = None) -> list[tuple[Any, SpeakerForm]]:
        return [
            (
                row,
                SpeakerForm(
                    data,
                    prefix=row.id.hex,
                    people=self.people,
                    initial={"who": INTERVIEWER if row.is_interviewer else row.participant or ""},
                ),
            )
            for row in speakers_of(self.document)
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        speakers = self.speaker_forms(request.POST)
        # Each is asked, so that every wrong field is marked at once.
        if all([form.is_valid(), *(row.is_valid() for _speaker, row in speakers)]):
            self.speakers = speakers
            return self.form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, speakers=speakers))

    def save(self, form: DocumentForm) -> str:
        said = form.cleaned_data
        chosen = {str(talk.pk): talk for talk in self.interviews}
        talk, old = self.document.interview, self.document.title
        changed = change_document(
            member=self.member,
            document=self.document,
            title=said["title"],
            kind=DocumentKind(said["kind"]),
            date=said["date"],
            interview=chosen.get(said["interview"]),
            language=said["language"],
            then=split_later,
            speakers=self._mappings(),
            seen=form.mark,
        )
        if talk is not None and talk.title == old != changed.title:
            self.saved_message = lazy(
                "The material is saved, and its interview has the new title too."
            )
        return self.back

    @property
    def back(self) -> str:
        """Where the person came from: the page of the material itself, or the list."""
        if self.request.GET.get("back") == "document":
            return self.address("document")
        return reverse("documents", kwargs={"slug": self.study.slug})

    def differences(self, form: Any, theirs: dict[str, Any]) -> list[Difference]:
        found = super().differences(form, theirs)
        for row, speaker in self.speakers:
            stored, yours = theirs["speakers"].get(str(row.id), ""), speaker.cleaned_data["who"]
            if stored != yours:
                who = speaker["who"]
                found.append(Difference(row.label, shown(who, stored), shown(who, yours)))
        return found

    def _mappings(self) -> dict[UUID, SpeakerMapping]:
        people = {str(person.pk): person for person in self.people}
        return {
            row.id: SpeakerMapping(
                people.get(form.cleaned_data["who"]), form.cleaned_data["who"] == INTERVIEWER
            )
            for row, form in self.speakers
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "speakers" not in kwargs:
            data = self.request.POST if self.request.method == "POST" else None
            kwargs["speakers"] = self.speaker_forms(data)
        return super().get_context_data(**kwargs)


class DocumentAnswersView(InDocument, TemplateView):
    """Which turns answer which question of the guide: turn by turn, or one question at a time."""

    permission = Permission.STUDY_READ
    write_permission = Permission.MATERIAL_WRITE
    template_name = "interviews/document_answers.html"

    @cached_property
    def questions(self) -> list[QuestionRow]:
        return questions_of(self.document.study_id, self.document)

    @cached_property
    def question(self) -> QuestionRow | None:
        """The one that is looked at; none when the turns are."""
        wanted = self.request.GET.get("question")
        if wanted is None:
            return None
        asked = (row for row in self.questions if not row.is_section)
        found = next((row for row in asked if row.key == wanted), None)
        if found is None:
            raise Missing
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "turns" not in kwargs:
            kwargs["turns"] = turns_of(self.document) if self.questions else []
        return super().get_context_data(
            questions=self.questions,
            question=self.question,
            rows=self._forms(kwargs["turns"]) if self.question else [],
            answer_kinds=choices_of(ANSWER_KINDS),
            may_write=self.may(Permission.MATERIAL_WRITE),
            **kwargs,
        )

    def _forms(
        self, turns: list[TurnRow], data: QueryDict | None = None
    ) -> list[tuple[TurnRow, TurnMark | None, TurnAnswerForm]]:
        assert self.question is not None
        found = []
        for turn in turns:
            mark = turn.mark_for(self.question.id)
            kind = mark.kind if mark else ""
            form = TurnAnswerForm(data, prefix=f"turn-{turn.number}", initial={"kind": kind})
            found.append((turn, mark, form))
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.question is None:
            return self._mark_turn(TurnMarkForm(request.POST))
        marks: dict[UUID, AnswerKind | None] = {}
        for turn, _mark, form in self._forms(turns_of(self.document), request.POST):
            # The turns that the page showed; a value that is no choice leaves its turn alone.
            if form.add_prefix("kind") in request.POST and form.is_valid():
                kind = form.cleaned_data["kind"]
                marks[turn.id] = AnswerKind(kind) if kind else None
        changed = self._mark(self.question, marks)
        said = ngettext("%(count)s turn is changed.", "%(count)s turns are changed.", changed)
        messages.success(request, said % {"count": changed})
        return redirect(self.address("document_answers", question=self.question.key))

    def _mark(self, question: QuestionRow, marks: dict[UUID, AnswerKind | None]) -> int:
        item = KitItem.objects.select_related("kit").get(pk=question.id)
        return mark_answers(member=self.member, document=self.document, item=item, marks=marks)

    def _mark_turn(self, form: TurnMarkForm) -> HttpResponse:
        """One turn and one question; the script puts the turn back where it stands."""
        document = self.document
        if not form.is_valid() and "turn" in form.errors:
            raise Invalid
        chosen = turns_of(document, only=form.cleaned_data["turn"])
        if not chosen:
            raise Missing
        told = form.cleaned_data.get("item", "")
        question = question_told(self.questions, told)
        wrong = question is None or "kind" in form.errors
        if question is not None and not wrong:
            kind = form.cleaned_data["kind"]
            self._mark(question, {chosen[0].id: AnswerKind(kind) if kind else None})
            del self.questions
            if not self.by_script:
                return redirect(f"{self.address('document_answers')}#turn-{chosen[0].number}")
            chosen = turns_of(self.document, only=chosen[0].id)
        if self.by_script:
            self.template_name = "interviews/document_answers_turn.html"
        return self.render_to_response(
            self.get_context_data(
                turns=chosen if self.by_script else turns_of(self.document),
                refused=chosen[0].id if wrong else None,
                told=told,
                swapped=self.by_script,
            ),
            status=422 if wrong else 200,
        )

    @property
    def by_script(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"


class DocumentRemoveView(InDocument):
    permission = Permission.MATERIAL_WRITE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        remove_document(member=self.member, document=self.document)
        messages.success(
            request,
            _("“%(title)s” is off the list. You find it under “Removed” below.")
            % {"title": self.document.title},
        )
        return redirect("documents", slug=self.study.slug)


class DocumentRestoreView(StudyView):
    permission = Permission.MATERIAL_WRITE

    def post(self, request: HttpRequest, slug: str, document: UUID) -> HttpResponse:
        hidden = Document.objects.filter(pk=document, study=self.study).first()
        if hidden is None:
            raise Missing
        restore_document(member=self.member, document=hidden)
        messages.success(request, _("“%(title)s” is back.") % {"title": hidden.title})
        return redirect("documents", slug=self.study.slug)
