"""What a demo case has in writing: its case description with review, and its cells."""

from collections.abc import Mapping
from pathlib import Path

from coding.domain.case_drafts import cite, open_draft, write_section
from coding.domain.codings import remove_coding
from coding.domain.cross_case import cite_in_cell, write_cell
from coding.domain.excerpts import place_excerpt, read_passage
from coding.domain.imports.demo_material import Material, Passage
from coding.domain.imports.fixtures import FixtureProblem, Record, read_json
from coding.domain.reviews import approve_draft, comment_on, return_draft, submit_draft
from coding.enums import CitationMode, DraftState
from coding.formats.citations import cited_numbers, replace_tokens
from coding.models import CaseDraft, Excerpt
from interviews.models import AnalysisQuestion, Case, TemplateSection
from workbench.models import Member


def write_draft(members: Mapping[str, Member], case: Case, material: Material, place: Path) -> None:
    """The case description in the state its fixture names, with its comments."""
    file = place / "draft.json"
    content: Record = read_json(file)
    coder, lead = members["coder"], members["lead"]
    draft = open_draft(member=coder, case=case)
    sections = {
        section.key: section
        for section in TemplateSection.objects.select_related("template").filter(
            template__study_id=case.study_id
        )
    }
    for key, each in content["sections"].items():
        text = _with_citations(coder, draft, material, each, (file, key))
        write_section(member=coder, draft=draft, section=sections[key], text=text, base_version=0)
    _review(coder, lead, draft, content)
    for comment in content["comments"]:
        comment_on(
            member=members[comment["author"]],
            draft=draft,
            section=sections[comment["section"]],
            text=comment["text"],
        )


def _with_citations(
    coder: Member, draft: CaseDraft, material: Material, each: Record, place: tuple[Path, str]
) -> str:
    """The section's text, its `[@n]` replaced by the tokens that citing gave."""
    file, key = place
    text: str = each["text"]
    tokens: dict[int, str] = {}
    for number in cited_numbers(text):
        cited = each["citations"].get(str(number))
        if cited is None:
            raise FixtureProblem(file, key, f"[@{number}] is not among the citations")
        passage = material.find(cited["document"], cited["quote"], file, f"{key} {number}")
        if (passage.document.pk, passage.start, passage.end) not in material.codings:
            raise FixtureProblem(file, f"{key} {number}", "nobody has coded the words it cites")
        tokens[number] = cite(
            member=coder,
            draft=draft,
            excerpt_id=_excerpt(passage, passage.start, passage.end).pk,
            mode=CitationMode(cited["mode"]),
            printed=cited.get("printed", "") if cited["mode"] == CitationMode.QUOTE else "",
        )
    return replace_tokens(text, tokens.__getitem__)


def _excerpt(passage: Passage, start: int, end: int) -> Excerpt:
    revision = passage.document.current_revision_id
    assert revision is not None
    found = read_passage(
        study_id=passage.document.study_id,
        document_id=passage.document.pk,
        revision_id=revision,
        start=start,
        end=end,
    )
    return place_excerpt(found)[0]


def _review(coder: Member, lead: Member, draft: CaseDraft, content: Record) -> None:
    state = DraftState(content["state"])
    if state == DraftState.DRAFT:
        return
    draft.refresh_from_db()
    submit_draft(member=coder, draft=draft, base_version=draft.version)
    draft.refresh_from_db()
    if state == DraftState.RETURNED:
        reason = content["return_reason"]
        return_draft(member=lead, draft=draft, reason=reason, base_version=draft.version)
    elif state == DraftState.APPROVED:
        approve_draft(member=lead, draft=draft, base_version=draft.version)


def write_cells(coder: Member, case: Case, material: Material, place: Path) -> None:
    """The case's cells; each cites the shortest coded passage around the words it names."""
    file = place / "cells.json"
    questions = {each.key: each for each in AnalysisQuestion.objects.filter(study=coder.study)}
    for each in read_json(file):
        question = questions[each["question"]]
        tokens: dict[int, str] = {}
        for number in cited_numbers(each["text"]):
            cited = each["citations"].get(str(number))
            where = f"{question.key} {number}"
            if cited is None:
                raise FixtureProblem(file, where, "is not among the citations")
            passage = material.find(cited["document"], cited["quote"], file, where)
            span = material.coded_around(passage)
            if span is None:
                raise FixtureProblem(file, where, "nobody has coded the words it cites")
            tokens[number] = cite_in_cell(
                member=coder,
                question=question,
                case=case,
                excerpt_id=_excerpt(passage, *span).pk,
            )
        text = replace_tokens(each["text"], tokens.__getitem__)
        write_cell(member=coder, question=question, case=case, text=text, base_version=0)


def take_codings_away(members: Mapping[str, Member], material: Material, place: Path) -> None:
    """Un-codes the passage that the fixture names, so that what cites it needs checking."""
    file = place / "draft.json"
    lost = read_json(file).get("unsupported_after")
    if not lost:
        return
    passage = material.find(lost["document"], lost["quote"], file, "unsupported_after")
    by_user = {member.user_id: member for member in members.values()}
    for coding in material.codings.pop((passage.document.pk, passage.start, passage.end), []):
        remove_coding(member=by_user[coding.coder_id], coding_id=coding.pk)
