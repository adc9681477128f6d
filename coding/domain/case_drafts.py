"""Verbs of case descriptions: open, write a section, cite an excerpt.

A citation never changes: a quote that is printed otherwise is another citation, and the
section that has it instead is another version. So an old version says what it always said.
"""

import unicodedata
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coding.domain.queries.figures import Figure, printed_figure
from coding.domain.queries.voices import Turns
from coding.enums import CitationMode, DraftState, PlacementState
from coding.formats.citations import cited_numbers, replace_tokens, token
from coding.formats.quotes import (
    QUOTE_CHARACTERS,
    QuoteChangedError,
    check_printed,
    print_quote,
)
from coding.models import CaseDraft, Citation, Excerpt, Placement, SectionText, SectionVersion
from interviews.domain.key_figures import key_figure_of
from interviews.domain.measurements import measurement_of
from interviews.models import Case, KeyFigure, Measurement, TemplateSection
from workbench.domain.changing import changing
from workbench.domain.rows import record_act
from workbench.errors import Conflict, Gone, Invalid, Missing, TooLarge
from workbench.history.actions import Action
from workbench.models import Member

NOUN = "draft"
SECTION_CHARACTERS = 200_000
_KEPT_CONTROLS = {"\n", "\t"}


def open_draft(*, member: Member, case: Case) -> CaseDraft:
    """The case's description; made when it is opened for the first time."""
    if case.study_id != member.study_id or case.removed_at is not None:
        raise Missing
    with changing(member):
        draft, created = CaseDraft.objects.select_related("case").get_or_create(
            case=case, defaults={"study_id": member.study_id}
        )
        if created:
            record_act(member, Action.CREATED, NOUN, draft)
    return draft


@dataclass(frozen=True, slots=True)
class Cited:
    """The words of a passage, or a figure, and how it is printed: empty for a reference."""

    mode: CitationMode
    printed: str
    placement: Placement | None = None
    figure: Figure | None = None


def write_section(
    *,
    member: Member,
    draft: CaseDraft,
    section: TemplateSection,
    text: str,
    base_version: int,
    citing: tuple[CitationMode, UUID] | None = None,
) -> SectionText:
    """Saves the section's text as its next version; the same text again changes nothing.

    `base_version` is the version the person had before them; `citing` names an excerpt or a
    figure whose citation is put at the end. Raises Conflict `version_behind` with both texts
    when someone saved since, Conflict `approved` for an approved description, TooLarge over
    200,000 characters, Invalid `unknown_citation` for a `[@n]` that the description does not
    have, and what `cite` and `cite_figure` raise.
    """
    text = clean_text(text)
    cited = _cited(member, draft, citing[1], citing[0]) if citing else None
    with changing(member):
        draft = fresh_draft(member, draft.pk)
        refuse_approved(draft)
        if cited is not None:
            joint = "\n\n" if cited.mode == CitationMode.QUOTE else " "
            text = f"{text.rstrip()}{joint}{_token_for(member, draft, cited)}".lstrip()
        return _write(member, draft, section, text, base_version)


def _write(
    member: Member, draft: CaseDraft, section: TemplateSection, text: str, base_version: int
) -> SectionText:
    if section.template.study_id != member.study_id or section.removed_at is not None:
        raise Missing
    if len(text) > SECTION_CHARACTERS:
        raise TooLarge(
            _("A section holds at most %(limit)s characters; this one has %(length)s.")
            % {"limit": f"{SECTION_CHARACTERS:,}", "length": f"{len(text):,}"},
            code="too_long",
        )
    current, _created = SectionText.objects.get_or_create(draft=draft, section=section)
    if text == current.text:
        return current
    if current.version != base_version:
        raise _behind(current, text)
    _refuse_unknown_citations(draft, text)
    current.text = text
    current.version += 1
    current.updated_by = member.user
    current.save()
    SectionVersion.objects.create(
        section_text=current, number=current.version, text=text, written_by=member.user
    )
    draft.version += 1
    draft.save(update_fields=["version", "updated_at"])
    record_act(
        member,
        Action.WRITTEN,
        NOUN,
        draft,
        after={"section": section.title, "version": current.version, "characters": len(text)},
    )
    return current


def clean_text(text: str) -> str:
    """NFC with plain line ends; characters that cannot be seen or stored are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in unicodedata.normalize("NFC", lines)
        if c in _KEPT_CONTROLS or unicodedata.category(c) not in {"Cc", "Cs"}
    )


def cite(
    *, member: Member, draft: CaseDraft, excerpt_id: UUID, mode: CitationMode, printed: str = ""
) -> str:
    """The token `[@n]` for an excerpt, to be put into a section's text.

    The quote is printed as `printed`, else as said but for hesitations. Citing the same
    words in the same way again gives the same token. Raises Missing for an excerpt of
    another study, Invalid for one of another case (`other_case`), without a place in the
    text (`unplaced`), for a quoted paraphrase (`paraphrase`) and for a printed quote that
    says something else (`quote_changed`), TooLarge for a quote over 20,000 characters.
    """
    cited = _cited(member, draft, excerpt_id, mode, printed)
    with changing(member):
        draft = fresh_draft(member, draft.pk)
        refuse_approved(draft)
        return _token_for(member, draft, cited)


def cite_figure(*, member: Member, draft: CaseDraft, mode: CitationMode, figure_id: UUID) -> str:
    """The token `[@n]` for a measurement or a key figure, as `mode` says.

    It is printed with its date and its caveat as they are now. Raises Missing for a figure of
    another study, Invalid `other_case` for one that is not of the case.
    """
    cited = _cited(member, draft, figure_id, mode)
    with changing(member):
        draft = fresh_draft(member, draft.pk)
        refuse_approved(draft)
        return _token_for(member, draft, cited)


def reprint_quote(
    *,
    member: Member,
    draft: CaseDraft,
    section: TemplateSection,
    number: int,
    printed: str,
    base_version: int,
) -> str:
    """Prints a quote of the section in other words of the same passage as it stands now.
    A figure is printed as it is now.

    It becomes another citation, whose token is the answer, in the section's next version.
    Raises what `cite` and `write_section` raise, and Missing for a number that the section
    does not cite; a passage whose words were corrected is quoted anew by this.
    """
    citation = Citation.objects.filter(draft=draft, number=number).first()
    if citation is None:
        raise Missing
    source = citation.excerpt_id or citation.measurement_id or citation.key_figure_id
    assert source is not None
    cited = _cited(member, draft, source, CitationMode(citation.mode), printed)
    with changing(member):
        draft = fresh_draft(member, draft.pk)
        refuse_approved(draft)
        current = SectionText.objects.filter(draft=draft, section=section).first()
        if current is None or number not in cited_numbers(current.text):
            raise Missing
        instead = _token_for(member, draft, cited)
        text = replace_tokens(current.text, lambda each: instead if each == number else token(each))
        _write(member, draft, section, text, base_version)
    return instead


def _cited(
    member: Member, draft: CaseDraft, source_id: UUID, mode: CitationMode, printed: str = ""
) -> Cited:
    """What may be cited, looked through before anything is locked: comparing takes its time."""
    if draft.study_id != member.study_id:
        raise Missing
    if mode in (CitationMode.MEASUREMENT, CitationMode.KEY_FIGURE):
        figure = _figure_to_cite(member, draft.case_id, mode, source_id)
        return Cited(mode, printed_figure(figure, member.study.language), figure=figure)
    placement = placement_to_cite(member, draft.case_id, source_id)
    if mode == CitationMode.REFERENCE:
        return Cited(mode, "", placement)
    refuse_paraphrase(placement)
    printed = clean_text(printed).strip() or print_quote(placement.quote)
    refuse_changed_quote(placement.quote, printed)
    return Cited(mode, printed, placement)


def _figure_to_cite(member: Member, case_id: UUID, mode: CitationMode, figure_id: UUID) -> Figure:
    figure: Figure = (
        measurement_of(member=member, measurement_id=figure_id)
        if mode == CitationMode.MEASUREMENT
        else key_figure_of(member=member, key_figure_id=figure_id)
    )
    if figure.case_id != case_id:
        raise Invalid(_("This figure belongs to another case."), code="other_case")
    return figure


def _token_for(member: Member, draft: CaseDraft, cited: Cited) -> str:
    """The token of the draft for these words printed so; a new one the first time."""
    figure = cited.figure
    excerpt_id = cited.placement and cited.placement.excerpt_id
    wanted: dict[str, Any] = {
        "draft": draft,
        "excerpt_id": excerpt_id,
        "placement": cited.placement,
        "measurement": figure if isinstance(figure, Measurement) else None,
        "key_figure": figure if isinstance(figure, KeyFigure) else None,
        "mode": cited.mode,
        "printed": cited.printed,
    }
    citation = Citation.objects.filter(**wanted).first()
    if citation is None:
        citation = Citation.objects.create(
            number=draft.next_citation, made_by=member.user, **wanted
        )
        draft.next_citation += 1
        draft.save(update_fields=["next_citation"])
        record_act(
            member,
            Action.CHANGED,
            NOUN,
            draft,
            after={
                "citation": citation.number,
                **({"subject": str(figure.pk)} if figure else {"excerpt": str(excerpt_id)}),
                "mode": cited.mode,
            },
        )
    return token(citation.number)


def fresh_draft(member: Member, draft_id: UUID) -> CaseDraft:
    """The description as it stands, inside `changing`."""
    draft = (
        CaseDraft.objects.select_related("case")
        .filter(pk=draft_id, study_id=member.study_id)
        .first()
    )
    if draft is None:
        raise Missing
    return draft


def refuse_approved(draft: CaseDraft) -> None:
    if draft.state == DraftState.APPROVED:
        raise Conflict(
            _("This case description is approved. A project lead can reopen it."), code="approved"
        )


def refuse_paraphrase(placement: Placement) -> None:
    spoken = Turns([placement.revision_id]).over(
        placement.revision_id, placement.start, placement.end
    )
    if spoken.is_paraphrase:
        raise Invalid(
            _("This is a paraphrase, not somebody's own words. Insert it as a reference."),
            code="paraphrase",
        )


def refuse_changed_quote(original: str, printed: str) -> None:
    if max(len(original), len(printed)) > QUOTE_CHARACTERS:
        raise TooLarge(
            _("A quote has at most %(limit)s characters. Insert the passage as a reference.")
            % {"limit": f"{QUOTE_CHARACTERS:,}"},
            code="quote_too_long",
        )
    try:
        check_printed(original, printed)
    except QuoteChangedError as error:
        message = (
            _("The quote says “%(found)s” where “%(expected)s” was said.")
            if error.found and error.expected
            else _("“%(found)s” was not said. Put your own words in [ ].")
            if error.found
            else _("The quote stops before “%(expected)s”. Mark what you leave out with [...].")
        )
        details = {"found": error.found, "expected": error.expected}
        raise Invalid(message % details, code="quote_changed", **details) from error


def placement_to_cite(member: Member, case_id: UUID, excerpt_id: UUID) -> Placement:
    """Where the excerpt stands now. Raises what `cite` raises about an excerpt."""
    excerpt = (
        Excerpt.objects.select_related("document")
        .filter(pk=excerpt_id, study_id=member.study_id)
        .first()
    )
    if excerpt is None:
        raise Missing
    if excerpt.document.case_id != case_id:
        raise Invalid(_("This excerpt belongs to another case."), code="other_case")
    if excerpt.document.removed_at is not None:
        raise Gone(_("This material has been removed."))
    placement = Placement.objects.filter(
        excerpt=excerpt,
        revision=excerpt.document.current_revision_id,
        state=PlacementState.PLACED,
    ).first()
    if placement is None:
        raise Invalid(_("This excerpt has lost its place in the text."), code="unplaced")
    return placement


def _refuse_unknown_citations(draft: CaseDraft, text: str) -> None:
    numbers = cited_numbers(text)
    known = set(
        Citation.objects.filter(draft=draft, number__in=numbers).values_list("number", flat=True)
    )
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise Invalid(
            _("There is no citation %(tokens)s in this case description.")
            % {"tokens": ", ".join(token(number) for number in unknown)},
            code="unknown_citation",
            numbers=unknown,
        )


def _behind(current: SectionText, mine: str) -> Conflict:
    return Conflict(
        code="version_behind",
        mine=mine,
        theirs=current.text,
        version=current.version,
        by=str(current.updated_by or ""),
        at=current.updated_at.isoformat(),
    )
