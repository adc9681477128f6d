"""Files on their way in: what they are, what was found, what is put right, then attached.

The page is one form. Every button posts all of it: what was said so far is kept first, then the
button's act is done, so that nothing typed is lost on the way.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRedirect

from interviews.domain import intakes
from interviews.domain.queries.cases import live_cases
from interviews.domain.queries.documents import people_of, questions_of
from interviews.domain.queries.intakes import FileRow, file_row, files_of, preview_of
from interviews.domain.queries.labels import ANSWER_KINDS, MANNERS
from interviews.enums import AnswerKind, DocumentKind, IntakeState, Manner
from interviews.formats import corrections
from interviews.formats.corrections import Turns
from interviews.forms.choices import choices_of
from interviews.forms.intakes import (
    IntakeSpeakerForm,
    MappingForm,
    Offer,
    SharedForm,
    row_prefix,
    said_of_row,
    said_of_shared,
    said_of_speakers,
    speaker_prefix,
)
from interviews.models import Intake, Interview
from interviews.tasks import read_later
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.errors import Conflict, Invalid, Missing

# Reading is bounded to half a minute; longer than this it waits behind others, or its worker died.
SLOW_SECONDS = 90
KINDS_WITH_MANNER = frozenset({DocumentKind.NOTES.value, DocumentKind.OBSERVATION.value})


class IntakeView(StudyView, TemplateView):
    permission = Permission.MATERIAL_WRITE
    template_name = "interviews/intake_batch.html"

    @cached_property
    def files(self) -> list[Intake]:
        return files_of(self.study.pk, self.kwargs["batch"])

    @property
    def is_reading(self) -> bool:
        return any(intake.state == IntakeState.READING for intake in self.files)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.files:
            return redirect("documents", slug=self.study.slug)
        if self._by_script and request.GET.get("polls"):
            return self._told_progress()
        if self._by_script and self.is_reading:
            # The progress stands on a page without the form that the script would put it in.
            return HttpResponseClientRedirect(self.here())
        return super().get(request, *args, **kwargs)

    @property
    def _by_script(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"

    def _told_progress(self) -> HttpResponse:
        if self.is_reading:
            self.template_name = "interviews/intake_progress.html"
            return self.render_to_response(self.get_context_data())
        return HttpResponseClientRedirect(self.here())

    def here(self, fragment: str = "", **query: str) -> str:
        keys = {"slug": self.study.slug, "batch": self.kwargs["batch"]}
        return reverse("intake", kwargs=keys, query=query or None, fragment=fragment or None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._keep_said()
        act, _colon, rest = request.POST.get("act", "save").partition(":")
        doing = self._acts.get(act)
        if doing is None:
            raise Invalid
        try:
            return doing(*rest.split(":")) if rest else doing()
        except (Invalid, Conflict) as error:
            return self._refused(str(error.message), error.status)
        except (TypeError, ValueError):
            # An act with parts that no button of the page has.
            raise Invalid from None

    @property
    def _acts(self) -> Mapping[str, Callable[..., HttpResponse]]:
        return {
            "save": self._stay,
            "same": self._same,
            "attach": self._attach,
            "discard": self._discard,
            "again": self._again,
            "encode": self._encode,
            "open": self._open,
            "all": self._open_all,
            "turn": self._turn,
            "rename": self._rename,
            "words": self._words,
            "join": self._join,
            "split": self._split,
            "said": self._said,
            "manner": self._manner,
            "answer": self._answer,
            "unanswer": self._unanswer,
        }

    # Keeping what was said

    def _keep_said(self) -> None:
        data = self.request.POST
        for intake in self.files:
            said = said_of_row(data, intake.pk)
            if not said:
                continue
            mapping: dict[str, Any] = dict(said)
            mapping["speakers"] = self._speakers_said(intake, said.get("case", ""))
            intakes.save_mapping(member=self.member, intake_id=intake.pk, mapping=mapping)
            intake.mapping = intake.mapping | mapping

    def _speakers_said(self, intake: Intake, case: str) -> dict[str, Any]:
        """“Unknown” counts as said only where the people of the case were there to choose."""
        known = dict(intake.mapping.get("speakers", {}))
        offered = bool(case) and case == intake.mapping.get("case")
        for label, said in said_of_speakers(self.request.POST, intake.pk).items():
            if said["who"] or offered:
                known[label] = said
            else:
                known.pop(label, None)
        return known

    # Acts on the whole batch

    def _stay(self, fragment: str = "") -> HttpResponse:
        query = {key: self.request.GET[key] for key in ("open", "all") if key in self.request.GET}
        return redirect(self.here(fragment, **query))

    def _same(self) -> HttpResponse:
        said = said_of_shared(self.request.POST)
        for intake in self.files:
            intakes.save_mapping(member=self.member, intake_id=intake.pk, mapping=said)
        return self._stay()

    def _attach(self) -> HttpResponse:
        ready = [intake for intake in self.files if intake.state == IntakeState.READY]
        rows = [self._row(intake, bound=True) for intake in ready]
        wrong = [form for row in rows for form in row["forms"] if not form.is_valid()]
        if wrong:
            return self._refused(_("Nothing was attached yet. Look at the fields marked below."))
        refused = [message for intake in ready if (message := self._attach_one(intake))]
        attached = len(ready) - len(refused)
        if attached:
            said = ngettext(
                "%(count)s file is attached.", "%(count)s files are attached.", attached
            )
            messages.success(self.request, said % {"count": attached})
        for message in refused:
            messages.error(self.request, message)
        left = files_of(self.study.pk, self.kwargs["batch"])
        return self._go(self.here() if left else self._list())

    def _attach_one(self, intake: Intake) -> str:
        """Why the file could not be attached; "" when it was. The others go on."""
        try:
            intakes.attach_intake(member=self.member, intake_id=intake.pk)
        except (Invalid, Conflict) as error:
            return f"{intake.name}: {error.message}"
        return ""

    def _discard(self, file: str = "") -> HttpResponse:
        chosen = [self._file(file)] if file else self.files
        for intake in chosen:
            intakes.discard_intake(member=self.member, intake_id=intake.pk)
        left = len(self.files) - len(chosen)
        if left:
            return self._stay()
        messages.success(self.request, _("Thrown away; nothing of it was kept."))
        return self._go(self._list())

    # Acts on one file

    def _again(self, file: str) -> HttpResponse:
        intakes.read_again(member=self.member, intake_id=self._file(file).pk, then=read_later)
        return self._stay()

    def _encode(self, file: str) -> HttpResponse:
        intake = self._file(file)
        chosen = self.request.POST.get(f"encoding-{intake.pk.hex}", "")
        intakes.choose_encoding(
            member=self.member, intake_id=intake.pk, encoding=chosen, then=read_later
        )
        return self._stay()

    def _open(self, file: str) -> HttpResponse:
        return redirect(self.here(f"file-{self._file(file).pk.hex}", open=file))

    def _open_all(self, file: str) -> HttpResponse:
        return redirect(self.here(f"file-{self._file(file).pk.hex}", open=file, all="1"))

    def _turn(self, file: str, index: str) -> HttpResponse:
        query = {"open": self._file(file).pk.hex, "turn": str(int(index))}
        if "all" in self.request.GET:
            query["all"] = "1"
        return redirect(self.here(f"turn-{int(index)}", **query))

    def _rename(self, file: str, index: str) -> HttpResponse:
        intake = self._file(file)
        prefix = speaker_prefix(intake.pk, int(index))
        intakes.rename_speaker(
            member=self.member,
            intake_id=intake.pk,
            edits=self._edits(intake),
            old=self.request.POST.get(f"{prefix}-label", ""),
            new=self.request.POST.get(f"{prefix}-rename", ""),
        )
        return self._stay(f"file-{intake.pk.hex}")

    def _words(self, file: str, index: str) -> HttpResponse:
        intake = self._file(file)
        label = self.request.POST.get(f"{speaker_prefix(intake.pk, int(index))}-label", "")
        return self._correct(
            file, f"file-{intake.pk.hex}", lambda turns: corrections.join_label_back(turns, label)
        )

    def _join(self, file: str, index: str) -> HttpResponse:
        place = int(index)
        return self._correct_turn(
            file, place - 1, lambda turns: corrections.join_with_previous(turns, place)
        )

    def _split(self, file: str, index: str, at: str) -> HttpResponse:
        place, offset = int(index), int(at)
        return self._correct_turn(
            file, place + 1, lambda turns: corrections.split_turn(turns, place, offset)
        )

    def _said(self, file: str, index: str) -> HttpResponse:
        place = int(index)
        label = corrections.clean_label(
            self.request.POST.get("said-new", "") or self.request.POST.get("said-by", "")
        )
        return self._correct_turn(
            file, place, lambda turns: corrections.say_by(turns, place, label)
        )

    def _manner(self, file: str, index: str, manner: str) -> HttpResponse:
        place, kept = int(index), Manner(manner)
        return self._correct(
            file, f"turn-{place}", lambda turns: corrections.in_manner(turns, place, kept.value)
        )

    def _answer(self, file: str, index: str) -> HttpResponse:
        place = int(index)
        item = self.request.POST.get("answer-item", "")
        if not item:
            raise Invalid(_("Choose the question."))
        asked = str(UUID(item))
        kind = AnswerKind(self.request.POST.get("answer-kind", AnswerKind.ANSWERED)).value
        return self._correct_turn(
            file, place, lambda turns: corrections.answering(turns, place, asked, kind)
        )

    def _unanswer(self, file: str, index: str, item: str) -> HttpResponse:
        place = int(index)
        return self._correct_turn(
            file, place, lambda turns: corrections.answering(turns, place, item, None)
        )

    def _correct(self, file: str, fragment: str, change: Callable[[Turns], Turns]) -> HttpResponse:
        intake = self._file(file)
        intakes.correct(
            member=self.member, intake_id=intake.pk, edits=self._edits(intake), change=change
        )
        return self._stay(fragment)

    def _correct_turn(
        self, file: str, index: int, change: Callable[[Turns], Turns]
    ) -> HttpResponse:
        """Stays at the turn with its tools open, so that one can go on with it."""
        self._correct(file, "", change)
        return self._turn(file, str(index))

    # Small things

    def _file(self, told: str) -> Intake:
        found = next((intake for intake in self.files if intake.pk.hex == told), None)
        if found is None:
            raise Missing
        return found

    def _edits(self, intake: Intake) -> int:
        return int(self.request.POST.get(f"edits-{intake.pk.hex}", ""))

    def _list(self) -> str:
        return reverse("documents", kwargs={"slug": self.study.slug})

    def _go(self, address: str) -> HttpResponse:
        """To another page, which the script must not put inside this one."""
        if self._by_script:
            return HttpResponseClientRedirect(address)
        return redirect(address)

    def _refused(self, message: str, status: int = 422) -> HttpResponse:
        # Read anew: other files of the batch may have changed before this one was refused.
        del self.files
        context = self.get_context_data(refusal=message, bound=True)
        return self.render_to_response(context, status=status)

    # What the page shows

    def get_context_data(self, *, bound: bool = False, **kwargs: Any) -> dict[str, Any]:
        if self.is_reading:
            return super().get_context_data(**self._progress(), **kwargs)
        rows = [self._row(intake, bound=bound) for intake in self.files]
        opened = self._opened()
        return super().get_context_data(
            rows=rows,
            ready=[row for row in rows if row["file"].is_ready],
            opened=opened and self._preview(opened),
            shared=SharedForm(
                self.request.POST if bound else None, prefix="same", offer=self.offer, case=""
            ),
            kinds_with_manner=KINDS_WITH_MANNER,
            **kwargs,
        )

    def _progress(self) -> dict[str, Any]:
        waiting = [intake for intake in self.files if intake.state == IntakeState.READING]
        age = max((timezone.now() - intake.created_at).total_seconds() for intake in waiting)
        return {
            "reading": True,
            "waiting": waiting,
            "done": len(self.files) - len(waiting),
            "total": len(self.files),
            "is_slow": age > SLOW_SECONDS,
        }

    @cached_property
    def offer(self) -> Offer:
        cases = list(live_cases(self.member))
        talks = Interview.objects.filter(study=self.study, removed_at__isnull=True)
        return Offer(
            cases=cases,
            interviews=list(talks.select_related("visit")),
            people=people_of(self.study.pk, [case.pk for case in cases]),
        )

    def _row(self, intake: Intake, *, bound: bool) -> dict[str, Any]:
        """A file with its forms; `bound` checks what was sent."""
        file = file_row(intake)
        if not file.is_ready:
            return {"file": file, "forms": []}
        data = self.request.POST if bound else None
        case = str(file.mapping.get("case", ""))
        form = MappingForm(
            data, prefix=row_prefix(file.id), initial=file.mapping, offer=self.offer, case=case
        )
        speakers = [
            (label, count, self._speaker(file, index, label, case, bound))
            for index, (label, count) in enumerate(file.speakers.items())
        ]
        forms = [form, *(speaker for _label, _count, speaker in speakers)]
        return {"file": file, "form": form, "speakers": speakers, "forms": forms}

    def _speaker(
        self, file: FileRow, index: int, label: str, case: str, bound: bool
    ) -> IntakeSpeakerForm:
        people = self.offer.people_of(case)
        said = file.mapping.get("speakers", {}).get(label)
        if said is None:
            same = [p for p in people if p.pseudonym.casefold() == label.casefold()]
            said = {"who": str(same[0].pk)} if same else {}
        return IntakeSpeakerForm(
            self.request.POST if bound else None,
            prefix=speaker_prefix(file.id, index),
            initial={"role": "employee", **said, "label": label},
            people=people,
        )

    def _opened(self) -> Intake | None:
        """The file whose turns are shown: the one asked for, or the first that was read."""
        ready = [intake for intake in self.files if intake.state == IntakeState.READY]
        wanted = self.request.GET.get("open")
        chosen = [intake for intake in ready if intake.pk.hex == wanted]
        return next(iter(chosen or ready), None)

    def _preview(self, intake: Intake) -> dict[str, Any]:
        language = intake.mapping.get("language") or self.study.language
        whole = "all" in self.request.GET
        told = self.request.GET.get("turn", "")
        turn = int(told) if told.isascii() and told.isdigit() and len(told) < 7 else None
        questions = [row for row in questions_of(self.study.pk) if not row.is_section]
        return {
            "preview": preview_of(intake, language=language, whole=whole),
            "turn": turn,
            "questions": questions,
            "answer_kinds": choices_of(ANSWER_KINDS),
            "manners": choices_of(MANNERS),
            "has_manner": intake.mapping.get("kind") in KINDS_WITH_MANNER,
        }
