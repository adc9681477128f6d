"""Memos on their page: found by what they are on, changed by their author alone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coding.domain.memos import change_memo, write_memo
from coding.enums import MemoKind
from coding.models import Memo
from interviews.models import Case, Document
from tests.factories.codings import make_code, make_coding
from tests.factories.studies import Cast, make_cast
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]


def at(cast: Cast, name: str = "memos", memo: UUID | None = None, query: str = "") -> str:
    keys: dict[str, Any] = {"slug": cast.study.slug}
    return reverse(name, kwargs=keys | ({"memo": memo} if memo else {})) + query


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def written(cast: Cast, case: Case, document: Document) -> dict[str, Memo]:
    """A memo on each thing a memo can be on."""
    code = make_code(cast.lead)
    coding = make_coding(cast.coder, document, "om aftenen", code)
    subjects: dict[str, UUID | None] = {
        "": None,
        "case": case.pk,
        "document": document.pk,
        "code": code.pk,
        "coding": coding.pk,
    }
    return {
        noun: write_memo(member=cast.coder, noun=noun, subject=subject, text=f"Om {noun or 'alt'}!")
        for noun, subject in subjects.items()
    }


def test_each_memo_leads_to_what_it_is_on(
    cast: Cast, case: Case, document: Document, written: dict[str, Memo], sign_in: SignIn
) -> None:
    page = read(sign_in(cast.reader), at(cast))
    slug = cast.study.slug
    place = reverse("document", kwargs={"slug": slug, "document": document.pk})
    assert f'href="{place}"' in page
    assert f'href="{place}?coding={written["coding"].subject}"' in page
    assert reverse("case", kwargs={"slug": slug, "key": case.key}) in page
    assert reverse("code", kwargs={"slug": slug, "code": written["code"].subject}) in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?noun=code", ["Om code!"]),
        ("?noun=study", ["Om alt!"]),
        ("?kind=method", []),
        ("?words=OM+CO", ["Om code!", "Om coding!"]),
        ("?words=100%25", []),
    ],
)
def test_memos_are_found_by_kind_and_by_what_they_are_on(
    cast: Cast, written: dict[str, Memo], sign_in: SignIn, query: str, expected: list[str]
) -> None:
    page = read(sign_in(cast.reader), at(cast, query=query))
    shown = sorted(memo.text for memo in written.values() if f"<p>{memo.text}</p>" in page)
    assert shown == expected


def test_memos_are_found_by_author(cast: Cast, written: dict[str, Memo], sign_in: SignIn) -> None:
    write_memo(member=cast.lead, text="Lederens egen")
    page = read(sign_in(cast.reader), at(cast, query=f"?author={cast.lead.user_id}"))
    assert "Lederens egen" in page
    assert "Om alt!" not in page


@pytest.mark.parametrize("query", ["?kind=x", "?author=x", "?noun=user", f"?author={UUID(int=7)}"])
def test_a_filter_that_is_none_says_so(cast: Cast, sign_in: SignIn, query: str) -> None:
    assert sign_in(cast.reader).get(at(cast, query=query)).status_code == 400


def test_a_private_memo_is_read_by_its_author_alone(cast: Cast, sign_in: SignIn) -> None:
    memo = write_memo(member=cast.coder, text="Kun for mig", private=True)
    assert "Kun for mig" in read(sign_in(cast.coder), at(cast))
    lead = sign_in(cast.lead)
    page = read(lead, at(cast))
    assert "Kun for mig" not in page
    assert str(cast.coder) not in page
    assert lead.get(at(cast, "memo_edit", memo.pk)).status_code == 404


def test_a_memo_is_written_on_a_code(cast: Cast, sign_in: SignIn) -> None:
    code = make_code(cast.lead)
    client = sign_in(cast.coder)
    address = at(cast, "memo_new", query=f"?on=code:{code.pk}")
    assert "Hæmmere" in read(client, address)
    given = {"title": "Tvivl", "text": "<script>alert(1)</script>", "kind": "theory"}
    assert client.post(address, given).status_code == 302
    memo = Memo.objects.get()
    assert (memo.noun, memo.subject, memo.kind, memo.private) == ("code", code.pk, "theory", False)
    page = read(sign_in(cast.reader), at(cast))
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in page


@pytest.mark.parametrize(
    "on", ["code:x", "code", "user:", f"code:{UUID(int=7)}", "memo:" + "0" * 32]
)
def test_a_memo_on_nothing_known_is_refused(cast: Cast, sign_in: SignIn, on: str) -> None:
    client = sign_in(cast.coder)
    address = at(cast, "memo_new", query=f"?on={on}")
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "x", "kind": "method"}).status_code == 404
    assert not Memo.objects.exists()


def test_a_memo_on_another_studys_case_is_refused(cast: Cast, case: Case, sign_in: SignIn) -> None:
    other = make_cast("other", prefix="other-")
    address = reverse("memo_new", kwargs={"slug": "other"}) + f"?on=case:{case.pk}"
    assert sign_in(other.lead).get(address).status_code == 404


def test_only_the_author_changes_and_removes_a_memo(cast: Cast, sign_in: SignIn) -> None:
    memo = write_memo(member=cast.coder, text="Min tanke")
    lead, coder = sign_in(cast.lead), sign_in(cast.coder)
    changed = {"text": "En bedre tanke", "kind": "method", "private": "on"}
    assert lead.post(at(cast, "memo_edit", memo.pk), changed).status_code == 404
    assert lead.post(at(cast, "memo_remove", memo.pk)).status_code == 404
    assert coder.post(at(cast, "memo_edit", memo.pk), changed).status_code == 302
    memo.refresh_from_db()
    assert (memo.text, memo.kind, memo.private) == ("En bedre tanke", "method", True)
    assert coder.post(at(cast, "memo_remove", memo.pk)).status_code == 302
    assert "En bedre tanke" not in read(coder, at(cast))


def test_the_same_author_in_two_windows_loses_no_text(cast: Cast, sign_in: SignIn) -> None:
    memo = write_memo(member=cast.coder, text="Første")
    client = sign_in(cast.coder)
    mine = client.get(at(cast, "memo_edit", memo.pk)).context["form"].initial
    change_memo(
        member=cast.coder,
        memo_id=memo.pk,
        text="Fra det andet vindue",
        title="",
        kind=MemoKind.METHOD,
        private=False,
    )
    answer = client.post(
        at(cast, "memo_edit", memo.pk),
        {"seen": mine["seen"], "text": "Fra dette vindue", "kind": "method"},
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Fra det andet vindue" in page
    assert "Fra dette vindue" in page
    memo.refresh_from_db()
    assert memo.text == "Fra det andet vindue"


def test_readers_write_no_memos(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.reader)
    assert client.get(at(cast, "memo_new")).status_code == 403
    assert at(cast, "memo_new") not in read(client, at(cast))


def test_the_page_takes_the_same_queries_for_one_and_for_three(
    cast: Cast,
    document: Document,
    sign_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    code, client = make_code(cast.lead), sign_in(cast.reader)
    for number, quote in enumerate(("om aftenen", "i starten", "en dårlig nat")):
        coding = make_coding(cast.coder, document, quote, code)
        write_memo(member=cast.coder, noun="coding", subject=coding.pk, text="x")
        write_memo(member=cast.coder, noun="code", subject=code.pk, text="x")
        if number != 1:
            with django_assert_num_queries(8):
                read(client, at(cast))
