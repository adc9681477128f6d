"""A study that starts from another one: its plan whole, with the rules between its parts."""

import itertools

import pytest

from coding.domain.copies import Part, start_study_like
from coding.domain.imports.plans import load_plan
from coding.models import Code, CodebookVersion, Coding, EvidenceRule, QuestionRule
from interviews.domain.case_templates import SECTIONS
from interviews.domain.kits import ITEMS
from interviews.models import (
    AnalysisFocus,
    AnalysisQuestion,
    Case,
    Document,
    KitItem,
    TemplatePoint,
    TemplateSection,
)
from tests.factories.codings import make_coding
from tests.factories.studies import Cast
from workbench.enums import Language, Role
from workbench.errors import Invalid
from workbench.models import HistoryEntry, Member, Study


@pytest.fixture
def source(cast: Cast) -> Cast:
    load_plan(study=cast.study, actor=cast.lead.user, language=Language.DANISH)
    return cast


def copied(source: Cast, *parts: Part) -> Study:
    return start_study_like(
        owner=source.reader.user,
        title="En ny",
        description="",
        language=Language.DANISH,
        source=source.reader,
        parts=parts,
    )


def rule_names(study: Study) -> set[tuple[str, str]]:
    """(code, item or kind) -> point, by keys."""
    return {
        (
            rule.code.key if rule.code else rule.item.key if rule.item else rule.document_kind,
            rule.point.key,
        )
        for rule in EvidenceRule.objects.select_related("code", "item", "point").filter(study=study)
    }


def test_everything_is_copied_with_its_rules(source: Cast) -> None:
    study = copied(source, *Part)

    for model, path in (
        (KitItem, "kit__study"),
        (TemplateSection, "template__study"),
        (TemplatePoint, "section__template__study"),
        (AnalysisFocus, "study"),
        (AnalysisQuestion, "study"),
        (Code, "study"),
    ):
        rows = model._default_manager
        old = list(rows.filter(**{path: source.study}).values_list("key", "order"))
        assert list(rows.filter(**{path: study}).values_list("key", "order")) == old
        assert old
    assert rule_names(study) == rule_names(source.study)
    assert QuestionRule.objects.filter(study=study).count() == (
        QuestionRule.objects.filter(study=source.study).count()
    )
    assert CodebookVersion.objects.get(study=study).number == 1


def test_trees_and_feeds_hang_together_within_the_new_study(source: Cast) -> None:
    study = copied(source, *Part)

    for code in Code.objects.filter(study=study, parent__isnull=False).select_related("parent"):
        assert code.parent is not None
        assert code.parent.study_id == study.pk
    items = KitItem.objects.filter(kit__study=study).select_related("parent")
    for item in items.prefetch_related("analysis_questions", "template_sections__template"):
        assert item.parent is None or item.parent.kit_id == item.kit_id
        assert all(each.study_id == study.pk for each in item.analysis_questions.all())
        assert all(each.template.study_id == study.pk for each in item.template_sections.all())
    assert items.filter(analysis_questions__isnull=False).distinct().count() == 63


@pytest.mark.parametrize(
    "parts", [set(some) for n in range(5) for some in itertools.combinations(Part, n)]
)
def test_only_rules_between_copied_parts_come_along(source: Cast, parts: set[Part]) -> None:
    study = copied(source, *parts)
    rules = EvidenceRule.objects.filter(study=study)

    assert rules.filter(code__isnull=False).exists() == ({Part.CODEBOOK, Part.TEMPLATE} <= parts)
    assert rules.filter(item__isnull=False).exists() == ({Part.KIT, Part.TEMPLATE} <= parts)
    assert rules.exclude(document_kind="").exists() == (Part.TEMPLATE in parts)
    assert QuestionRule.objects.filter(study=study).exists() == (
        {Part.CODEBOOK, Part.QUESTIONS} <= parts
    )
    feeding = KitItem.objects.filter(kit__study=study)
    assert feeding.filter(template_sections__isnull=False).exists() == (
        {Part.KIT, Part.TEMPLATE} <= parts
    )


def test_what_is_removed_is_not_copied(source: Cast) -> None:
    section = TemplateSection.objects.get(key="t5_maaling")
    SECTIONS.remove(member=source.lead, pk=section.pk)
    ITEMS.remove(member=source.lead, pk=KitItem.objects.get(key="s2_drivkraefter").pk)
    study = copied(source, *Part)

    assert not TemplateSection.objects.filter(template__study=study, key="t5_maaling").exists()
    assert not KitItem.objects.filter(kit__study=study, key__startswith="s2_").exists()
    assert not rule_names(study) & {(key, p) for key, p in rule_names(study) if "t5_" in p}


def test_nothing_that_was_said_comes_along(source: Cast, document: Document) -> None:
    make_coding(source.coder, document, "spild", Code.objects.get(key="haemmere"))
    study = copied(source, *Part)
    member = Member.objects.get(study=study)

    assert not Case.objects.filter(study=study).exists()
    assert not Document.objects.filter(study=study).exists()
    assert not Coding.objects.visible_to(member).exists()
    assert (member.user, member.role) == (source.reader.user, Role.LEAD)
    assert HistoryEntry.objects.get(study=study, action="copied").after["from"] == "A study"


def test_a_study_may_start_blank(cast: Cast) -> None:
    study = start_study_like(
        owner=cast.stranger, title="Tom", description="", language=Language.ENGLISH
    )

    assert study.language == "en"
    assert not HistoryEntry.objects.filter(study=study, action="copied").exists()


def test_without_a_title_nothing_starts(source: Cast) -> None:
    with pytest.raises(Invalid):
        start_study_like(
            owner=source.reader.user,
            title=" ",
            description="",
            language=Language.DANISH,
            source=source.reader,
            parts=list(Part),
        )
    assert Study.objects.count() == 1
