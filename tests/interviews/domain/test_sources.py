"""Sources: the chain of who led to whom has a beginning, and names stay out of history."""

import pytest

from interviews.domain.queries.sources import chain
from interviews.domain.registry import ProjectFacts, add_project
from interviews.domain.sources import (
    SourceFacts,
    add_bias,
    add_source,
    change_bias,
    change_source,
    remove_bias,
    remove_source,
    restore_bias,
    restore_source,
    source_of,
    source_state,
)
from interviews.models import BiasStatement, Source
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry


def make_source(cast: Cast, name: str, referred_by: Source | None = None) -> Source:
    return add_source(member=cast.coder, facts=SourceFacts(name, referred_by=referred_by))


def told(cast: Cast) -> list[tuple[str, int, int]]:
    return [(link.source.name, link.depth, link.projects) for link in chain(cast.reader)]


def test_each_source_stands_after_the_one_that_led_to_it(cast: Cast) -> None:
    first = make_source(cast, "Rådet")
    make_source(cast, "Søgning")
    second = make_source(cast, "Konsulenten", first)
    third = make_source(cast, "Skolen", second)
    add_project(member=cast.coder, facts=ProjectFacts("Huset", sources=[third, first]), level=3)
    assert told(cast) == [
        ("Rådet", 0, 1), ("Konsulenten", 1, 0), ("Skolen", 2, 1), ("Søgning", 0, 0),
    ]  # fmt: skip
    remove_source(member=cast.coder, source=second)
    assert told(cast) == [("Rådet", 0, 1), ("Søgning", 0, 0), ("Skolen", 0, 1)]
    restore_source(member=cast.coder, source=second)
    assert told(cast)[1] == ("Konsulenten", 1, 0)


def test_a_chain_of_a_thousand_is_told(cast: Cast) -> None:
    above: Source | None = None
    rows = []
    for number in range(1000):
        above = Source(study=cast.study, name=str(number), order=number, referred_by=above)
        rows.append(above)
    Source.objects.bulk_create(rows)
    assert chain(cast.reader)[-1].depth == 999


def test_nobody_is_led_to_by_those_they_led_to(cast: Cast) -> None:
    first = make_source(cast, "Rådet")
    second = make_source(cast, "Konsulenten", first)
    third = make_source(cast, "Skolen", second)
    for below in (first, second, third):
        with pytest.raises(Invalid) as refused:
            change_source(
                member=cast.coder, source=first, facts=SourceFacts("Rådet", referred_by=below)
            )
        assert refused.value.code == "referred_by"


def test_a_source_of_another_study_or_a_removed_one_leads_to_nobody(cast: Cast) -> None:
    other = make_cast("other", prefix="other-")
    foreign = make_source(other, "Fremmed")
    hidden = make_source(cast, "Skjult")
    remove_source(member=cast.coder, source=hidden)
    for above in (foreign, hidden):
        with pytest.raises(Invalid):
            make_source(cast, "Ny", above)
    with pytest.raises(Missing):
        source_of(member=cast.coder, source_id=foreign.pk)


@pytest.mark.parametrize("name", ["", " ", "a" * 201])
def test_a_source_has_a_name(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        make_source(cast, name)


def test_the_second_of_two_writers_is_shown_both_versions(cast: Cast) -> None:
    source = make_source(cast, "Rådet")
    seen = seal(source_state(source))
    change_source(member=cast.coder, source=source, facts=SourceFacts("Nord"), seen=seen)
    with pytest.raises(Conflict) as refused:
        change_source(member=cast.lead, source=source, facts=SourceFacts("Syd"), seen=seen)
    assert refused.value.code == "version_behind"


def test_history_keeps_no_name_of_a_source(cast: Cast) -> None:
    source = make_source(cast, "Else Krogh")
    change_source(
        member=cast.coder, source=source, facts=SourceFacts("Else K.", answer="Ring til Bo")
    )
    for entry in HistoryEntry.objects.filter(noun="source"):
        told = f"{entry.label} {entry.before} {entry.after}"
        assert "Else" not in told
        assert "Bo" not in told


@pytest.mark.parametrize("text", ["", "  ", "a" * 501])
def test_what_the_search_misses_is_said_in_a_few_words(cast: Cast, text: str) -> None:
    with pytest.raises(Invalid):
        add_bias(member=cast.coder, text=text)
    assert not BiasStatement.objects.exists()


def test_a_caveat_is_rewritten_hidden_and_brought_back(cast: Cast) -> None:
    bias = add_bias(member=cast.coder, text=" Kun  netværk ")
    assert bias.text == "Kun netværk"
    change_bias(member=cast.coder, bias=bias, text="Kun vort netværk")
    remove_bias(member=cast.coder, bias=bias)
    with pytest.raises(Missing):
        change_bias(member=cast.coder, bias=bias, text="Igen")
    restore_bias(member=cast.coder, bias=bias)
    assert BiasStatement.objects.get(removed_at=None).text == "Kun vort netværk"
