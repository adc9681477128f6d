"""The case template: sections with budgets and points that come, go and come back whole."""

from decimal import Decimal

import pytest

from interviews.domain.arrangements import Move
from interviews.domain.case_templates import (
    POINTS,
    SECTIONS,
    add_points,
    add_sections,
    change_point,
    change_section,
    describe_template,
    state_of,
    template_state,
)
from interviews.formats.outlines import read_outline
from interviews.formats.page_budgets import read_pages, take_budget
from interviews.models import CaseTemplate, TemplatePoint, TemplateSection
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing

TEMPLATE = "1. Stedet (1 side)\n- folk\n- penge\n2. Opgaven (¼ side)\n- mål\n3. Fremtiden"


@pytest.fixture
def sections(cast: Cast) -> list[TemplateSection]:
    return add_sections(member=cast.lead, lines=read_outline(TEMPLATE))


def titles() -> list[str]:
    return [str(each) for each in TemplateSection.objects.filter(removed_at=None)]


def points(section: TemplateSection) -> list[str]:
    return [str(each) for each in section.points.filter(removed_at=None)]


def test_a_pasted_template_has_sections_budgets_and_points(
    sections: list[TemplateSection],
) -> None:
    assert titles() == ["Stedet", "Opgaven", "Fremtiden"]
    assert [each.page_budget for each in sections] == [Decimal("1.00"), Decimal("0.25"), None]
    assert [points(each) for each in sections] == [["folk", "penge"], ["mål"], []]


def test_sections_and_points_move_within_their_list(
    cast: Cast, sections: list[TemplateSection]
) -> None:
    SECTIONS.move(member=cast.lead, pk=sections[2].pk, way=Move.UP)
    SECTIONS.move(member=cast.lead, pk=sections[0].pk, way=Move.UP)
    second = sections[0].points.get(text="penge")
    POINTS.move(member=cast.lead, pk=second.pk, way=Move.UP)
    POINTS.move(member=cast.lead, pk=second.pk, way=Move.IN)

    assert titles() == ["Stedet", "Fremtiden", "Opgaven"]
    assert points(sections[0]) == ["penge", "folk"]


def test_a_removed_section_comes_back_with_its_points(
    cast: Cast, sections: list[TemplateSection]
) -> None:
    SECTIONS.remove(member=cast.lead, pk=sections[0].pk)
    assert titles() == ["Opgaven", "Fremtiden"]
    assert [each.order for each in TemplateSection.objects.filter(removed_at=None)] == [0, 1]

    SECTIONS.restore(member=cast.lead, pk=sections[0].pk)
    assert titles() == ["Opgaven", "Fremtiden", "Stedet"]
    assert points(sections[0]) == ["folk", "penge"]


def test_points_are_added_changed_removed_and_brought_back(
    cast: Cast, sections: list[TemplateSection]
) -> None:
    (made,) = add_points(member=cast.lead, section_id=sections[0].pk, lines=read_outline("- folk"))
    change_point(member=cast.lead, point_id=made.pk, seen=seal({"text": "folk"}), text="folk nu")
    POINTS.remove(member=cast.lead, pk=sections[0].points.get(text="folk").pk)
    assert points(sections[0]) == ["penge", "folk nu"]

    POINTS.restore(member=cast.lead, pk=TemplatePoint.objects.get(text="folk").pk)
    assert points(sections[0]) == ["penge", "folk nu", "folk"]


def test_a_section_keeps_what_another_wrote_meanwhile(
    cast: Cast, sections: list[TemplateSection]
) -> None:
    seen = seal(state_of(sections[0]))
    change_section(
        member=cast.lead,
        section_id=sections[0].pk,
        seen=seen,
        title="Stedet kort",
        page_budget=Decimal("1.5"),
        required_sources=["written", "interview"],
    )

    with pytest.raises(Conflict) as conflict:
        change_section(member=cast.lead, section_id=sections[0].pk, seen=seen, title="Andet")

    stored = TemplateSection.objects.get(pk=sections[0].pk)
    assert conflict.value.details["theirs"]["page_budget"] == "1.5"
    assert (stored.title, stored.required_sources) == ("Stedet kort", ["interview", "written"])


@pytest.mark.parametrize("budget", [Decimal(0), Decimal(-1), Decimal(1000), Decimal("0.001")])
def test_a_budget_that_is_none_is_refused(
    cast: Cast, sections: list[TemplateSection], budget: Decimal
) -> None:
    with pytest.raises(Invalid):
        change_section(
            member=cast.lead,
            section_id=sections[0].pk,
            seen=None,
            title="Stedet",
            page_budget=budget,
        )


def test_title_and_length_of_the_whole(cast: Cast, sections: list[TemplateSection]) -> None:
    seen = seal(template_state(CaseTemplate.objects.get()))
    describe_template(member=cast.lead, seen=seen, title="Skabelon", total_pages=Decimal(5))

    assert CaseTemplate.objects.get().total_pages == 5
    with pytest.raises(Conflict):
        describe_template(member=cast.lead, seen=seen, title="Anden", total_pages=None)


def test_sections_of_another_study_do_not_exist(
    cast: Cast, sections: list[TemplateSection]
) -> None:
    other = make_cast("other", "other-")

    with pytest.raises(Missing):
        SECTIONS.move(member=other.lead, pk=sections[0].pk, way=Move.DOWN)
    with pytest.raises(Missing):
        POINTS.remove(member=other.lead, pk=sections[0].points.all()[0].pk)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("¼", "0.25"),
        ("1½", "1.5"),
        ("1 ½", "1.5"),
        ("1 1/4", "1.25"),
        ("3/4", "0.75"),
        ("1,5", "1.5"),
        ("2.25", "2.25"),
        ("5", "5"),
    ],
)
def test_budgets_are_read_as_people_write_them(text: str, pages: str) -> None:
    assert read_pages(text) == Decimal(pages)


@pytest.mark.parametrize("text", ["en", "1/0", "-1", "1..5", "½½", "1e3", "٣½x"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_pages(text)


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("Opgaven (¼ side)", ("Opgaven", "0.25")),
        ("The task (ca. 1.5 pages)", ("The task", "1.5")),
        ("Metoder (1 1/2 standardside)", ("Metoder", "1.5")),
        ("Året (2013)", ("Året (2013)", None)),
        ("(1 side)", ("(1 side)", None)),
        ("Fem sider af sagen", ("Fem sider af sagen", None)),
    ],
)
def test_a_budget_is_taken_from_the_end_of_a_title(
    title: str, taken: tuple[str, str | None]
) -> None:
    words, pages = take_budget(title)

    assert (words, None if pages is None else f"{pages.normalize():f}") == taken
