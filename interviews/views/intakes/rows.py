"""The files of a batch with the forms that say what each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import QueryDict

from interviews.domain.queries.cases import live_cases
from interviews.domain.queries.documents import SPEAKERS_SHOWN, interviews_of, people_of
from interviews.domain.queries.intakes import FileRow, file_row
from interviews.enums import INTERVIEWER
from interviews.formats.labels import named_in
from interviews.forms.intakes import (
    IntakeSpeakerForm,
    MappingForm,
    Offer,
    row_prefix,
    speaker_prefix,
)
from interviews.models import Intake
from workbench.models import Member


@dataclass(frozen=True)
class Row:
    """A file; one that was not read has no form."""

    file: FileRow
    form: MappingForm | None = None
    speakers: Sequence[tuple[str, int, IntakeSpeakerForm]] = ()
    names: Sequence[str] = ()
    """Words of the title that are part of a speaker's name."""

    @property
    def unshown(self) -> int:
        """Labels beyond those that a page can ask about; their turns stay with them."""
        return len(self.file.speakers) - len(self.speakers)

    def is_valid(self) -> bool:
        forms = [self.form, *(speaker for _label, _count, speaker in self.speakers)]
        return all(form.is_valid() for form in forms if form is not None)


def offer_for(member: Member) -> Offer:
    cases = list(live_cases(member))
    return Offer(
        cases=cases,
        interviews=interviews_of(member.study_id),
        people=people_of(member.study_id, [case.pk for case in cases]),
    )


def row_of(intake: Intake, offer: Offer, data: QueryDict | None) -> Row:
    """With `data` its forms check what was sent; without, they show what was said so far."""
    file = file_row(intake)
    if not file.is_ready:
        return Row(file)
    case = str(file.mapping.get("case", ""))
    return Row(
        file,
        MappingForm(data, prefix=row_prefix(file.id), initial=file.mapping, offer=offer, case=case),
        [
            (label, count, _speaker(file, index, label, offer, data))
            for index, (label, count) in enumerate(islice(file.speakers.items(), SPEAKERS_SHOWN))
        ],
        named_in(str(file.mapping.get("title", "")), _names(file, offer)),
    )


def _names(file: FileRow, offer: Offer) -> list[str]:
    """Labels that may be real names: neither who asks, nor a pseudonym."""
    people = offer.people_of(str(file.mapping.get("case", "")))
    known = {person.pseudonym.casefold() for person in people}
    said = file.mapping.get("speakers", {})
    return [
        label
        for label in file.speakers
        if label.casefold() not in known
        and said.get(label, {}).get("who") != INTERVIEWER
        and said.get(label, {}).get("pseudonym", "").casefold() != label.casefold()
    ]


def _speaker(
    file: FileRow, index: int, label: str, offer: Offer, data: QueryDict | None
) -> IntakeSpeakerForm:
    people = offer.people_of(str(file.mapping.get("case", "")))
    said = file.mapping.get("speakers", {}).get(label)
    if said is None:
        same = [each for each in people if each.pseudonym.casefold() == label.casefold()]
        said = {"who": str(same[0].pk)} if same else {}
    return IntakeSpeakerForm(
        data,
        prefix=speaker_prefix(file.id, index),
        initial={"role": "employee", **said, "label": label},
        people=people,
    )
