"""Component tags: what they promise in markup, and what they refuse."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone, translation

from workbench import ui

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(ui.__file__).parent / "static" / "ui"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def render(source: str, **context: object) -> str:
    with translation.override("en"):
        return Template(source).render(Context(context))


class Form(forms.Form):
    title = forms.CharField(help_text="As in the report")
    role = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in render('{% icon "x" %}')
    assert 'role="img" aria-label="Close"' in render('{% icon "x" label="Close" %}')


def test_a_button_with_an_address_is_a_link() -> None:
    assert render('{% button "Open" href="/a/" %}').strip().startswith('<a class="button"')
    assert render('{% button "Save" "primary" %}').strip().startswith("<button")


def test_a_button_escapes_its_words_and_attributes() -> None:
    html = render("{% button label data_name=label %}", label='<b>"x"')
    assert "<b>" not in html
    assert 'data-name="&lt;b&gt;&quot;x&quot;"' in html


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Save" "loud" %}',
        '{% button "Save" onclick="x()" %}',
        '{% button "Save" style="color:red" %}',
        '{% badge "Open" "green" %}',
        '{% notice "loud" %}x{% endnotice %}',
    ],
)
def test_what_a_component_does_not_know_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(source)


def test_a_field_ties_hint_and_error_to_its_control() -> None:
    html = render("{% field form.title %}", form=Form({}))
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html


def test_radio_buttons_stand_in_a_named_group() -> None:
    html = render("{% field form.role %}", form=Form())
    assert "<legend>Role" in html


def test_an_empty_value_leaves_an_attribute_out() -> None:
    html = render('{% button "Save" name="" hx_get="/x/" data_closes=True %}')
    assert 'hx-get="/x/" data-closes' in html
    assert "name=" not in html


def test_over_budget_is_said_in_words() -> None:
    assert "1.7 of 1½ pages, over" in render("{% page_meter 1.7 1.5 %}")
    assert "no budget" in render("{% page_meter 1.7 %}")


def test_pages_keep_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/", {"q": "tid", "page": "2"})
    page = Paginator(range(50), 10).page(2)
    html = render("{% pagination page %}", page=page, request=request)
    assert 'href="?q=tid&amp;page=3"' in html
    assert re.search(r'href="\?q=tid&amp;page=2" aria-current="page"', html)


@pytest.mark.parametrize(("cookie", "attribute"), [("dark", ' data-theme="dark"'), ('"><b', "")])
def test_only_a_known_theme_reaches_the_page(cookie: str, attribute: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = cookie
    assert render("{% theme_attribute %}", request=request) == attribute


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'(?:\{% icon |\bicon=)"([\w-]+)"', path.read_text())
    }
    assert named <= sprite


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("en", "25 Nov 2026", "25 Nov 2026, 07:43"), ("da", "25. nov. 2026", "25. nov. 2026, 07:43")],
)
def test_a_date_looks_the_same_wherever_it_stands(language: str, day: str, moment: str) -> None:
    when = dt.datetime(2026, 11, 25, 7, 43, tzinfo=dt.UTC)
    with timezone.override("UTC"), translation.override(language):
        source = Template("{{ when|day }}; {{ when|moment }}; {{ none|day }}{{ none|moment }}")
        assert source.render(Context({"when": when, "none": None})) == f"{day}; {moment}; "


@pytest.mark.parametrize(("language", "figure"), [("en", "6,054"), ("da", "6.054")])
def test_a_large_number_is_grouped_as_the_language_does(language: str, figure: str) -> None:
    with translation.override(language):
        assert Template("{{ 6054|figure }}").render(Context()) == figure


def test_faces_of_one_team_differ_in_colour_and_outside_of_it_have_none() -> None:
    source = Template("{% face who place=0 %}{% face who place=25 %}{% face who %}")
    shown = source.render(Context({"who": "Ida Kjær"}))
    assert re.findall(r'data-colour="(\d+)"', shown) == ["0", "1"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source)


def test_every_stylesheet_is_linked_and_every_link_has_its_file() -> None:
    linked = re.findall(
        r"ui/css/([\w-]+\.css)", (ROOT / "templates/components/stylesheets.html").read_text()
    )
    assert sorted(linked) == sorted(path.name for path in (STATIC / "css").glob("*.css"))
