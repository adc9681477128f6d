"""Verbs of cross-case cells: write one, cite in it, begin it from the case description."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coding.domain.case_drafts import SECTION_CHARACTERS, clean_text, placement_to_cite
from coding.domain.queries.cross_case import sections_feeding
from coding.formats.citations import cited_numbers, replace_tokens, token
from coding.models import Cell, CellCitation, CellVersion, Citation, Placement, SectionText
from interviews.models import AnalysisQuestion, Case
from workbench.domain.changing import changing
from workbench.errors import Conflict, Invalid, Missing, TooLarge
from workbench.history.actions import Action
from workbench.history.record import record
from workbench.models import Member

NOUN = "cell"


def write_cell(
    *,
    member: Member,
    question: AnalysisQuestion,
    case: Case,
    text: str,
    base_version: int,
    citing: UUID | None = None,
) -> Cell:
    """Saves the cell's text as its next version; the same text again changes nothing.

    `base_version` is the version the person had before them, 0 for an empty cell; `citing`
    names an excerpt whose citation is put at the end. Raises Conflict `version_behind` with
    both texts when someone saved since, TooLarge over 200,000 characters, Invalid
    `unknown_citation` for a `[@n]` that the cell does not have, Missing for a question or case
    that is not the study's, and what `cite_in_cell` raises.
    """
    text = clean_text(text)
    if len(text) > SECTION_CHARACTERS:
        raise TooLarge(
            _("A cell holds at most %(limit)s characters; this one has %(length)s.")
            % {"limit": f"{SECTION_CHARACTERS:,}", "length": f"{len(text):,}"},
            code="too_long",
        )
    with changing(member):
        cell = _cell_of(member, question, case)
        if citing is not None:
            placement = placement_to_cite(member, cell.case_id, citing)
            number = _number_of(member, cell, placement)
            text = f"{text.rstrip()} {token(number)}".lstrip()
        if text == cell.text:
            return cell
        if cell.version != base_version:
            raise Conflict(
                code="version_behind",
                mine=text,
                theirs=cell.text,
                version=cell.version,
                by=str(cell.updated_by or ""),
                at=cell.updated_at.isoformat(),
            )
        _refuse_unknown_citations(cell, text)
        cell.text = text
        cell.version += 1
        cell.updated_by = member.user
        cell.save()
        CellVersion.objects.create(
            cell=cell, number=cell.version, text=text, written_by=member.user
        )
        _record(member, cell, Action.WRITTEN, {"version": cell.version, "characters": len(text)})
    return cell


def cite_in_cell(
    *, member: Member, question: AnalysisQuestion, case: Case, excerpt_id: UUID
) -> str:
    """The token `[@n]` for an excerpt of the case, to be put into the cell's text.

    Citing the same words again gives the same token. Raises Missing for a foreign excerpt,
    Invalid for one of another case (`other_case`) or without a place in the text (`unplaced`).
    """
    with changing(member):
        cell = _cell_of(member, question, case)
        placement = placement_to_cite(member, cell.case_id, excerpt_id)
        return token(_number_of(member, cell, placement))


def start_from_case_text(*, member: Member, question: AnalysisQuestion, case: Case) -> Cell:
    """Fills an empty cell with the text of the case's sections that feed the question.

    Their citations come along as the cell's own. Raises Conflict `not_empty` when the cell
    has text, Invalid `nothing_written` when the sections have none.
    """
    with changing(member):
        cell = _cell_of(member, question, case)
        if cell.text.strip():
            raise Conflict(_("This cell has text already."), code="not_empty")
        sections = sections_feeding(member, question)
        written = (
            SectionText.objects.filter(draft__case=case, section__in=sections)
            .exclude(text="")
            .order_by("section__order")
        )
        text = "\n\n".join(_taken_over(member, cell, each) for each in written)
        if not text.strip():
            raise Invalid(
                _("The sections that feed this question are not written yet."),
                code="nothing_written",
            )
        return write_cell(
            member=member, question=question, case=case, text=text, base_version=cell.version
        )


def _taken_over(member: Member, cell: Cell, written: SectionText) -> str:
    """The section's text with its tokens renumbered to the cell's; figures come as printed."""
    citations = {
        citation.number: citation
        for citation in Citation.objects.select_related("placement").filter(
            draft=written.draft_id, number__in=cited_numbers(written.text)
        )
    }

    def taken(number: int) -> str:
        citation = citations.get(number)
        if citation is None:
            return ""
        if citation.placement is None:
            return citation.printed
        return token(_number_of(member, cell, citation.placement))

    return replace_tokens(written.text, taken)


def _number_of(member: Member, cell: Cell, placement: Placement) -> int:
    """The cell's number for the words of the placement; a new one the first time."""
    known = CellCitation.objects.filter(cell=cell, placement=placement).first()
    if known is not None:
        return known.number
    number = cell.next_citation
    CellCitation.objects.create(
        cell=cell, number=number, excerpt_id=placement.excerpt_id, placement=placement
    )
    cell.next_citation = number + 1
    cell.save(update_fields=["next_citation"])
    _record(
        member, cell, Action.CHANGED, {"citation": number, "excerpt": str(placement.excerpt_id)}
    )
    return number


def _cell_of(member: Member, question: AnalysisQuestion, case: Case) -> Cell:
    """The cell, inside `changing`; made when it is not there yet."""
    own = question.study_id == case.study_id == member.study_id
    if not own or question.removed_at is not None or case.removed_at is not None:
        raise Missing
    cell, _created = Cell.objects.get_or_create(
        question=question, case=case, defaults={"study_id": member.study_id}
    )
    return Cell.objects.select_related("updated_by", "question", "case").get(pk=cell.pk)


def _refuse_unknown_citations(cell: Cell, text: str) -> None:
    numbers = cited_numbers(text)
    known = set(
        CellCitation.objects.filter(cell=cell, number__in=numbers).values_list("number", flat=True)
    )
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise Invalid(
            _("There is no citation %(tokens)s in this cell.")
            % {"tokens": ", ".join(token(number) for number in unknown)},
            code="unknown_citation",
            numbers=unknown,
        )


def _record(member: Member, cell: Cell, action: Action, after: dict[str, Any]) -> None:
    record(
        study=member.study,
        actor=member.user,
        action=action,
        noun=NOUN,
        subject=cell.pk,
        label=f"{cell.question.title} · {cell.case.name}",
        after=after,
    )
