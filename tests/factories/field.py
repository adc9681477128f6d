"""Cases and material, made by the real verbs."""

from interviews.domain.documents import NewDocument, SpeakerMapping, SpokenTurn, attach_document
from interviews.enums import DocumentKind
from interviews.models import Case, Document, Participant
from workbench.models import Member

TALK = (
    SpokenTurn("Hvad skete der så, da I fik de ti minutter?", "Interviewer", 760_000),
    SpokenTurn(
        "Altså … i starten syntes vi jo, det var spild. Men nu ved jeg, hvem der har haft en "
        "dårlig nat, inden jeg går ind ad døren.",
        "Hjælper 2",
        767_000,
    ),
    SpokenTurn(
        "Ja, for jer. Når vi kommer om aftenen, er tavlen visket ud 🙂.", "Hjælper 4", 795_000
    ),
)


def make_case(member: Member, key: str = "tofteby", name: str = "Hjemmeplejen Tofteby") -> Case:
    order = Case.objects.filter(study=member.study).count()
    return Case.objects.create(study=member.study, key=key, name=name, order=order)


def make_participant(case: Case, pseudonym: str = "Hjælper 2", **fields: object) -> Participant:
    return Participant.objects.create(study=case.study, case=case, pseudonym=pseudonym, **fields)


def make_document(
    member: Member,
    case: Case,
    *,
    turns: tuple[SpokenTurn, ...] = TALK,
    title: str = "Fokusgruppe, fire hjælpere",
    kind: DocumentKind = DocumentKind.TRANSCRIPT,
    speakers: dict[str, SpeakerMapping] | None = None,
) -> Document:
    return attach_document(
        member=member,
        new=NewDocument(case=case, kind=kind, title=title, language="da", speakers=speakers or {}),
        turns=turns,
        sentences=[],
    )
