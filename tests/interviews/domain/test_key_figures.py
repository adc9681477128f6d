"""Key figures: a number that describes the workplace, with its date and its source."""

from decimal import Decimal

import pytest

from interviews.domain.key_figures import (
    KeyFigureFacts,
    change_key_figure,
    key_figure_of,
    key_figure_state,
    remove_key_figure,
    restore_key_figure,
)
from interviews.models import Case, KeyFigure
from tests.factories.measurements import make_key_figure
from tests.factories.studies import Cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"name": ""}, "name"), ({"source": ""}, "source"), ({"value": None}, "value"),
     ({"date": "i går"}, "date")],
)  # fmt: skip
def test_a_key_figure_says_enough_or_is_refused(
    cast: Cast, case: Case, facts: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        make_key_figure(cast.coder, case, **facts)
    assert refused.value.code == code


def test_two_who_change_it_both_see_both_versions(cast: Cast, case: Case) -> None:
    row = make_key_figure(cast.coder, case)
    seen = seal(key_figure_state(KeyFigure.objects.get()))
    facts = KeyFigureFacts(name="Ansatte", source="opslag", value=Decimal(158))
    change_key_figure(member=cast.lead, key_figure=row, facts=facts, seen=seen)
    with pytest.raises(Conflict) as refused:
        change_key_figure(member=cast.coder, key_figure=row, facts=facts, seen=seen)
    assert refused.value.details["theirs"]["source"] == "opslag"


def test_it_is_removed_and_comes_back(cast: Cast, case: Case) -> None:
    row = make_key_figure(cast.coder, case)
    remove_key_figure(member=cast.coder, key_figure=row)
    with pytest.raises(Missing):
        key_figure_of(member=cast.coder, key_figure_id=row.pk)
    facts = KeyFigureFacts(name="Ansatte", source="opslag", value=Decimal(158))
    with pytest.raises(Missing):
        change_key_figure(member=cast.coder, key_figure=row, facts=facts)
    restore_key_figure(member=cast.coder, key_figure=row)
    assert key_figure_of(member=cast.coder, key_figure_id=row.pk) == row
