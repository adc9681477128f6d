"""The first pages: a person's studies, and what is left to do in one."""

from collections.abc import Callable

from django.test import Client

from interviews.models import Document
from tests.factories.pages import body
from tests.factories.studies import Cast
from workbench.models import Member, Study, User

SignIn = Callable[[User | Member], Client]
OVERVIEW = "/studies/study/"


def test_home_lists_the_studies_of_the_person_and_nobody_elses(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    assert f'href="{OVERVIEW}"' in body(sign_in(cast.coder), "/")
    assert "study-waits" in body(sign_in(cast.coder), "/")
    assert "study-waits" not in body(sign_in(cast.reader), "/")
    stranger = body(sign_in(cast.stranger), "/")
    assert OVERVIEW not in stranger.replace("/studies/new/", "")
    assert 'href="/studies/new/"' in stranger


def test_an_empty_study_shows_the_next_step_to_whoever_may_take_it(
    cast: Cast, sign_in: SignIn
) -> None:
    assert f'href="{OVERVIEW}cases/new/"' in body(sign_in(cast.lead), OVERVIEW)
    assert f'href="{OVERVIEW}cases/new/"' not in body(sign_in(cast.reader), OVERVIEW)


def test_the_description_stands_below_the_work_as_text_only(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    Study.objects.update(description="Første.\n\n<b>Andet</b>")
    page = body(sign_in(cast.lead), OVERVIEW)
    assert page.index('class="table is-stacking board"') < page.index("<p>Første.</p>")
    assert "<p>&lt;b&gt;Andet&lt;/b&gt;</p>" in page


def test_each_persons_work_stands_under_their_name(
    cast: Cast, document: Document, sign_in: SignIn
) -> None:
    page = body(sign_in(cast.lead), OVERVIEW)
    for member in (cast.lead, cast.coder, cast.second_coder):
        assert f"<span>{member.user}</span>" in page
    assert page.count('class="work-person"') == 4
