"""The map: projects made, rewritten by two people, moved between levels, and counted."""

import pytest

from coding.domain.imports.reference import load_reference_study
from interviews.domain.queries.registry import (
    CROSS,
    OTHER,
    Tally,
    counted_as,
    share_of,
    tallies,
)
from interviews.domain.registry import (
    ProjectFacts,
    add_project,
    change_level,
    change_project,
    project_of,
    remove_project,
    restore_project,
    state_of,
)
from interviews.domain.sources import SourceFacts, add_source, remove_source
from interviews.enums import ProjectStatus, Sector, TallyAxis
from interviews.models import Case, LevelChange, MappedProject
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.domain.studies import add_member
from workbench.enums import Role
from workbench.errors import Conflict, Invalid, Missing
from workbench.models import HistoryEntry


def make_project(
    cast: Cast, name: str = "Hjemmeplejen", level: int = 3, **facts: object
) -> MappedProject:
    return add_project(
        member=cast.coder,
        facts=ProjectFacts(name=name, **facts),  # type: ignore[arg-type]
        level=level,
    )


def test_a_project_stands_at_the_end_with_a_key_and_its_period_read(cast: Cast) -> None:
    make_project(cast)
    project = make_project(
        cast, "  Børnehuset   Ålen ", 1, period_printed="08-01-2011 – 31-12-2013",
        councils=["SoSu", "FOKA", "SoSu"], sector=Sector.STATE,
    )  # fmt: skip
    found = project_of(member=cast.reader, project_id=project.pk)
    assert (found.name, found.key, found.order) == ("Børnehuset Ålen", "boernehuset-aalen", 1)
    assert (found.councils, found.sector) == (["SoSu", "FOKA"], "state")
    assert str(found.period_start) == "2011-01-08"
    assert found.period_ambiguous


@pytest.mark.parametrize("name", ["", "  ", "a" * 301])
def test_a_project_has_a_name(cast: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        make_project(cast, name)
    assert not MappedProject.objects.exists()


@pytest.mark.parametrize("level", [0, 4, -1])
def test_a_level_is_one_of_three(cast: Cast, level: int) -> None:
    with pytest.raises(Invalid):
        make_project(cast, level=level)
    project = make_project(cast)
    with pytest.raises(Invalid):
        change_level(member=cast.coder, project=project, level=level, reason="Fordi")


def test_the_second_of_two_writers_is_shown_both_versions(cast: Cast) -> None:
    project = make_project(cast)
    seen = seal(state_of(project))
    change_project(member=cast.coder, project=project, facts=ProjectFacts(name="Nord"), seen=seen)
    with pytest.raises(Conflict) as refused:
        change_project(
            member=cast.second_coder, project=project, facts=ProjectFacts(name="Syd"), seen=seen
        )
    assert refused.value.code == "version_behind"
    assert MappedProject.objects.get().name == "Nord"


def test_a_level_change_keeps_its_reason_and_every_text(cast: Cast) -> None:
    project = make_project(cast, level=1, results="Fraværet faldt.", level_doubt="Kun måske")
    change_level(member=cast.coder, project=project, level=3, reason=" Ingen  evaluering ")
    found = MappedProject.objects.get()
    move = LevelChange.objects.get()
    assert (found.level, found.results, found.level_doubt) == (3, "Fraværet faldt.", "")
    assert (move.before, move.after, move.reason) == (1, 3, "Ingen evaluering")
    assert move.by == cast.coder.user
    entry = HistoryEntry.objects.filter(noun="mapped_project").latest("number")
    assert entry.after == {"level": 3, "reason": "Ingen evaluering"}


def test_the_same_level_again_is_nothing_and_a_level_moved_meanwhile_is_told(cast: Cast) -> None:
    project = make_project(cast, level=3)
    change_level(member=cast.coder, project=project, level=2, reason="Formålet er beskrevet")
    change_level(member=cast.coder, project=project, level=2, reason="Igen")
    assert LevelChange.objects.count() == 1
    with pytest.raises(Conflict) as refused:
        change_level(member=cast.coder, project=project, level=1, reason="Også", seen=3)
    assert refused.value.code == "level_moved"
    with pytest.raises(Invalid):
        change_level(member=cast.coder, project=project, level=1, reason="  ")


def test_a_removed_project_leaves_the_counts_and_comes_back(cast: Cast) -> None:
    project = make_project(cast)
    remove_project(member=cast.coder, project=project)
    with pytest.raises(Missing):
        project_of(member=cast.coder, project_id=project.pk)
    assert tallies(cast.reader)[0].total.count == 0
    restore_project(member=cast.coder, project=project)
    assert tallies(cast.reader)[0].total.count == 1


def test_nobody_reaches_another_study(cast: Cast) -> None:
    project = make_project(cast)
    other = make_cast("other", prefix="other-")
    with pytest.raises(Missing):
        project_of(member=other.lead, project_id=project.pk)
    with pytest.raises(Missing):
        change_project(member=other.lead, project=project, facts=ProjectFacts(name="Min"))
    source = add_source(member=other.lead, facts=SourceFacts(name="Et netværk"))
    with pytest.raises(Invalid):
        make_project(cast, sources=[source])


def test_a_removed_source_stays_with_its_projects_when_they_are_rewritten(cast: Cast) -> None:
    source = add_source(member=cast.coder, facts=SourceFacts(name="Et netværk"))
    project = make_project(cast, sources=[source])
    remove_source(member=cast.coder, source=source)
    change_project(member=cast.coder, project=project, facts=ProjectFacts(name="Nyt navn"))
    assert list(project.sources.all()) == [source]


def test_several_councils_are_one_group_and_unnamed_ones_another() -> None:
    named = {"SoSu", "FOKA"}
    assert counted_as(["SoSu"], named) == "SoSu"
    assert counted_as(["SoSu", "Service"], named) == CROSS
    assert counted_as(["Service"], named) == OTHER
    assert counted_as([], named) == ""


@pytest.mark.parametrize(
    ("count", "total", "percent"), [(7, 56, 13), (31, 56, 55), (1, 56, 2), (0, 0, 0), (1, 8, 13)]
)
def test_shares_round_halves_up(count: int, total: int, percent: int) -> None:
    assert share_of(count, total) == percent


def test_without_printed_counts_there_is_nothing_to_differ_from(cast: Cast) -> None:
    make_project(cast, councils=["Et råd"])
    make_project(cast, councils=[])
    whole = tallies(cast.reader)[0]
    assert next((row.label, row.count, row.percent) for row in whole.rows) == ("Et råd", 1, 50)
    assert not whole.is_printed
    assert not whole.differs


@pytest.fixture
def reference(cast: Cast) -> dict[tuple[TallyAxis, int | None], Tally]:
    study = load_reference_study().study
    member = add_member(study=study, actor=None, user=cast.reader.user, role=Role.READER)
    return {(each.axis, each.level): each for each in tallies(member)}


Found = dict[tuple[TallyAxis, int | None], Tally]


def test_the_reference_study_prints_57_and_lists_56(reference: Found) -> None:
    whole = reference[TallyAxis.COUNCIL, None]
    assert [(row.count, row.percent, row.printed, row.printed_percent) for row in whole.rows] == [
        (31, 55, 29, 51), (9, 16, 9, 16), (8, 14, 8, 14), (7, 13, 7, 12), (1, 2, 4, 7),
    ]  # fmt: skip
    assert (whole.total.count, whole.total.printed, whole.total.difference) == (56, 57, -1)
    assert whole.differs


@pytest.mark.parametrize(
    ("axis", "level", "differences"),
    [
        (TallyAxis.COUNCIL, 1, [0, 0, 0, 0, 0]),
        (TallyAxis.COUNCIL, 2, [0, 0, 0, 0]),
        (TallyAxis.COUNCIL, 3, [2, 0, 0, -3]),
        (TallyAxis.SECTOR, 1, [0, 0, 0]),
        (TallyAxis.SECTOR, 2, [0, 0, 0]),
        (TallyAxis.SECTOR, 3, [-1, 0, 0, 0]),
    ],
)
def test_every_difference_is_found_and_no_other(
    reference: Found, axis: TallyAxis, level: int, differences: list[int]
) -> None:
    tally = reference[axis, level]
    assert [row.difference for row in tally.rows] == differences
    assert tally.total.difference == sum(differences)
    assert tally.differs == any(differences)


def test_sectors_over_all_levels_are_counted_though_not_printed(reference: Found) -> None:
    tally = reference[TallyAxis.SECTOR, None]
    assert [row.count for row in tally.rows] == [19, 20, 11, 6]
    assert not tally.is_printed


def test_the_reference_study_tells_what_does_not_meet_its_level(reference: Found) -> None:
    assert reference[TallyAxis.COUNCIL, 1].doubtful == 3
    assert MappedProject.objects.filter(period_ambiguous=True).count() == 4
    assert sum(project.councils_differ for project in MappedProject.objects.all()) == 4
    assert MappedProject.objects.filter(status=ProjectStatus.PLANNED).count() == 1


def test_cases_of_the_reference_study_lead_to_their_projects(reference: Found) -> None:
    linked = Case.objects.exclude(mapped_project=None)
    assert dict(linked.values_list("key", "mapped_project__key")) == {
        "glostrup": "n1-04",
        "viborg_arrest": "n1-12",
        "soedalskolen": "n2-02",
        "hrs": "n2-05",
        "danske_bank": "n3-30",
    }
