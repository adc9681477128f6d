"""Pages of the map."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coding.domain.imports.reference import load_reference_study
from interviews.domain.cases import link_project
from interviews.domain.registry import (
    ProjectFacts,
    add_project,
    change_level,
    remove_project,
    state_of,
)
from interviews.domain.sources import add_bias
from interviews.enums import Sector
from interviews.models import LevelChange, MappedProject
from tests.factories.field import make_case
from tests.factories.studies import Cast
from workbench.domain.rows import seal
from workbench.domain.studies import add_member
from workbench.enums import Role
from workbench.errors import Invalid
from workbench.models import HistoryEntry, Member, User

SignIn = Callable[[User | Member], Client]
MAP = "/studies/study/map/"


def make_project(cast: Cast, name: str, level: int = 3, **facts: object) -> MappedProject:
    return add_project(
        member=cast.coder,
        facts=ProjectFacts(name, **facts),  # type: ignore[arg-type]
        level=level,
    )


def names(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{MAP}{query}")
    assert answer.status_code == 200
    return [row.record.name for row in answer.context["table"].paginated_rows]


@pytest.fixture
def three(cast: Cast) -> None:
    make_project(cast, "Ålborg Øst", 1, councils=["SoSu"], sector=Sector.MUNICIPAL)
    make_project(
        cast, "Banken", 3, councils=["FOKA", "U&F"], sector=Sector.PRIVATE, funding="Fonden",
        period_printed="2009 –",
    )  # fmt: skip
    make_project(
        cast, "Skolen", 2, title="Ærlig snak", councils=["U&F"], councils_described=["FOKA"],
        sector=Sector.MUNICIPAL, period_printed="04-01-2013",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ålborg Øst", "Banken", "Skolen"]),
        ("?q=ØST", ["Ålborg Øst"]),
        ("?q=ærlig", ["Skolen"]),
        ("?level=1", ["Ålborg Øst"]),
        ("?council=U%26F", ["Banken", "Skolen"]),
        ("?sector=municipal&level=2", ["Skolen"]),
        ("?funding=Fonden", ["Banken"]),
        ("?doubt=period", ["Skolen"]),
        ("?doubt=councils", ["Skolen"]),
        ("?doubt=level", []),
        ("?sort=-level", ["Banken", "Skolen", "Ålborg Øst"]),
        ("?sort=level&page=99", ["Ålborg Øst", "Skolen", "Banken"]),
    ],
)
def test_the_table_is_filtered_and_sorted_by_its_address(
    cast: Cast, three: None, sign_in: SignIn, query: str, found: list[str]
) -> None:
    assert names(sign_in(cast.reader), query) == found


@pytest.mark.parametrize("query", ["?level=9", "?council=Findes+ikke", f"?q={'a' * 201}"])
def test_an_address_that_is_not_understood_shows_nothing(
    cast: Cast, three: None, sign_in: SignIn, query: str
) -> None:
    answer = sign_in(cast.reader).get(f"{MAP}{query}")
    assert answer.status_code == 400
    assert not list(answer.context["table"].paginated_rows)


def test_the_table_asks_as_often_for_three_as_for_one(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reader)
    make_project(cast, "Den første")
    names(client)
    counts = []
    for name in ("Den anden", "Den tredje"):
        with CaptureQueriesContext(connection) as asked:
            names(client)
        counts.append(len(asked))
        make_project(cast, name)
    assert counts[0] == counts[1]


def test_every_total_stands_with_what_the_search_misses(
    cast: Cast, three: None, sign_in: SignIn
) -> None:
    add_bias(member=cast.coder, text="Kun netværkets egne projekter er kendt.")
    for page in (MAP, f"{MAP}tallies/"):
        assert "Kun netværkets egne projekter er kendt." in (
            sign_in(cast.reader).get(page).content.decode()
        )


def test_a_project_is_put_on_the_map_and_then_asked_for_its_levels_texts(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    answer = client.post(
        f"{MAP}new/",
        {"name": "Hjemmeplejen", "level": "2", "councils": "SoSu; FOKA; SoSu", "status": "ongoing"},
        follow=True,
    )
    project = MappedProject.objects.get()
    assert (project.level, project.councils, project.status) == (2, ["SoSu", "FOKA"], "ongoing")
    assert set(answer.context["form"].fields) >= {"consultants", "actors", "concepts", "tools"}
    assert "results" not in answer.context["form"].fields


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"level": "4"}, {"level": ""}, {"sector": "maritime"}, {"status": "sleepy"}],
)
def test_what_makes_no_sense_is_told_and_nothing_is_kept(
    cast: Cast, sign_in: SignIn, wrong: dict[str, str]
) -> None:
    good = {"name": "Hjemmeplejen", "level": "2", "status": "ongoing"}
    answer = sign_in(cast.coder).post(f"{MAP}new/", good | wrong)
    assert set(wrong) <= set(answer.context["form"].errors)
    assert not MappedProject.objects.exists()


def test_rewriting_keeps_the_texts_of_a_higher_level(cast: Cast, sign_in: SignIn) -> None:
    project = make_project(cast, "Skolen", 1, results="Fraværet faldt.")
    change_level(member=cast.coder, project=project, level=3, reason="Ingen evaluering")
    address = reverse("project_edit", kwargs={"slug": "study", "project": project.pk})
    seen = seal(state_of(project))
    form = {"name": "Skolen Nord", "status": "unknown", "concepts": "tillid", "seen": seen}
    assert sign_in(cast.coder).post(address, form).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.concepts, project.results) == (
        "Skolen Nord", "tillid", "Fraværet faldt.",
    )  # fmt: skip
    answer = sign_in(cast.second_coder).post(address, {**form, "name": "Skolen Syd"})
    assert answer.status_code == 409
    assert "Skolen Nord" in answer.content.decode()


def test_a_level_moves_with_a_reason_that_the_page_shows(cast: Cast, sign_in: SignIn) -> None:
    project = make_project(cast, "Skolen")
    client = sign_in(cast.coder)
    address = reverse("project_level", kwargs={"slug": "study", "project": project.pk})
    assert client.post(address, {"level": "1", "seen": "3"}).status_code == 200
    assert not LevelChange.objects.exists()
    page = client.post(
        address, {"level": "1", "seen": "3", "reason": "Evalueringen kom"}, follow=True
    )
    assert "Evalueringen kom" in page.content.decode()
    late = client.post(address, {"level": "2", "seen": "3", "reason": "Nej"})
    assert late.status_code == 409
    assert LevelChange.objects.count() == 1


def test_a_project_is_removed_and_brought_back(cast: Cast, sign_in: SignIn) -> None:
    project = make_project(cast, "Skolen")
    client = sign_in(cast.coder)
    keys = {"slug": "study", "project": project.pk}
    client.post(reverse("project_remove", kwargs=keys))
    assert names(client) == []
    assert client.get(reverse("project", kwargs=keys)).status_code == 404
    client.post(reverse("project_restore", kwargs=keys))
    assert names(client) == ["Skolen"]


def test_the_reference_studys_counts_say_that_57_are_printed_and_56_held(
    cast: Cast, sign_in: SignIn
) -> None:
    study = load_reference_study().study
    add_member(study=study, actor=None, user=cast.reader.user, role=Role.READER)
    page = sign_in(cast.reader).get(f"/studies/{study.slug}/map/tallies/").content.decode()
    assert "57" in page
    assert page.count('class="is-different"') == 3 + 3 + 2
    assert page.count("−3") == 2
    answer = sign_in(cast.reader).get(f"/studies/{study.slug}/map/")
    assert len(answer.context["table"].data) == 56


def test_a_case_leads_to_its_project(cast: Cast, sign_in: SignIn) -> None:
    study = load_reference_study().study
    add_member(study=study, actor=None, user=cast.reader.user, role=Role.READER)
    project = MappedProject.objects.get(key="n1-04")
    page = sign_in(cast.reader).get(f"/studies/{study.slug}/cases/glostrup/").content.decode()
    assert reverse("project", kwargs={"slug": study.slug, "project": project.pk}) in page


def test_a_case_is_given_its_project_and_loses_it(cast: Cast, sign_in: SignIn) -> None:
    case = make_case(cast.lead)
    project = make_project(cast, "Skolen")
    hidden = make_project(cast, "Skjult")
    remove_project(member=cast.coder, project=hidden)
    client = sign_in(cast.coder)
    address = reverse("case_project", kwargs={"slug": "study", "key": case.key})
    for pk, linked in ((project.pk, project), (hidden.pk, project), ("", None)):
        client.post(address, {"project": str(pk)})
        case.refresh_from_db()
        assert case.mapped_project == linked
    with pytest.raises(Invalid):
        link_project(member=cast.coder, case=case, project=hidden)
    assert HistoryEntry.objects.filter(noun="case", action="changed").count() == 2


def test_a_removed_projects_case_does_not_lead_to_it(cast: Cast, sign_in: SignIn) -> None:
    case = make_case(cast.lead)
    project = make_project(cast, "Skolen")
    link_project(member=cast.coder, case=case, project=project)
    remove_project(member=cast.coder, project=project)
    page = sign_in(cast.reader).get(f"/studies/study/cases/{case.key}/").content.decode()
    assert "Skolen" not in page
