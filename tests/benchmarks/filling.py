"""`python -m tests.benchmarks.filling M PASSWORD` fills an empty database with one study;
`crowd 10000` instead of the size adds an interview with so many coded passages to it.

60 codes in three levels, interviews of about 9,000 words, overlapping codings of two coders.
Material comes in through its verb; codings are written in bulk, each with its history entry.
"""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 (models need Django set up)

from coding.domain.codebook import add_code  # noqa: E402
from coding.models import Code, Coding, Excerpt, Placement  # noqa: E402
from interviews.domain.documents import (  # noqa: E402
    NewDocument,
    SpeakerMapping,
    SpokenTurn,
    attach_document,
)
from interviews.enums import DocumentKind  # noqa: E402
from interviews.models import Case, Document, Interview, Participant, Visit  # noqa: E402
from tests.benchmarks.corpus import LEVELS, SIZES, SLUG, spans, talk  # noqa: E402
from workbench.domain.studies import add_member, start_study  # noqa: E402
from workbench.enums import Role  # noqa: E402
from workbench.history.actions import Action  # noqa: E402
from workbench.history.record import next_change_number  # noqa: E402
from workbench.models import HistoryEntry, Member, Study, User  # noqa: E402

CASES = 12
CONTEXT = 32
# A number that no other interview has.
CROWDED = 9_000


def fill(size: str, password: str) -> None:
    interviews, codings = SIZES[size]
    lead, coders = make_team(password)
    codes = make_codes(lead)
    cases = [make_case(lead.study, number) for number in range(CASES)]
    for number in range(interviews):
        document = make_document(lead, cases[number % CASES], number)
        make_codings(document, number, codings, codes, coders)


def make_team(password: str) -> tuple[Member, list[Member]]:
    users = {
        name: User.objects.create_user(username=name, password=password, name=name.title())
        for name in ("lead", "coder", "second-coder")
    }
    study = start_study(owner=users["lead"], title="En stor undersøgelse", slug=SLUG)
    coders = [
        add_member(study=study, actor=users["lead"], user=users[name], role=Role.CODER)
        for name in ("coder", "second-coder")
    ]
    return Member.objects.select_related("study", "user").get(user=users["lead"]), coders


def make_codes(lead: Member) -> list[Code]:
    """Six at the top, three below each, two below each of those."""
    top, middle, low = LEVELS
    codes: list[Code] = []
    for first in top:
        root = add_code(member=lead, name=first)
        codes.append(root)
        for second in middle:
            branch = add_code(member=lead, name=f"{first}: {second}", parent=root)
            codes.append(branch)
            codes += [
                add_code(member=lead, name=f"{second} {third}", parent=branch) for third in low
            ]
    return codes


def make_case(study: Study, number: int) -> Case:
    case = Case.objects.create(
        study=study,
        key=f"case-{number + 1}",
        name=f"Arbejdsplads {number + 1}",
        attributes={"sektor": "offentlig" if number % 3 else "privat", "ansatte": 40 + number},
        order=number,
    )
    for order in range(1, 5):
        Participant.objects.create(
            study=study, case=case, pseudonym=f"Medarbejder {order}", order=order
        )
    return case


def make_document(lead: Member, case: Case, number: int) -> Document:
    visit, _made = Visit.objects.get_or_create(study=lead.study, case=case, title="Besøg")
    people = {each.pseudonym: each for each in case.participants.all()}
    interview = Interview.objects.create(
        study=lead.study, visit=visit, number=number + 1, title=f"Interview {number + 1}"
    )
    interview.participants.set(people.values())
    return attach_document(
        member=lead,
        new=NewDocument(
            case=case,
            kind=DocumentKind.TRANSCRIPT,
            title=f"Interview {number + 1}",
            language="da",
            interview=interview,
            speakers={
                "Interviewer": SpeakerMapping(is_interviewer=True),
                **{name: SpeakerMapping(participant=person) for name, person in people.items()},
            },
        ),
        turns=[SpokenTurn(said.text, said.speaker, said.start_ms) for said in talk(number)],
        sentences=[],
    )


def make_codings(
    document: Document, number: int, many: int, codes: list[Code], coders: list[Member]
) -> None:
    revision = document.current_revision
    assert revision is not None
    excerpts: list[Excerpt] = []
    placements: list[Placement] = []
    codings: list[Coding] = []
    for index, span in enumerate(spans(number, revision.text, many, len(codes))):
        excerpt = Excerpt(study_id=document.study_id, document=document)
        excerpts.append(excerpt)
        placements.append(
            Placement(
                excerpt=excerpt,
                revision=revision,
                start=span.start,
                end=span.end,
                quote=revision.text[span.start : span.end],
                prefix=revision.text[max(0, span.start - CONTEXT) : span.start],
                suffix=revision.text[span.end : span.end + CONTEXT],
            )
        )
        codings += [
            Coding(
                study_id=document.study_id,
                document=document,
                excerpt=excerpt,
                code=codes[code],
                coder_id=coders[index % 2].user_id,
                change_number=0,
            )
            for code in span.codes
        ]
    with transaction.atomic():
        first = next_change_number(document.study_id, len(codings))
        for place, coding in enumerate(codings):
            coding.change_number = first + place
        Excerpt.objects.bulk_create(excerpts, batch_size=500)
        Placement.objects.bulk_create(placements, batch_size=200)
        HistoryEntry.objects.bulk_create(map(entry_of, codings), batch_size=200)
        Coding.objects.bulk_create(codings, batch_size=200)


def entry_of(coding: Coding) -> HistoryEntry:
    return HistoryEntry(
        study_id=coding.study_id,
        number=coding.change_number,
        actor_id=coding.coder_id,
        action=Action.CODED,
        noun="coding",
        subject=coding.pk,
        label=coding.code.name,
        after={"code": str(coding.code_id), "document": str(coding.document_id)},
    )


def crowd(excerpts: int) -> None:
    """One interview more, with so many coded passages; prints its id."""
    study = Study.objects.get(slug=SLUG)
    members = Member.objects.select_related("study", "user").filter(study=study)
    lead = members.get(role=Role.LEAD)
    document = make_document(lead, Case.objects.filter(study=study)[0], CROWDED)
    coders = list(members.filter(role=Role.CODER))
    make_codings(document, CROWDED, excerpts, list(Code.objects.filter(study=study)), coders)
    print(document.pk)


if __name__ == "__main__":
    if sys.argv[1] == "crowd":
        crowd(int(sys.argv[2]))
    else:
        fill(sys.argv[1], sys.argv[2])
