"""What an attacker tries first, and the answer that gets nowhere."""

import importlib
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.test import Client
from django.urls import clear_url_caches, reverse

from coding.models import Coding
from interviews.models import Document
from tests.factories.codings import make_code, make_coding
from tests.factories.field import make_case, make_document
from tests.factories.studies import PASSWORD, Cast, make_cast
from workbench import sign_in_urls, urls
from workbench.domain.tokens import create_token
from workbench.enums import Role
from workbench.models import Member, User

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
SignIn = Callable[[User | Member], Client]
SCRIPT = "<script>alert('x')</script>"
QUOTE = "tavlen visket ud"


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    cache.clear()


def sign_in_by_hand(client: Client, password: str, login: str = "coder", **more: str) -> int:
    answer = client.post("/account/login/", {"login": login, "password": password, **more})
    return int(answer.status_code)


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "https:evil.example", "/\\evil.example",
     "\\\\evil.example", "javascript:alert(1)", "http:///evil.example", " //evil.example"],
)  # fmt: skip
def test_no_door_sends_a_person_to_another_site(cast: Cast, target: str) -> None:
    given = {"login": "coder", "password": PASSWORD, "next": target}
    for path, data in (
        ("/account/login/", given),
        ("/language/", {"language": "da", "next": target}),
    ):
        answer = Client().post(path, data)
        assert answer.status_code == 302
        led_to = urlsplit(answer.headers["Location"])
        assert (led_to.scheme, led_to.netloc) == ("", "")
        assert led_to.path.startswith("/")
        assert not led_to.path.startswith(("//", "/\\"))


def test_guessing_a_password_is_slowed_down_and_no_account_is_locked_for_good(cast: Cast) -> None:
    guesses = [sign_in_by_hand(Client(), "wrong") for _ in range(6)]
    assert guesses[0] == 200
    refused = Client().post("/account/login/", {"login": "coder", "password": PASSWORD})
    assert "sessionid" not in refused.cookies
    # Another person's door stays open, and so does this one a while later.
    assert sign_in_by_hand(Client(), PASSWORD, login="lead") == 302
    cache.clear()
    assert sign_in_by_hand(Client(), PASSWORD) == 302


def test_the_session_gets_a_new_key_at_sign_in(cast: Cast) -> None:
    client = Client()
    client.get("/account/login/")
    planted = client.session
    planted["left"] = "by somebody"
    planted.save()
    client.cookies["sessionid"] = planted.session_key or ""
    sign_in_by_hand(client, PASSWORD)
    assert client.session.session_key != planted.session_key


def test_a_new_password_ends_other_sessions_and_every_token(cast: Cast, sign_in: SignIn) -> None:
    stolen, own = sign_in(cast.coder), sign_in(cast.coder)
    _token, secret = create_token(user=cast.coder.user, name="script")
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client(headers=bearer).get("/api/v1/studies/study/codes").status_code == 200
    new = "a wholly other secret"
    answer = own.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302
    assert own.get("/studies/study/").status_code == 200
    assert stolen.get("/studies/study/").status_code == 302
    assert Client(headers=bearer).get("/api/v1/studies/study/codes").status_code == 401


def test_a_token_in_the_address_opens_nothing(cast: Cast) -> None:
    _token, secret = create_token(user=cast.lead.user, name="script")
    for name in ("token", "access_token", "Authorization"):
        assert Client().get("/api/v1/studies/study/codes", {name: secret}).status_code == 401


def test_a_token_of_a_closed_account_opens_nothing(cast: Cast) -> None:
    _token, secret = create_token(user=cast.lead.user, name="script")
    User.objects.filter(pk=cast.lead.user_id).update(is_active=False)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.get("/api/v1/studies/study/codes").status_code == 401


def test_a_script_reads_on_when_the_use_of_its_token_cannot_be_kept(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    token, secret = create_token(user=cast.lead.user, name="script")

    def execute(go_on: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise OperationalError("database or disk is full")
        return go_on(sql, *rest)

    client = Client(headers={"Authorization": f"Bearer {secret}"})
    with connection.execute_wrapper(execute):
        assert client.get("/api/v1/studies/study/codes").status_code == 200
    assert str(token.pk) in caplog.text
    token.refresh_from_db()
    assert token.last_used_at is None
    assert client.get("/api/v1/studies/study/codes").status_code == 200
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_taking_away_a_role_counts_from_the_next_request(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coder)
    address = reverse("memo_new", kwargs={"slug": "study"})
    assert client.get(address).status_code == 200
    Member.objects.filter(pk=cast.coder.pk).update(role=Role.READER)
    assert client.get(address).status_code == 403
    Member.objects.filter(pk=cast.coder.pk).delete()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("header", "status"), [("Host", 400), ("X-Forwarded-Host", 302)])
def test_a_forged_host_is_never_believed(
    cast: Cast, header: str, status: int, mailoutbox: list[EmailMessage]
) -> None:
    asked = {"email": "coder@example.org"}
    client = Client(headers={header: "evil.example"})
    assert client.post(reverse("account_reset_password"), asked).status_code == status
    assert not any("evil.example" in mail.body for mail in mailoutbox)
    assert bool(mailoutbox) == (status == 302)


def test_asking_for_a_password_tells_nobody_who_has_an_account(cast: Cast) -> None:
    told = []
    for email in ("coder@example.org", "nobody@example.org"):
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        told.append((answer.status_code, answer.redirect_chain))
    assert told[0] == told[1]


SIGN_UP = {
    "username": "x", "email": "lead@uni.example", "password1": PASSWORD, "password2": PASSWORD
}  # fmt: skip


def test_signing_up_is_closed(db: None) -> None:
    assert Client().post("/account/signup/", SIGN_UP).status_code == 404
    assert not User.objects.exists()


@pytest.fixture
def open_sign_up(settings: Any) -> Iterator[None]:
    settings.ACCOUNT_SIGNUP_OPEN = True
    _read_urls_again()
    yield
    settings.ACCOUNT_SIGNUP_OPEN = False
    _read_urls_again()


def _read_urls_again() -> None:
    for module in (sign_in_urls, urls):
        importlib.reload(module)
    clear_url_caches()


def test_where_signing_up_is_open_nobody_claims_an_address(db: None, open_sign_up: None) -> None:
    assert Client().get("/account/signup/").status_code == 200
    claiming = Client().post("/account/signup/", {**SIGN_UP, "username": "lead@uni.example"})
    assert claiming.status_code == 200
    assert not User.objects.exists()
    assert Client().post("/account/signup/", SIGN_UP).status_code == 302
    assert User.objects.get().email == ""


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "password/set/", "login/code/", "reauthenticate/"]
)
def test_nobody_gives_themselves_an_address(cast: Cast, sign_in: SignIn, path: str) -> None:
    client = sign_in(cast.stranger)
    claim = {"email": "prof@uni.example", "action_add": "", "action_primary": ""}
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}", claim).status_code == 404
    assert not User.objects.filter(email="prof@uni.example").exists()


def test_a_coding_joins_no_two_studies(cast: Cast, document: Document, sign_in: SignIn) -> None:
    """Also for somebody who is a member of both."""
    other = make_cast("other", prefix="other-")
    Member.objects.create(study=other.study, user=cast.coder.user, role=Role.CODER)
    foreign_code = make_code(other.lead, "Fremmed")
    body = {
        "document": str(document.pk),
        "revision": str(document.current_revision_id),
        "start": 0,
        "end": 4,
        "code": str(foreign_code.pk),
    }
    answer = sign_in(cast.coder).put(
        f"/api/v1/codings/{uuid4()}", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code in (400, 404)
    assert not Coding.objects.filter(code=foreign_code).exists()


def test_moving_a_coding_to_a_code_of_another_study_is_refused(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    coding = make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    other = make_cast("other", prefix="other-")
    Member.objects.create(study=other.study, user=cast.coder.user, role=Role.CODER)
    answer = sign_in(cast.coder).patch(
        f"/api/v1/codings/{coding.pk}",
        json.dumps({"code": str(make_code(other.lead, "Fremmed").pk)}),
        content_type="application/json",
        headers={"If-Match": "1"},
    )
    assert answer.status_code in (400, 404)
    assert Coding.objects.get(pk=coding.pk).code_id == coding.code_id


def test_a_document_lands_in_no_case_of_another_study(cast: Cast, sign_in: SignIn) -> None:
    other = make_cast("other", prefix="other-")
    foreign = make_case(other.lead, "hemmelig")
    for case in (foreign.key, str(foreign.pk)):
        answer = sign_in(cast.coder).post(
            "/api/v1/studies/study/documents", {"case": case, "kind": "transcript"}
        )
        assert answer.status_code in (400, 404, 422)
    assert not Document.objects.filter(case=foreign).exists()


@pytest.mark.parametrize(
    "query",
    ["?code=1&coder__user__password__startswith=p", "?order_by=coder__user__password",
     "?sort=-coder__user__password", "?_connector=OR", "?page=-1", "?page=99999999999999999999",
     "?per_page=100000000", "?code=%00", "?q=%00"],
)  # fmt: skip
def test_no_filter_reaches_past_its_own_fields(
    cast: Cast, document: Document, sign_in: SignIn, query: str
) -> None:
    make_coding(cast.coder, document, QUOTE, make_code(cast.lead))
    client = sign_in(cast.reader)
    for path in ("/studies/study/excerpts/", "/studies/study/history/", "/studies/study/memos/",
                 "/studies/study/documents/", "/studies/study/jump/",
                 "/api/v1/studies/study/excerpts"):  # fmt: skip
        answer = client.get(path + query)
        assert answer.status_code < 500
        assert b"pbkdf2" not in answer.content
        assert b"md5$" not in answer.content


def test_what_people_write_is_shown_and_never_run(cast: Cast, sign_in: SignIn) -> None:
    """Names of cases, codes, people, material; memos; and what the palette answers with."""
    case = make_case(cast.lead, name=SCRIPT)
    User.objects.filter(pk=cast.coder.user_id).update(name=SCRIPT)
    document = make_document(cast.coder, case, title=SCRIPT)
    make_coding(cast.coder, document, QUOTE, make_code(cast.lead, SCRIPT))
    client = sign_in(cast.lead)
    client.post(reverse("memo_new", kwargs={"slug": "study"}), {"text": SCRIPT})
    pages = ("/", "/studies/study/", "/studies/study/cases/", "/studies/study/cases/tofteby/",
             "/studies/study/documents/", f"/studies/study/documents/{document.pk}/",
             "/studies/study/codebook/", "/studies/study/excerpts/", "/studies/study/memos/",
             "/studies/study/members/", "/studies/study/history/", "/studies/study/across/",
             "/studies/study/drafts/", "/studies/study/cases/tofteby/draft/")  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert SCRIPT.encode() not in answer.content, page
    found = client.get("/studies/study/jump/", {"q": "alert"})
    assert found.headers["Content-Type"] == "application/json"


def test_every_answer_forbids_scripts_and_frames_from_elsewhere(
    cast: Cast, sign_in: SignIn
) -> None:
    for path in ("/", "/account/login/", "/studies/study/", "/no-such-page/", "/api/v1/docs"):
        answer = sign_in(cast.lead).get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_history_goes_into_a_spreadsheet_as_text(cast: Cast, sign_in: SignIn) -> None:
    make_code(cast.lead, '=HYPERLINK("http://evil.example")')
    answer = sign_in(cast.reader).post("/studies/study/history/export/")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "=HYPERLINK" in text
    assert ",=HYPERLINK" not in text
    assert ',"=HYPERLINK' not in text


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b'{"code": NaN}', b'"\\ud800"',
                                  b'{"start": ' + b"9" * 5000 + b"}", b"\xff\xfe"])  # fmt: skip
def test_a_body_that_is_no_json_is_refused_and_nothing_more(
    cast: Cast, document: Document, sign_in: SignIn, body: bytes
) -> None:
    answer = sign_in(cast.coder).put(
        f"/api/v1/codings/{uuid4()}", body, content_type="application/json"
    )
    assert 400 <= answer.status_code < 500
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/admin/", "/admin/workbench/user/", "/admin/workbench/token/"])
def test_the_admin_shows_itself_to_administrators_alone(
    cast: Cast, sign_in: SignIn, path: str
) -> None:
    assert sign_in(cast.lead).get(path, follow=True).status_code == 404
    assert Client().get(path, follow=True).redirect_chain[-1][0] == "/account/login/?next=/admin/"


def test_the_admin_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    root = User.objects.create_superuser("root", "root@example.org", PASSWORD)
    client = sign_in(root)
    target = cast.reader.user
    page = f"/admin/workbench/user/{target.pk}/change/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"username": "taken-over", "is_superuser": "on"}).status_code == 403
    assert client.post("/admin/workbench/user/add/", {"username": "x"}).status_code == 403
    assert client.post(f"/admin/workbench/user/{target.pk}/delete/").status_code == 403
    client.post(
        "/admin/workbench/user/", {"action": "delete_selected", "_selected_action": target.pk}
    )
    target.refresh_from_db()
    assert (target.username, target.is_superuser) == ("reader", False)
    assert client.get("/admin/password_change/").headers["Location"] == "/account/password/change/"
