"""Codings through the API: once, by the version that was seen, and only for the team."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from coding.domain.codings import remove_coding
from coding.models import Code, Coding, Memo, Placement
from interviews.models import Document
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.studies import Cast, make_cast
from workbench.models import HistoryEntry

Ask = Callable[..., HttpResponse]


def body_for(document: Document, quote: str, code: Code, **more: Any) -> dict[str, Any]:
    request = request_for(document, quote, code)
    return {
        "document": str(document.pk),
        "revision": str(request.revision),
        "start": request.start,
        "end": request.end,
        "code": str(code.pk),
        **more,
    }


def said(answer: HttpResponse) -> dict[str, Any]:
    found = json.loads(answer.content)
    assert isinstance(found, dict)
    return found


def test_a_passage_is_coded_once_however_often_it_is_sent(
    cast: Cast, document: Document, ask: Ask
) -> None:
    body = body_for(document, "tavlen visket ud", make_code(cast.lead), direction="hinders")
    path = f"codings/{uuid4()}"
    first = ask(cast.coder, "PUT", path, body)
    again = ask(cast.coder, "PUT", path, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["ETag"] == '"1"'
    assert said(first) == said(again)
    assert said(first)["direction"] == "hinders"
    assert said(first)["stands"] == []
    assert Coding.objects.count() == 1


def test_another_request_under_the_id_is_refused_and_a_removed_one_is_gone(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, "tavlen visket ud", code)
    body = body_for(document, "om aftenen", code)
    answer = ask(cast.coder, "PUT", f"codings/{coding.pk}", body)
    assert (answer.status_code, said(answer)["code"]) == (409, "different_request")
    assert ask(cast.coder, "DELETE", f"codings/{coding.pk}").status_code == 204
    assert ask(cast.coder, "DELETE", f"codings/{coding.pk}").status_code == 204
    assert ask(cast.coder, "PUT", f"codings/{coding.pk}", body).status_code == 410


def test_a_replay_after_removal_is_answered_as_the_first_time(
    cast: Cast, document: Document, ask: Ask
) -> None:
    body = body_for(document, "tavlen visket ud", make_code(cast.lead))
    path = f"codings/{uuid4()}"
    ask(cast.coder, "PUT", path, body)
    ask(cast.coder, "DELETE", path)
    replay = ask(cast.coder, "PUT", path, body)
    assert (replay.status_code, said(replay)["removed"]) == (200, True)
    assert not Coding.objects.visible_to(cast.coder).exists()


def test_the_same_code_on_the_same_words_names_what_is_there(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    there = make_coding(cast.coder, document, "om aftenen", code)
    answer = ask(cast.coder, "PUT", f"codings/{uuid4()}", body_for(document, "om aftenen", code))
    assert answer.status_code == 409
    assert (said(answer)["code"], said(answer)["existing"]) == ("duplicate", str(there.pk))


def test_an_outdated_revision_is_told_the_current_one(
    cast: Cast, document: Document, ask: Ask
) -> None:
    body = body_for(document, "om aftenen", make_code(cast.lead), revision=str(uuid4()))
    answer = ask(cast.coder, "PUT", f"codings/{uuid4()}", body)
    assert (answer.status_code, said(answer)["code"]) == (409, "revision_behind")
    assert said(answer)["revision"] == str(document.current_revision_id)


def test_changing_needs_the_version_that_was_seen(cast: Cast, document: Document, ask: Ask) -> None:
    first, second = make_code(cast.lead), make_code(cast.lead, "Fremmere")
    coding = make_coding(cast.coder, document, "om aftenen", first)
    path, wanted = f"codings/{coding.pk}", {"code": str(second.pk)}
    assert ask(cast.coder, "PATCH", path, wanted).status_code == 428
    assert ask(cast.coder, "PATCH", path, wanted, if_match="latest").status_code == 400
    changed = ask(cast.coder, "PATCH", path, wanted, if_match='"1"')
    assert (changed.status_code, said(changed)["version"]) == (200, 2)
    late = ask(cast.coder, "PATCH", path, {"code": str(first.pk)}, if_match='"1"')
    assert (late.status_code, said(late)["code"]) == (409, "version_behind")
    current, now = said(late)["current"], said(ask(cast.coder, "GET", path))
    assert set(current) == set(now)
    assert (current["code"], current["version"]) == (now["code"], 2) == (str(second.pk), 2)


def test_a_change_of_nothing_changes_nothing(cast: Cast, document: Document, ask: Ask) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    entries = HistoryEntry.objects.count()
    same = ask(cast.coder, "PATCH", f"codings/{coding.pk}", {}, if_match='"1"')
    assert (same.status_code, said(same)["version"]) == (200, 1)
    assert HistoryEntry.objects.count() == entries


def test_a_body_that_is_no_json_is_refused_in_the_persons_words(cast: Cast, ask: Ask) -> None:
    answer = ask(cast.coder, "PUT", f"codings/{uuid4()}", raw=b"{")
    assert (answer.status_code, said(answer)["code"]) == (400, "invalid")
    assert said(answer)["title"] == "Indholdet af forespørgslen kunne ikke læses."


def test_one_end_moves_and_the_other_stays(cast: Cast, document: Document, ask: Ask) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    path = f"codings/{coding.pk}"
    before = said(ask(cast.coder, "GET", path))
    wanted = {"end": before["end"] + 3, "revision": before["revision"]}
    after = said(ask(cast.coder, "PATCH", path, wanted, if_match="1"))
    assert (after["start"], after["end"]) == (before["start"], before["end"] + 3)
    placement = Placement.objects.get(excerpt=after["excerpt"])
    assert placement.quote == placement.revision.text[after["start"] : after["end"]]


def test_direction_weight_and_memo_are_set_and_taken_away(
    cast: Cast, document: Document, ask: Ask
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    path = f"codings/{coding.pk}"
    wanted = {"direction": "both", "weight": 2, "memo": "Se også tavlen."}
    one = said(ask(cast.coder, "PATCH", path, wanted, if_match='"1"'))
    assert (one["direction"], one["weight"], one["memo"]) == ("both", 2, "Se også tavlen.")
    assert one["has_memo"]
    away = {"direction": "none", "weight": None, "memo": ""}
    two = said(ask(cast.coder, "PATCH", path, away, if_match='"2"'))
    assert (two["direction"], two["weight"], two["memo"], two["has_memo"]) == ("none", None, "", 0)


def test_another_persons_private_memo_shows_nowhere(
    cast: Cast, document: Document, ask: Ask
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    Memo.objects.create(
        study=cast.study,
        author=cast.second_coder.user,
        noun="coding",
        subject=coding.pk,
        private=True,
        text="kun min",
    )
    path = f"codings/{coding.pk}"
    assert not said(ask(cast.coder, "GET", path))["has_memo"]
    assert said(ask(cast.second_coder, "GET", path))["memo"] == "kun min"


def test_a_removed_coding_comes_back_unless_it_was_made_again(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, "om aftenen", code)
    remove_coding(member=cast.coder, coding_id=coding.pk)
    path = f"codings/{coding.pk}"
    assert said(ask(cast.coder, "POST", f"{path}/restore"))["removed"] is False
    ask(cast.coder, "DELETE", path)
    again = make_coding(cast.coder, document, "om aftenen", code)
    refused = ask(cast.coder, "POST", f"{path}/restore")
    assert refused.status_code == 409
    assert said(refused)["existing"] == str(again.pk)


def test_a_batch_is_all_or_nothing(cast: Cast, document: Document, ask: Ask) -> None:
    code = make_code(cast.lead)
    one, two = (body_for(document, quote, code) for quote in ("om aftenen", "i starten"))
    for each in (one, two):
        del each["document"]
        each["id"] = str(uuid4())
    path = f"documents/{document.pk}/codings"
    outside = {**two, "end": 10**6}
    assert ask(cast.coder, "POST", path, {"codings": [one, outside]}).status_code == 400
    assert not Coding.objects.exists()
    made = ask(cast.coder, "POST", path, {"codings": [one, two]})
    assert made.status_code == 201
    assert [each["id"] for each in said(made)["codings"]] == [one["id"], two["id"]]
    assert ask(cast.coder, "POST", path, {"codings": [one, two]}).status_code == 200


def test_another_persons_coding_is_left_alone(cast: Cast, document: Document, ask: Ask) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    answer = ask(cast.second_coder, "DELETE", f"codings/{coding.pk}")
    assert (answer.status_code, said(answer)["code"]) == (409, "not_yours")


def test_a_coding_says_where_it_stands_in_the_case_description(
    cast: Cast, document: Document, ask: Ask
) -> None:
    from coding.domain.evidence import set_code_rules  # noqa: PLC0415
    from interviews.models import CaseTemplate, TemplatePoint, TemplateSection  # noqa: PLC0415

    template = CaseTemplate.objects.create(study=cast.study)
    section = TemplateSection.objects.create(template=template, key="s", title="Sådan gør I")
    point = TemplatePoint.objects.create(section=section, key="p", text="Hæmmere")
    code = make_code(cast.lead)
    set_code_rules(member=cast.lead, code=code, points=[point.pk], questions=[])
    answer = ask(cast.coder, "PUT", f"codings/{uuid4()}", body_for(document, "om aftenen", code))
    assert said(answer)["stands"] == [{"section": "Sådan gør I", "point": "Hæmmere"}]


def attempts(document: Document, coding: Coding, code: Code) -> list[tuple[str, str, Any]]:
    batch = {**body_for(document, "i starten", code), "id": str(uuid4())}
    del batch["document"]
    return [
        ("PUT", f"codings/{uuid4()}", body_for(document, "i starten", code)),
        ("PATCH", f"codings/{coding.pk}", {"direction": "both"}),
        ("DELETE", f"codings/{coding.pk}", None),
        ("POST", f"codings/{coding.pk}/restore", None),
        ("POST", f"documents/{document.pk}/codings", {"codings": [batch]}),
    ]


def test_readers_may_not_code_and_nobody_else_learns_that_it_exists(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, "om aftenen", code)
    other = make_cast("other", prefix="other-")
    for method, path, body in attempts(document, coding, code):
        for person, status in (
            (cast.reader, 403),
            (cast.stranger, 404),
            (other.coder, 404),
            (None, 401),
        ):
            answer = ask(person, method, path, body, if_match='"1"')
            assert answer.status_code == status, (method, path, status)
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert Coding.objects.get().version == 1
    assert ask(cast.reader, "GET", f"codings/{coding.pk}").status_code == 200
    assert ask(cast.stranger, "GET", f"codings/{coding.pk}").status_code == 404
    missing = said(ask(cast.coder, "GET", f"codings/{uuid4()}"))
    assert said(ask(other.coder, "GET", f"codings/{coding.pk}")) == missing


def test_a_page_of_one_person_does_nothing_in_the_session_of_another(
    cast: Cast, document: Document, ask: Ask
) -> None:
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, "om aftenen", code)
    paths = attempts(document, coding, code)
    reads = [("GET", f"codings/{coding.pk}", None)]
    for method, path, body in paths + reads:
        answer = ask(cast.lead, method, path, body, if_match='"1"', meant=cast.coder.user)
        assert (answer.status_code, said(answer)["code"]) == (401, "another_person")
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert Coding.objects.get().version == 1

    again = ask(cast.coder, *paths[1], if_match='"1"', meant=cast.coder.user)
    assert again.status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"start": ' + b"9" * 5_000 + b"}",
        b'{"start": NaN, "end": Infinity}',
    ],
)
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_what_is_no_request_is_refused_in_words(
    cast: Cast, document: Document, ask: Ask, raw: bytes, method: str
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    path = f"codings/{coding.pk if method == 'PATCH' else uuid4()}"
    answer = ask(cast.coder, method, path, raw=raw, if_match='"1"')
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": -1},
        {"start": 2.5},
        {"start": "0"},
        {"start": True},
        {"start": 10**30},
        {"end": None},
        {"direction": "sideways"},
        {"memo": "\ud800"},
        {"memo": "a\x00b"},
        {"memo": "x" * 100_001},
        {"code": "nothing"},
        {"weight": 3},
        {"surprise": 1},
    ],
)
def test_a_wrong_field_is_named(
    cast: Cast, document: Document, ask: Ask, wrong: dict[str, Any]
) -> None:
    body = body_for(document, "om aftenen", make_code(cast.lead)) | wrong
    answer = ask(cast.coder, "PUT", f"codings/{uuid4()}", body)
    assert answer.status_code == 400
    assert said(answer)["fields"][0]["field"].endswith(next(iter(wrong)))
    assert not Coding.objects.exists()


def test_memos_keep_every_character_that_can_be_stored(
    cast: Cast, document: Document, ask: Ask
) -> None:
    memo = "Æøå 🙂 \u2028 <script>alert(1)</script> اختبار"
    body = body_for(document, "om aftenen", make_code(cast.lead), memo=memo)
    answer = ask(cast.coder, "PUT", f"codings/{uuid4()}", body)
    assert said(answer)["memo"] == memo


@pytest.mark.parametrize("uuid", ["0" * 32, "not-a-uuid", str(UUID(int=0)).upper() + "x"])
def test_an_address_that_is_none_is_not_there(cast: Cast, ask: Ask, uuid: str) -> None:
    assert ask(cast.coder, "GET", f"codings/{uuid}").status_code == 404
