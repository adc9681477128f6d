"""The retrieval page: narrowed by its address, readable, and never brought down by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.codings import change_coding, remove_coding
from coding.enums import Direction
from coding.models import Coding
from interviews.domain.documents import SpeakerMapping, SpokenTurn
from interviews.enums import AnswerKind, DocumentKind, ParticipantRole
from interviews.models import AnswerMark, Case, Document, Kit, KitItem
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document, make_participant
from tests.factories.studies import Cast, make_cast
from workbench.models import Member, User

SignIn = Callable[[Any], Client]


def address(slug: str = "study", **query: Any) -> str:
    return reverse("excerpts", kwargs={"slug": slug}, query=query)


def found(client: Client, **query: Any) -> list[str]:
    """The quotes on the page, in order."""
    response = client.get(address(**query))
    assert response.status_code == 200, response.content.decode()
    return [row.record.quote for row in response.context["table"].paginated_rows]


@pytest.fixture
def talk(cast: Cast, case: Case) -> Document:
    """A helper and a leader; the leader's words carry what search engines trip over."""
    helper = make_participant(case, "Hjælper 4")
    leader = make_participant(case, "Leder", role=ParticipantRole.LEADER)
    return make_document(
        cast.coder,
        case,
        turns=(
            SpokenTurn("Hvad så?", "Interviewer", 1000),
            SpokenTurn("Når vi kommer, er tavlen visket ud.", "Hjælper 4", 5000),
            SpokenTurn(r"Ærligt: 100 % af a_b og c\d.", "Leder", 9000),
        ),
        speakers={
            "Interviewer": SpeakerMapping(is_interviewer=True),
            "Hjælper 4": SpeakerMapping(helper),
            "Leder": SpeakerMapping(leader),
        },
    )


@pytest.fixture
def coded(cast: Cast, talk: Document) -> dict[str, Coding]:
    above = make_code(cast.lead, "Hæmmere")
    under = make_code(cast.lead, "Aftenholdet udenfor", above)
    other = make_code(cast.lead, "Måling")
    return {
        "helper": make_coding(cast.coder, talk, "tavlen visket ud", under),
        "leader": make_coding(cast.second_coder, talk, r"100 % af a_b og c\d", other),
        "above": make_coding(cast.coder, talk, "Når vi kommer", above),
    }


def test_rows_follow_the_text_and_say_who_where_and_by_whom(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn
) -> None:
    client = sign_in(cast.reader)
    assert found(client) == ["Når vi kommer", "tavlen visket ud", r"100 % af a_b og c\d"]
    body = client.get(address()).content.decode()
    assert "3 excerpts" in body or "3 uddrag" in body
    for part in ("Leder", "Hjemmeplejen Tofteby", "0:05", "Second Coder"):
        assert part in body
    coding = coded["helper"]
    assert f"/documents/{coding.document_id}/?coding={coding.pk}#turn-2" in body


def test_a_code_stands_for_those_under_it(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    assert found(client, code="haemmere") == ["Når vi kommer", "tavlen visket ud"]
    assert found(client, code="aftenholdet_udenfor") == ["tavlen visket ud"]
    assert len(found(client, code=["maaling", "aftenholdet_udenfor"])) == 2


def test_the_page_says_what_it_shows_in_words(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)
    client.cookies["django_language"] = "en"
    body = client.get(address(code="haemmere", case="tofteby", q="tavlen")).content.decode()
    assert "1 excerpt coded Hæmmere in Hjemmeplejen Tofteby containing “tavlen”" in body


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"role": "leader"}, [r"100 % af a_b og c\d"]),
        ({"role": "hr"}, []),
        ({"kind": "written"}, []),
        ({"form": "focus_group"}, []),
        ({"direction": "hinders"}, ["tavlen visket ud"]),
        ({"question": "tid"}, ["tavlen visket ud", "Når vi kommer"]),
        ({"since": "2024-05-01", "until": "2024-05-31"}, []),
        ({"case": "tofteby", "q": "TAVLEN"}, ["tavlen visket ud"]),
    ],
)
def test_each_filter_narrows(
    cast: Cast,
    coded: dict[str, Coding],
    talk: Document,
    sign_in: SignIn,
    query: dict[str, str],
    expected: list[str],
) -> None:
    make_case(cast.lead, "svalen", "Svalen")
    item = KitItem.objects.create(kit=Kit.objects.create(study=cast.study), key="tid", text="Tid?")
    turn = talk.turns.get(number=2)
    AnswerMark.objects.create(document=talk, turn=turn, item=item, kind=AnswerKind.ANSWERED)
    change_coding(
        member=cast.coder,
        coding_id=coded["helper"].pk,
        version=1,
        direction=Direction.HINDERS,
        fields=frozenset({"direction"}),
    )
    assert sorted(found(sign_in(cast.coder), **query)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "hits"),
    [("%", 1), ("_", 1), ("\\", 1), ("100 %", 1), ("a%b", 0), ("tav_en", 0), ("'; --", 0)],
)
def test_search_takes_every_sign_literally(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn, text: str, hits: int
) -> None:
    assert len(found(sign_in(cast.coder), q=text)) == hits


def test_a_coder_is_chosen_by_id(cast: Cast, coded: dict[str, Coding], sign_in: SignIn) -> None:
    only = found(sign_in(cast.coder), coder=str(cast.second_coder.user_id))
    assert only == [r"100 % af a_b og c\d"]


@pytest.mark.parametrize(
    "query",
    [
        {"code": "no-such-code"},
        {"code": "' OR 1=1 --"},
        {"case": "other"},
        {"role": "boss"},
        {"coder": "not-an-id"},
        {"coder": "00000000-0000-0000-0000-000000000000"},
        {"document": "x"},
        {"since": "yesterday"},
        {"until": "2024-13-45"},
        {"q": "nul\0byte"},
        {"q": "a" * 5000},
    ],
)
def test_what_it_does_not_know_is_told_and_nothing_is_shown(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn, query: dict[str, str]
) -> None:
    response = sign_in(cast.coder).get(address(**query))
    assert response.status_code == 400
    body = response.content.decode()
    assert 'data-tone="bad"' in body or "notice" in body
    assert "tavlen visket ud" not in body


@pytest.mark.parametrize(
    "query",
    [
        {"page": "zz"},
        {"page": "-3"},
        {"page": "9" * 5000},
        {"per_page": "1000000"},
        {"per_page": "0"},
        {"per_page": "x"},
        {"sort": "nothing,-quote"},
        {"sort": "-created"},
        {"sort": "code"},
        {"sort": "-place"},
    ],
)
def test_sizes_pages_and_orders_without_sense_become_the_nearest_that_have(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn, query: dict[str, str]
) -> None:
    assert len(found(sign_in(cast.coder), **query)) == 3


def test_orders(cast: Cast, coded: dict[str, Coding], sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    by_code = ["Når vi kommer", "tavlen visket ud", r"100 % af a_b og c\d"]
    assert found(client, sort="code") == by_code
    assert found(client, sort="-created")[0] == "Når vi kommer"
    assert found(client, sort="created")[0] == "tavlen visket ud"


def test_pages_meet_without_gap_and_without_repeating(
    cast: Cast, talk: Document, sign_in: SignIn
) -> None:
    revision = talk.current_revision
    assert revision is not None
    code = make_code(cast.lead)
    for at in range(0, 60, 2):
        make_coding(cast.coder, talk, revision.text[at : at + 40], code)
    client = sign_in(cast.coder)
    for sort in ("place", "code", "-created"):
        pages = [found(client, sort=sort, per_page="25", page=str(n)) for n in (1, 2)]
        assert [len(page) for page in pages] == [25, 5]
        assert len({quote for page in pages for quote in page}) == 30


def test_what_was_removed_is_not_found(
    cast: Cast, coded: dict[str, Coding], talk: Document, sign_in: SignIn
) -> None:
    remove_coding(member=cast.coder, coding_id=coded["above"].pk)
    assert len(found(sign_in(cast.coder))) == 2
    Document.objects.filter(pk=talk.pk).update(removed_at="2024-06-01T00:00Z")
    assert found(sign_in(cast.coder)) == []


def test_another_study_stays_out_of_sight(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn
) -> None:
    other = make_cast("other", prefix="other-")
    assert sign_in(other.lead).get(address()).status_code == 404
    assert found(sign_in(cast.coder)) != []
    response = sign_in(other.lead).get(address("other"))
    assert len(response.context["table"].data) == 0


@pytest.mark.parametrize("person", ["reader", "coder", "lead"])
def test_every_member_may_look(cast: Cast, sign_in: SignIn, person: str) -> None:
    assert sign_in(getattr(cast, person)).get(address()).status_code == 200


def test_a_name_that_is_markup_stays_text(cast: Cast, talk: Document, sign_in: SignIn) -> None:
    code = make_code(cast.lead, "<script>alert(1)</script>")
    make_coding(cast.coder, talk, "tavlen visket ud", code)
    body = sign_in(cast.coder).get(address(q="<script>alert(2)</script>")).content.decode()
    assert "<script>alert" not in body


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(
    cast: Cast,
    talk: Document,
    sign_in: SignIn,
    rows: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for n, quote in enumerate(("tavlen visket ud", "Når vi", "Ærligt")[:rows]):
        make_coding(cast.coder, talk, quote, make_code(cast.lead, f"Kode {n}"))
    client = sign_in(cast.coder)
    with django_assert_num_queries(13):
        found(client)
    with django_assert_num_queries(14):
        found(client, sort="code")


def test_the_same_words_in_two_codes_are_two_rows(
    cast: Cast, talk: Document, sign_in: SignIn
) -> None:
    for name in ("Hæmmere", "Måling"):
        make_coding(cast.coder, talk, "tavlen visket ud", make_code(cast.lead, name))
    assert found(sign_in(cast.coder)) == ["tavlen visket ud"] * 2


def test_somebody_who_left_the_team_is_still_a_coder(
    cast: Cast, coded: dict[str, Coding], sign_in: SignIn
) -> None:
    left = User.objects.get(pk=cast.second_coder.user_id)
    Member.objects.filter(user=left).delete()
    assert found(sign_in(cast.coder), coder=str(left.pk)) == [r"100 % af a_b og c\d"]


def test_material_is_reached_by_its_link(
    cast: Cast, coded: dict[str, Coding], talk: Document, sign_in: SignIn
) -> None:
    note = make_document(
        cast.coder, talk.case, title="Rundgang", kind=DocumentKind.OBSERVATION,
        turns=(SpokenTurn("Tavlen hænger i gangen."),),
    )  # fmt: skip
    make_coding(cast.coder, note, "Tavlen hænger", coded["above"].code)
    client = sign_in(cast.coder)
    assert found(client, document=str(note.pk)) == ["Tavlen hænger"]
    assert len(found(client, document=[str(note.pk), str(talk.pk)])) == 4


def test_a_code_and_a_case_are_known_by_their_ids_too(
    cast: Cast, case: Case, coded: dict[str, Coding], sign_in: SignIn
) -> None:
    client = sign_in(cast.reader)
    code = coded["leader"].code
    by_id = {"code": str(code.pk), "case": str(case.pk)}
    assert found(client, **by_id) == found(client, code=code.key, case=case.key)
    # A chip takes its filter away, whichever way it was asked for.
    body = client.get(address(**by_id)).content.decode()
    assert f'href="?case={case.key}"' in body
    assert f'href="?code={code.key}"' in body
