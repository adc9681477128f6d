"""Written text with citations: on the page, in Word, and counted."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.formats.case_docx import BlockQuote, Citation, Paragraph, Run
from coding.formats.prose import Printed, printed_length, render_html, word_sections

pytestmark = pytest.mark.pure

REFERENCE = Printed(1, None, "Skriftligt materiale")
QUOTE = Printed(2, "Vi lægger <b>fejlene</b> frem", "Kontorchef, interview 4", "da")
DOUBTFUL = Printed(3, None, "Hjælper 2", needs_checking=True)
CITATIONS = {1: REFERENCE, 2: QUOTE, 3: DOUBTFUL}
TAGS = re.compile(r"</?([a-z0-9]+)([^>]*)>")


def test_a_reference_is_a_raised_number_that_leads_to_its_source() -> None:
    html = render_html("Syv dage [@1].", CITATIONS, "da")
    assert (
        html
        == '<p>Syv dage<sup class="citation"><a id="cited-1" href="#citation-1">1</a></sup>.</p>'
    )


def test_a_quote_alone_in_its_paragraph_is_set_apart_with_who_said_it() -> None:
    html = render_html("Sådan:\n\n[@2]\n\nOg mere.", CITATIONS, "da")
    assert '<blockquote lang="da"><p>Vi lægger &lt;b&gt;fejlene&lt;/b&gt; frem</p>' in html
    assert (
        '<footer><a id="cited-2" href="#citation-2">2</a> · Kontorchef, interview 4</footer>'
        in html
    )
    assert html.startswith("<p>Sådan:</p>")
    assert html.endswith("<p>Og mere.</p>")


def test_a_quote_in_running_text_stands_in_quotation_marks() -> None:
    assert "ordene »Vi lægger &lt;b&gt;fejlene" in render_html("ordene [@2].", CITATIONS, "da")
    assert "“Vi lægger" in render_html("the words [@2].", CITATIONS, "en")


def test_the_sentence_before_a_doubtful_citation_is_marked() -> None:
    html = render_html("Alt er vel. Alle deltager [@3], men nogle venter.", CITATIONS, "da")
    assert 'Alt er vel. <span class="needs-checking">Alle deltager</span><sup' in html


def test_an_unknown_token_stands_as_typed() -> None:
    assert render_html("Se [@99].", CITATIONS, "da") == "<p>Se [@99].</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[klik](javascript:alert(1))",
        "[@1]: javascript:alert(1)\n\n[@1]",
        "<javascript:alert(1)>",
        "![x](https://example.test/a.png)",
        "```html\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "&lt;script&gt;&#x3C;script&#x3E;",
        "> <a href='javascript:alert(1)' onclick='x()'>x</a>",
    ],
)
def test_markup_that_tries_to_run_is_only_text(text: str) -> None:
    html = render_html(text, CITATIONS, "da")
    for tag, attributes in TAGS.findall(html):
        assert tag in {"p", "blockquote", "sup", "a"}
        assert "javascript" not in attributes
        assert "on" not in attributes.replace("citation", "")
    assert "<script" not in html


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=80)
)
def test_any_text_gives_only_the_few_tags(text: str) -> None:
    html = render_html(text, CITATIONS, "da")
    known = {"p", "em", "strong", "ul", "ol", "li", "h3", "blockquote", "footer", "sup", "a", "br",
             "span"}  # fmt: skip
    assert {tag for tag, _attributes in TAGS.findall(html)} <= known


def test_headings_lists_and_emphasis_are_shown() -> None:
    html = render_html("# Stort\n\n- et\n- *to*\n\n1. **tre**\n\n> citat", {}, "da")
    assert "<h3>Stort</h3>" in html
    assert "<li><em>to</em></li>" in re.sub(r"\s*\n\s*", "", html)
    assert "<strong>tre</strong>" in html
    assert "<blockquote><p>citat</p></blockquote>" in html
    assert unescape(render_html("1 < 2 & 3", {}, "da")) == "<p>1 < 2 & 3</p>"


def test_what_is_printed_is_counted() -> None:
    assert printed_length("To *ord* [@1].", CITATIONS, "da") == len("To ord.")
    assert printed_length("[@2]", CITATIONS, "da") == len("»Vi lægger <b>fejlene</b> frem«")
    assert printed_length("a\n\nb\nc", {}, "da") == len("a") + len("b c")


def test_word_sections_hold_runs_citations_and_block_quotes() -> None:
    first, second = word_sections(
        "Kort", "*To* ord [@1].\n\n[@2]\n\n## Mere\n\n1. et\n2. to", CITATIONS, "da"
    )
    assert (first.title, first.level, second.title, second.level) == ("Kort", 1, "Mere", 2)
    assert first.blocks == (
        Paragraph((Run("To", italic=True), Run(" ord"), Citation("1"), Run("."))),
        BlockQuote("Vi lægger <b>fejlene</b> frem", "Kontorchef, interview 4", "2"),
    )
    assert second.blocks == (
        Paragraph((Run("1. "), Run("et"))),
        Paragraph((Run("2. "), Run("to"))),
    )
