"""Cases: made, rewritten by two people, hidden and brought back."""

import pytest

from interviews.domain.cases import (
    add_case,
    case_of,
    change_case,
    remove_case,
    restore_case,
    state_of,
)
from interviews.models import Case
from tests.factories.field import make_document
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry


def rename(cast: Cast, case: Case, name: str, seen: str | None = None) -> Case:
    return change_case(
        member=cast.coder,
        case=case,
        name=name,
        key=case.key,
        description=case.description,
        attributes=case.attributes,
        seen=seen,
    )


def test_a_case_gets_its_key_from_its_name(cast: Cast) -> None:
    first = add_case(member=cast.coder, name="  Børnehuset   Ålen ")
    second = add_case(member=cast.coder, name="Børnehuset Ålen")
    assert (first.name, first.key) == ("Børnehuset Ålen", "boernehuset-aalen")
    assert (second.key, second.order) == ("boernehuset-aalen-2", first.order + 1)


@pytest.mark.parametrize("key", ["Stor", "æ", "-a", "a b", "new", "a" * 61])
def test_a_key_that_cannot_stand_in_an_address_is_refused(cast: Cast, key: str) -> None:
    with pytest.raises(Invalid):
        add_case(member=cast.coder, name="Huset", key=key)
    assert not Case.objects.exists()


def test_a_case_named_new_gets_another_key(cast: Cast) -> None:
    assert add_case(member=cast.coder, name="New").key == "new-2"


def test_a_key_stands_once_in_a_study(cast: Cast) -> None:
    add_case(member=cast.coder, name="Huset", key="huset")
    with pytest.raises(Conflict) as refused:
        add_case(member=cast.coder, name="Et andet hus", key="huset")
    assert refused.value.code == "key_taken"
    other = make_cast("other", prefix="other-")
    assert add_case(member=other.lead, name="Huset", key="huset").key == "huset"


def test_the_second_of_two_writers_is_shown_both_versions(cast: Cast, case: Case) -> None:
    seen = seal(state_of(case))
    rename(cast, case, "Tofteby Nord", seen)
    with pytest.raises(Conflict) as refused:
        rename(cast, case, "Tofteby Syd", seen)
    assert refused.value.code == "version_behind"
    assert refused.value.details["theirs"]["name"] == "Tofteby Nord"
    assert rename(cast, case, "Tofteby Syd", refused.value.details["seen"]).name == "Tofteby Syd"


def test_history_tells_short_fields_and_keeps_the_description_out(cast: Cast, case: Case) -> None:
    change_case(
        member=cast.coder,
        case=case,
        name="Tofteby Nord",
        key=case.key,
        description="Et fortroligt sted.",
        attributes={"headcount": 46},
    )
    entry = HistoryEntry.objects.get(noun="case", action="changed")
    assert entry.before == {"name": "Hjemmeplejen Tofteby", "attributes": {}}
    assert entry.after == {
        "name": "Tofteby Nord",
        "attributes": {"headcount": 46},
        "changed": ["description"],
    }


def test_saving_what_stands_there_makes_no_history(cast: Cast, case: Case) -> None:
    rename(cast, case, case.name)
    assert not HistoryEntry.objects.filter(noun="case", action="changed").exists()


def test_a_hidden_case_is_not_found_and_comes_back(cast: Cast, case: Case) -> None:
    remove_case(member=cast.coder, case=case)
    with pytest.raises(Missing):
        case_of(member=cast.coder, key=case.key)
    restore_case(member=cast.coder, case=case)
    assert case_of(member=cast.coder, key=case.key) == case
    told = HistoryEntry.objects.filter(noun="case").order_by("number")
    assert [entry.action for entry in told] == ["removed", "restored"]


def test_a_case_with_material_is_not_hidden(cast: Cast, case: Case) -> None:
    make_document(cast.coder, case)
    with pytest.raises(Conflict) as refused:
        remove_case(member=cast.coder, case=case)
    assert refused.value.code == "has_material"
    assert case_of(member=cast.coder, key=case.key) == case


def test_another_studys_case_is_out_of_reach(cast: Cast, case: Case) -> None:
    other = make_cast("other", prefix="other-")
    with pytest.raises(Missing):
        case_of(member=other.lead, key=case.key)
    with pytest.raises(Missing):
        remove_case(member=other.lead, case=case)
    with pytest.raises(Missing):
        change_case(member=other.lead, case=case, name="X", key="x", description="", attributes={})
