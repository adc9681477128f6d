"""The coding surface as the server makes it: words as words, a fixed number of queries."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coding.domain.case_drafts import cite, open_draft
from coding.domain.memos import write_memo
from coding.enums import CitationMode
from coding.views.phrases import MODULES, phrases
from interviews.domain.documents import SpeakerMapping, SpokenTurn
from interviews.models import Case, Document
from tests.factories.codings import make_code, make_coding
from tests.factories.field import TALK, make_case, make_document, make_participant
from tests.factories.studies import Cast, make_cast
from workbench.models import Member, User

SignIn = Callable[[User | Member], Client]
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & <!--"


class Turns(HTMLParser):
    """Text of each turn, and the scripts of a page, as a browser would read them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.turns: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.reading = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.scripts.append(dict(attrs))
        self.reading = ("class", "turn-text") in attrs
        if self.reading:
            self.turns.append("")

    def handle_endtag(self, tag: str) -> None:
        self.reading = False

    def handle_data(self, data: str) -> None:
        if self.reading:
            self.turns[-1] += data


def page_of(client: Client, document: Document) -> str:
    answer = client.get(address(document))
    assert answer.status_code == 200
    return answer.content.decode()


def address(document: Document) -> str:
    return reverse("document", kwargs={"slug": document.study.slug, "document": document.pk})


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="surface-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


def test_every_turn_is_its_words_and_nothing_else(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    page = page_of(sign_in(cast.reader), document)
    assert Turns(page).turns == [turn.text for turn in TALK]
    spans = re.findall(r'data-start="(\d+)" data-end="(\d+)"', page)
    assert document.current_revision is not None
    text = document.current_revision.text
    assert [text[int(start) : int(end)] for start, end in spans] == [turn.text for turn in TALK]
    assert '<time data-ms="767000">12:47</time>' in page


def test_nothing_that_people_wrote_is_executed(cast: Cast, case: Case, sign_in: SignIn) -> None:
    turns = (SpokenTurn(EVIL, EVIL[:90]), SpokenTurn("  indrykket\n\tog <b>fed</b>", "B"))
    document = make_document(cast.coder, case, turns=turns, title=EVIL)
    code = make_code(cast.lead, EVIL[:120])
    make_coding(cast.coder, document, "alert(1)", code)
    page = page_of(sign_in(cast.coder), document)
    read = Turns(page)
    assert read.turns == [turn.text for turn in turns]
    assert all(
        script.get("src") or script.get("type") == "application/json" for script in read.scripts
    )
    assert data_of(page)["codes"][0][2] == EVIL[:120]
    assert "<img src=x" not in page


def test_the_data_says_who_coded_what_where(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    parent = make_code(cast.lead)
    child = make_code(cast.lead, "Aftenholdet", parent)
    coding = make_coding(cast.second_coder, document, "om aftenen", child)
    write_memo(member=cast.second_coder, noun="coding", subject=coding.pk, text="Se tavlen")
    data = data_of(page_of(sign_in(cast.coder), document))
    assert document.current_revision is not None
    (row,) = data["codings"]
    assert document.current_revision.text[row[1] : row[2]] == "om aftenen"
    assert data["codes"][row[3]][:3] == [str(child.pk), 0, "Aftenholdet"]
    assert data["codes"][row[3]][10] == 1
    assert data["coders"][row[4]][1:] == [str(cast.second_coder), "SC"]
    assert row[5:] == [1, "none", None, True, "manual"]
    assert data["document"]["revision"] == str(document.current_revision_id)
    assert data["me"]["id"] == str(cast.coder.user_id)


def test_who_comes_from_a_citation_finds_its_words_and_the_way_back(
    cast: Cast, case: Case, document: Document, sign_in: SignIn
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    draft = open_draft(member=cast.coder, case=case)
    cite(member=cast.coder, draft=draft, excerpt_id=coding.excerpt_id, mode=CitationMode.QUOTE)
    client = sign_in(cast.reader)
    page = client.get(address(document), {"citation": "1"}).content.decode()
    assert document.current_revision is not None
    start, end = data_of(page)["cited"]
    assert document.current_revision.text[start:end] == "om aftenen"
    assert 'cases/tofteby/draft/#citation-1"' in page
    for other in ("2", "x", "-1", "9" * 30, ""):
        page = client.get(address(document), {"citation": other}).content.decode()
        assert data_of(page)["cited"] is None
        assert "#citation-" not in page


def test_only_who_may_set_rules_is_led_to_them(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    assert 'CODE/#rules"' in page_of(sign_in(cast.lead), document)
    assert 'data-rules=""' in page_of(sign_in(cast.reader), document)


def test_a_private_memo_of_another_leaves_no_sign(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    coding = make_coding(cast.coder, document, "om aftenen", make_code(cast.lead))
    write_memo(member=cast.second_coder, noun="coding", subject=coding.pk, text="Min", private=True)
    (row,) = data_of(page_of(sign_in(cast.coder), document))["codings"]
    assert row[8] is False


def test_the_page_takes_the_same_queries_for_one_and_for_three_codings(
    cast: Cast,
    document: Document,
    sign_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    client, code = sign_in(cast.reader), make_code(cast.lead)
    quotes = ["om aftenen", "i starten", "en dårlig nat"]
    for before, after in ((0, 1), (1, 3)):
        for quote in quotes[before:after]:
            make_coding(cast.coder, document, quote, code)
        page_of(client, document)
        with django_assert_num_queries(14):
            page_of(client, document)


def test_a_new_name_for_a_speaker_shows_at_once(cast: Cast, case: Case, sign_in: SignIn) -> None:
    mapping = {"Hjælper 2": SpeakerMapping(make_participant(case, "Birgit"))}
    document = make_document(cast.coder, case, speakers=mapping)
    client = sign_in(cast.coder)
    assert '<span class="turn-name">Birgit</span>' in page_of(client, document)
    speaker = document.speakers.get(label="Hjælper 2")
    assert speaker.participant is not None
    speaker.participant.pseudonym = "Solveig"
    speaker.participant.save()
    page = page_of(client, document)
    assert '<span class="turn-name">Solveig</span>' in page
    assert "Birgit" not in page


def test_readers_may_look_and_not_code(cast: Cast, document: Document, sign_in: SignIn) -> None:
    page = page_of(sign_in(cast.reader), document)
    assert 'data-can-code="false"' in page
    assert 'name="coded"' not in page
    assert sign_in(cast.reader).post(address(document), {"coded": "yes"}).status_code == 403
    assert 'data-can-code="true"' in page_of(sign_in(cast.coder), document)


def test_others_do_not_learn_that_the_document_exists(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    other = make_cast("other", prefix="other-")
    assert sign_in(cast.stranger).get(address(document)).status_code == 404
    assert sign_in(other.lead).get(address(document)).status_code == 404
    elsewhere = reverse("document", kwargs={"slug": "other", "document": document.pk})
    assert sign_in(other.lead).get(elsewhere).status_code == 404
    assert Client().get(address(document)).status_code == 302


def test_a_coder_says_that_it_is_coded_and_takes_it_back(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    client = sign_in(cast.coder)

    def say(coded: str) -> HttpResponse:
        answer = client.post(address(document), {"coded": coded})
        assert isinstance(answer, HttpResponse)
        return answer

    assert say("yes").status_code == 302
    document.refresh_from_db()
    assert document.coded_at is not None
    assert 'value="no"' in page_of(client, document)
    say("no")
    document.refresh_from_db()
    assert document.coded_at is None


def test_the_way_leads_to_the_material_before_and_after(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    after = make_document(cast.coder, make_case(cast.lead, "nordkaj", "Nordkaj"), title="Rundgang")
    client = sign_in(cast.reader)
    page = page_of(client, document)
    assert f'href="{address(after)}" rel="next"' in page
    assert 'rel="prev"' not in page
    assert f'href="{address(document)}" rel="prev"' in page_of(client, after)


def test_every_phrase_and_every_module_is_there(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    page = page_of(sign_in(cast.coder), document)
    data = data_of(page)
    assert data["phrases"]["status.saved"]
    assert set(phrases("da")) == set(phrases("en"))
    assert phrases("en")["status.saved"] == "All saved"
    assert "coding/surface/surface.js" in MODULES
    assert all(f"/{module}" in page for module in MODULES)
