"""One object of every kind that an address names, and one body for every writing operation.

The access matrix fills every route of the site from here: who adds a route with a new word in
its address, or an operation that takes a body, adds its sample.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.reviews import comment_on
from coding.enums import CitationMode
from coding.models import Coding, Memo
from interviews.domain.kits import publish_kit
from interviews.domain.participants import Person, add_participant
from interviews.domain.registry import ProjectFacts, add_project
from interviews.domain.selection.contacts import ContactFacts, log_contact
from interviews.domain.sources import SourceFacts, add_bias, add_source
from interviews.domain.visits import InterviewFacts, VisitFacts, add_interview, add_visit
from interviews.enums import IntakeState
from interviews.models import Case, Document, Intake
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document
from tests.factories.measurements import make_instrument, make_key_figure, make_measurement
from tests.factories.recordings import make_recording
from tests.factories.selection import make_candidate, make_criterion
from tests.factories.studies import Cast
from tests.factories.templates import make_item, make_point, make_question, make_section
from workbench.domain.invitations import invite
from workbench.domain.jobs import place_for
from workbench.domain.tokens import create_token
from workbench.enums import JobState, Role
from workbench.models import Job, Study, User

WORD = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
QUOTE = "tavlen visket ud"
REMOVED = {
    "kit_item_restore": "item",
    "section_restore": "section",
    "point_restore": "point",
    "question_restore": "question",
}

Value = Any
OfPerson = Callable[[User], Value]


@dataclass(frozen=True)
class Body:
    """What a request carries: JSON, or a form with files."""

    json: Any = None
    form: dict[str, Any] | None = None


class Samples:
    """`values` by the word in the address; `elsewhere` for a route where the word means
    something else; a function gives each person their own object."""

    def __init__(self, cast: Cast) -> None:
        self.study = cast.study
        invitation = invite(actor=cast.lead, email="new@example.org", role=Role.CODER)
        case = make_case(cast.lead)
        document = make_document(cast.coder, case)
        coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
        self.values: dict[str, Value | OfPerson] = {
            "slug": cast.study.slug,
            "member": cast.second_coder.pk,
            "secret": invitation[1],
            "invitation": invitation[0].pk,
            "key": case.key,
            "document": document.pk,
            "coding": coding.pk,
            "excerpt": coding.excerpt_id,
            "code": coding.code_id,
            "job": lambda user: _job(cast.study, user).pk,
            "token": lambda user: create_token(user=user, name="sample")[0].pk,
            "memo": lambda user: _memo(cast.study, user).pk,
            **_arriving(cast, case),
            **self._plan(cast),
            **self._field(cast, case),
            **self._selection(cast),
        }
        self.elsewhere: dict[tuple[str, str], Value] = {}
        self.elsewhere["instrument_remove", "instrument"] = self.unused
        self._writing(cast, case, coding)
        self.bodies = self._bodies(document, coding) | self._forms(coding)
        self.queries = {"get_changes": {"document": document.pk}}

    def _plan(self, cast: Cast) -> dict[str, Value]:
        section = make_section(cast.lead)
        self.section, self.question = section, make_question(cast.lead)
        item = make_item(cast.lead)
        publish_kit(member=cast.lead, reason="Første udgave")
        return {
            "item": item.pk,
            "section": section.pk,
            "point": make_point(section).pk,
            "question": self.question.pk,
        }

    def _field(self, cast: Cast, case: Case) -> dict[str, Value]:
        visit = add_visit(member=cast.coder, case=case, facts=VisitFacts(title="Første besøg"))
        interview = add_interview(member=cast.coder, visit=visit, facts=InterviewFacts("Leder"))
        person = add_participant(
            member=cast.coder, case=case, person=Person("Leder"), real_name="Else Krogh"
        )
        project = add_project(member=cast.coder, facts=ProjectFacts("Hjemmeplejen"), level=3)
        recording = make_recording(cast.coder, interview)
        return {
            "visit": visit.pk,
            "interview": interview.pk,
            "participant": person.pk,
            "project": project.pk,
            "source": add_source(member=cast.coder, facts=SourceFacts("Et netværk")).pk,
            "bias": add_bias(member=cast.coder, text="Kun netværkets egne.").pk,
            "recording": recording.pk,
            **self._measured(cast, case),
        }

    def _measured(self, cast: Cast, case: Case) -> dict[str, Value]:
        instrument = make_instrument(cast.coder)
        # One that nothing was measured with can be removed.
        self.unused = make_instrument(cast.coder, "Sygedage").pk
        return {
            "instrument": instrument.pk,
            "measurement": make_measurement(cast.coder, instrument, case).pk,
            "key_figure": make_key_figure(cast.coder, case).pk,
        }

    def _selection(self, cast: Cast) -> dict[str, Value]:
        criterion = make_criterion(cast.lead)
        candidate = make_candidate(cast.coder)
        contact = log_contact(
            member=cast.coder,
            candidate=candidate,
            facts=ContactFacts(date_text="i foråret", agreed="Ringer igen."),
        )
        return {
            "criterion": criterion.pk,
            "candidate": candidate.pk,
            "mark": criterion.key,
            "contact": contact.pk,
        }

    def _writing(self, cast: Cast, case: Case, coding: Coding) -> None:
        draft = open_draft(member=cast.coder, case=case)
        token = cite(
            member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE
        )
        write_section(
            member=cast.coder,
            draft=draft,
            section=self.section,
            text=f"Tavlen bliver visket ud {token}.",
            base_version=0,
        )
        comment = comment_on(
            member=cast.lead, draft=draft, section=self.section, text="Hvem siger det?"
        )
        self.values |= {"draft": draft.pk, "comment": comment.pk, "number": 1}
        for route in (
            "draft_section",
            "draft_versions",
            "draft_comment",
            "draft_citation",
        ):
            self.elsewhere[route, "section"] = self.section.key
        for route, word in REMOVED.items():
            self.elsewhere[route, word] = self._removed(cast, word)
        for route in ("cell", "get_cell", "put_cell"):
            self.elsewhere[route, "question"] = self.question.key
        self.elsewhere["get_section", "key"] = self.section.key
        self.elsewhere["put_section", "key"] = self.section.key

    def _removed(self, cast: Cast, word: str) -> Value:
        """The same kind of thing, hidden: what its restoring address is for."""
        key = f"hidden-{word}"
        made: Model
        if word == "item":
            made = make_item(cast.lead, key)
        elif word == "section":
            made = make_section(cast.lead, key)
        elif word == "point":
            made = make_point(self.section, key=key)
        else:
            made = make_question(cast.lead, key)
        type(made)._default_manager.filter(pk=made.pk).update(removed_at=timezone.now())
        return made.pk

    def _forms(self, coding: Coding) -> dict[str, Callable[[], Body]]:
        """What pages need to hear before they look for the thing in their address."""
        way = Body(form={"way": "up"})
        routes = (
            "kit_item_move",
            "section_move",
            "point_move",
            "question_move",
            "code_move",
            "criterion_move",
        )
        line = Body(form={"outline": "En linje mere"})
        revision = coding.document.current_revision_id
        mark = {"act": f"pin:{self.values['point']}:{coding.excerpt_id}"}
        return {
            **{route: lambda: way for route in routes},
            **{route: lambda: line for route in ("kit_item_add", "point_add")},
            "draft_evidence": lambda: Body(form=mark),
            "turn_correct": lambda: Body(
                form={"text": "Hvad så?", "base": revision, "id": uuid4()}
            ),
            "quarantine_decide": lambda: Body(form={"decision": "drop"}),
            "draft_submit": lambda: Body(form={"base_version": 1}),
            "evidence_rules": lambda: Body(form={"kind": "code", "source": coding.code_id}),
        }

    def _bodies(self, document: Document, coding: Coding) -> dict[str, Callable[[], Body]]:
        """By the operation's name; made anew for each request, since a file is read once."""
        revision = str(document.current_revision_id)
        span = {"revision": revision, "start": 0, "end": 4, "code": str(coding.code_id)}
        decision = Body({"reason": "Mere om aftenen."})
        edit = {"start": 0, "end": 4, "text": "Hvordan"}
        correction = {"base_revision": revision, "edits": [edit]}
        return {
            "post_document": lambda: Body(
                form={
                    "case": "tofteby",
                    "file": SimpleUploadedFile("note.txt", b"En note om tavlen."),
                }
            ),
            "put_section": lambda: Body({"text": "Tavlen."}),
            "put_cell": lambda: Body({"text": "Tavlen."}),
            "post_citation": lambda: Body({"excerpt": str(coding.excerpt_id), "mode": "quote"}),
            "post_submit": lambda: Body({}),
            "post_return": lambda: decision,
            "post_approve": lambda: decision,
            "post_reopen": lambda: decision,
            "post_code": lambda: Body({"id": str(uuid4()), "name": "Ny kode"}),
            "post_look": lambda: Body(correction),
            "post_revision": lambda: Body({"id": str(uuid4()), **correction}),
            "post_place": lambda: Body({"revision": revision, "start": 0, "end": 4}),
            "post_drop": Body,
            "put_coding": lambda: Body({"document": str(document.pk), **span}),
            "patch_coding": lambda: Body({"direction": "both"}),
            "delete_coding": Body,
            "post_restore": Body,
            "post_codings": lambda: Body({"codings": [{"id": str(uuid4()), **span}]}),
        }

    def query(self, route: str) -> dict[str, Any]:
        """The query string that the route cannot do without."""
        return self.queries.get(route, {})

    def form(self, route: str) -> dict[str, Any] | None:
        """The fields of a page's form, where an empty one says too little."""
        return self.bodies[route]().form if route in self.bodies else None

    def body(self, operation: str) -> Body:
        """Raises LookupError for an operation that has no sample."""
        if operation not in self.bodies:
            raise LookupError(f"no sample body for {operation}")
        return self.bodies[operation]()

    def address(self, path: str, route: str, person: User, study: Study | None = None) -> str:
        """The route's address for that person; under another study's slug when one is given.

        Raises LookupError naming a word that has no sample.
        """

        def filled(word: re.Match[str]) -> str:
            name = word["name"]
            if name == "slug" and study is not None:
                return study.slug
            value = self.elsewhere.get((route, name), self.values.get(name))
            if value is None:
                raise LookupError(f"no sample for <{name}>")
            return str(value(person) if callable(value) else value)

        return "/" + WORD.sub(filled, path)


def _job(study: Study, owner: User) -> Job:
    job = Job.objects.create(
        study=study, owner=owner, kind="sample", state=JobState.DONE, file_name="sample.csv"
    )
    path, job.file = place_for(job, "sample.csv")
    path.write_text("study\r\n")
    job.save()
    return job


def _memo(study: Study, author: User) -> Memo:
    return Memo.objects.create(study=study, author=author, text="Hvem visker tavlen?")


def _arriving(cast: Cast, case: Case) -> dict[str, Value]:
    intake = Intake.objects.create(
        study=cast.study,
        batch=uuid4(),
        owner=cast.coder.user,
        state=IntakeState.FAILED,
        name="note.txt",
        file="intakes/note.txt",
        sha256="0" * 64,
        size=1,
        problem="empty",
        mapping={"case": str(case.pk)},
    )
    return {"batch": intake.batch, "file": intake.pk, "speaker": 0, "turn": 0}
