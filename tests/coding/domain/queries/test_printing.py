"""Pages of a case description: counted in the study's unit, against a budget that is shared."""

from decimal import Decimal

import pytest

from coding.domain.case_drafts import open_draft, write_section
from coding.domain.queries.case_drafts import draft_list, draft_of_case
from coding.domain.queries.printing import share_budget
from coding.models import CaseDraft
from interviews.models import Case
from tests.factories.studies import Cast
from tests.factories.templates import make_section, make_template
from workbench.enums import PageUnit


@pytest.fixture
def draft(cast: Cast, case: Case) -> CaseDraft:
    return open_draft(member=cast.coder, case=case)


def test_every_meter_counts_in_the_studys_unit(cast: Cast, case: Case, draft: CaseDraft) -> None:
    section = make_section(cast.lead)
    text = "\n\n".join(["Et kort afsnit, som ender midt på linjen."] * 24)
    write_section(member=cast.coder, draft=draft, section=section, text=text, base_version=0)

    def counted(unit: PageUnit) -> set[Decimal]:
        cast.study.page_unit = unit
        member = cast.coder
        member.study = cast.study
        view = draft_of_case(member, case)
        return {view.pages, view.sections[0].pages, draft_list(member)[0].pages}

    [standard], [laid_out] = counted(PageUnit.STANDARD), counted(PageUnit.LAID_OUT)
    assert standard == Decimal(24 * 41) / 2_400
    assert Decimal("0.8") < laid_out < Decimal("0.9")  # 24 lines, each a paragraph


def test_sections_without_a_budget_share_what_the_total_leaves(cast: Cast) -> None:
    make_template(cast.lead, "5")
    given = make_section(cast.lead, "a", budget="3")
    first, second = (make_section(cast.lead, key, budget=None) for key in ("b", "c"))
    shares = share_budget([given, first, second], Decimal(5))
    assert shares[given.pk] == (Decimal(3), False)
    assert shares[first.pk] == shares[second.pk] == (Decimal(1), True)
    assert share_budget([given, first], Decimal(3))[first.pk] == (None, False)
    assert share_budget([first], None)[first.pk] == (None, False)


def test_pages_are_keystrokes_of_what_is_printed_and_over_only_warns(
    cast: Cast, case: Case, draft: CaseDraft
) -> None:
    section = make_section(cast.lead, "kort", budget="0.5")
    write_section(
        member=cast.coder, draft=draft, section=section, text="*x*" + "y" * 2399, base_version=0
    )
    [view] = draft_of_case(cast.coder, case).sections
    assert (view.pages, view.budget) == (Decimal(1), Decimal("0.5"))


def test_without_a_total_the_sections_add_up_to_it(cast: Cast, case: Case) -> None:
    make_template(cast.lead, None)
    for key, budget in (("a", "1.5"), ("b", "0.5"), ("c", None)):
        make_section(cast.lead, key, budget=budget)

    view, [row] = draft_of_case(cast.lead, case), draft_list(cast.lead)
    assert view.total_budget == row.total_budget == 2
    assert view.sections[2].budget is None
