"""The log of contact with a candidate, before and after it becomes a case."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from interviews.enums import ContactWay
from interviews.models import Candidate, Contact
from workbench.domain.changing import changing
from workbench.domain.rows import (
    hide,
    record_act,
    record_change,
    refuse_outdated,
    show,
    standing,
)
from workbench.errors import Invalid, Missing
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "contact"
# Written freely, and people write names.
QUIET = frozenset({"who", "agreed"})


@dataclass(frozen=True)
class ContactFacts:
    """`who` is a role or a department; `date_text` the date as it is known."""

    date: datetime.date | None = None
    date_text: str = ""
    way: ContactWay = ContactWay.PHONE
    who: str = ""
    agreed: str = ""


def contact_of(
    *, member: Member, candidate: Candidate, contact_id: UUID, hidden: bool = False
) -> Contact:
    """A contact with that candidate; with `hidden` also a removed one. Raises Missing."""
    found = Contact.objects.filter(
        pk=contact_id, candidate=candidate, study_id=member.study_id
    ).first()
    if found is None or (found.removed_at is not None and not hidden):
        raise Missing
    return found


def contact_state(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in ContactFacts.__dataclass_fields__}


def log_contact(*, member: Member, candidate: Candidate, facts: ContactFacts) -> Contact:
    """A new line of the log. Raises Invalid without a date or without words, Missing."""
    facts = _clean(facts)
    with changing(member):
        candidate = standing(member, candidate)
        contact = Contact.objects.create(
            study_id=member.study_id,
            candidate=candidate,
            logged_by=member.user,
            **asdict(facts),
        )
        after = {"subject": candidate.name, "kind": contact.way}
        record_act(member, Action.CREATED, NOUN, contact, after=after)
    return contact


def change_contact(
    *, member: Member, contact: Contact, facts: ContactFacts, seen: str | None = None
) -> Contact:
    """Rewrites a line. Raises Conflict `version_behind`, Invalid, Missing."""
    facts = _clean(facts)
    with changing(member):
        contact = standing(member, contact)
        before = contact_state(contact)
        refuse_outdated(before, seen)
        for name, value in asdict(facts).items():
            setattr(contact, name, value)
        contact.save(update_fields=[*asdict(facts)])
        record_change(
            member=member,
            row=contact,
            noun=NOUN,
            before=before,
            after=contact_state(contact),
            quiet=QUIET,
        )
    return contact


def remove_contact(*, member: Member, contact: Contact) -> None:
    with changing(member):
        hide(member=member, row=_fresh(member, contact), noun=NOUN)


def restore_contact(*, member: Member, contact: Contact) -> None:
    with changing(member):
        show(member=member, row=_fresh(member, contact), noun=NOUN)


def _fresh(member: Member, contact: Contact) -> Contact:
    return contact_of(
        member=member, candidate=contact.candidate, contact_id=contact.pk, hidden=True
    )


def _clean(facts: ContactFacts) -> ContactFacts:
    words = " ".join(facts.date_text.split())
    if facts.date is None and not words:
        raise Invalid(_("Give a date, or say in words when it was."), code="date")
    if not (facts.who.strip() or facts.agreed.strip()):
        raise Invalid(_("Say who you spoke with, or what was agreed."), code="agreed")
    return ContactFacts(
        facts.date, words, ContactWay(facts.way), facts.who.strip(), facts.agreed.strip()
    )
