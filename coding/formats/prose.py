"""Written text with citation tokens, as a page, as Word blocks, and as a number of keystrokes.

The text is a small part of Markdown: paragraphs, emphasis, lists, headings (all of level 3)
and block quotes. Everything else stands there as it was typed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from coding.formats.case_docx import (
    QUOTATION_MARKS,
    Block,
    BlockQuote,
    Citation,
    Inline,
    Language,
    Paragraph,
    Run,
    Section,
)
from coding.formats.citations import TOKEN, stands_alone

_MARKDOWN: Final = MarkdownIt("zero").enable(
    ["blockquote", "list", "heading", "emphasis", "escape", "newline"]
)
_TAGS: Final = {"p", "em", "strong", "ul", "ol", "li", "h3", "blockquote", "footer", "sup", "a",
                "span", "br"}  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href", "id"},
    "blockquote": {"class", "lang"},
    "sup": {"class"},
    "span": {"class"},
}
_CONTAINERS: Final = {
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "em": "em",
    "strong": "strong",
}
_SENTENCE_END: Final = re.compile(r"[.!?]\s+")
_EDGE: Final = re.compile(r"_(?:open|close)$")


@dataclass(frozen=True, slots=True)
class Printed:
    """A citation as the reader sees it: `quote` is None for a reference.

    Of a figure it is the value with its date and caveat, which stands in the line as it is.
    """

    number: int
    quote: str | None
    attribution: str
    language: str = ""
    needs_checking: bool = False
    is_figure: bool = False

    def in_line(self, language: Language) -> str:
        """What stands in the sentence before the raised number."""
        if self.quote is None or self.is_figure:
            return self.quote or ""
        return _quoted(self.quote, language)


Citations = Mapping[int, Printed]


def render_html(text: str, citations: Citations, language: Language, sources_at: str = "") -> str:
    """The text as HTML that is safe to show: nothing but the few tags of the small Markdown.

    `sources_at` is the address of the page that lists the sources, if that is another page.
    """
    return nh3.clean(
        "".join(_Html(citations, language, sources_at).blocks(text)),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=set(),
        link_rel=None,
    )


def printed_length(text: str, citations: Citations, language: Language) -> int:
    """Keystrokes with spaces of what is printed: the prose and the quotes.

    Numbers, attributions and line ends do not count.
    """
    return sum(len(line) for line in _plain_lines(text, citations, language))


def word_sections(
    title: str, text: str, citations: Citations, language: Language
) -> tuple[Section, ...]:
    """The text as sections of a Word report; a heading in it starts a section of level 2."""
    return _Word(citations, language).sections(title, text)


def _quoted(quote: str, language: Language) -> str:
    before, after = QUOTATION_MARKS[language]
    return f"{before}{quote}{after}"


def _block_quote(token: Token, citations: Citations) -> Printed | None:
    """The quote that is a paragraph of its own."""
    number = stands_alone(token.content)
    printed = citations.get(number) if number is not None else None
    return printed if printed and printed.quote is not None and not printed.is_figure else None


def _pieces(text: str, citations: Citations) -> Iterator[str | Printed]:
    """The text between citations, and the citations."""
    position = 0
    for match in TOKEN.finditer(text):
        printed = citations.get(int(match[1]))
        if printed is None:
            continue
        before = text[position : match.start()]
        # A raised number follows its word; a quote in running text keeps its space.
        yield before.rstrip(" ") if printed.quote is None else before
        yield printed
        position = match.end()
    yield text[position:]


class _Html:
    def __init__(self, citations: Citations, language: Language, sources_at: str) -> None:
        self._citations = citations
        self._language = language
        self._sources_at = escape(sources_at)
        self._linked: set[int] = set()

    def blocks(self, text: str) -> Iterator[str]:
        tokens = _MARKDOWN.parse(text)
        for at, token in enumerate(tokens):
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type in {"paragraph_open", "paragraph_close"}:
                inline = tokens[at + 1 if token.nesting == 1 else at - 1]
                if not token.hidden and _block_quote(inline, self._citations) is None:
                    yield "<p>" if token.nesting == 1 else "</p>"
            else:
                yield _tag(token)

    def _inline(self, token: Token) -> Iterator[str]:
        quote = _block_quote(token, self._citations)
        if quote is not None:
            yield self._set_apart(quote)
            return
        for child in token.children or ():
            if child.type == "text":
                yield from self._text(child.content)
            elif child.type == "softbreak":
                yield "\n"
            elif child.type == "hardbreak":
                yield "<br>"
            else:
                yield _tag(child)

    def _text(self, text: str) -> Iterator[str]:
        pieces = list(_pieces(text, self._citations))
        for at, piece in enumerate(pieces):
            if isinstance(piece, str):
                follows = pieces[at + 1] if at + 1 < len(pieces) else None
                doubtful = isinstance(follows, Printed) and follows.needs_checking
                yield _doubtful(piece) if doubtful else escape(piece)
            else:
                yield escape(piece.in_line(self._language))
                kind = "citation needs-checking" if piece.needs_checking else "citation"
                yield f'<sup class="{kind}">{self._link(piece.number)}</sup>'

    def _set_apart(self, printed: Printed) -> str:
        assert printed.quote is not None
        lang = f' lang="{escape(printed.language)}"' if printed.language else ""
        kind = ' class="needs-checking"' if printed.needs_checking else ""
        words = escape(printed.quote).replace("\n", "<br>")
        return (
            f"<blockquote{kind}{lang}><p>{words}</p>"
            f"<footer>{self._link(printed.number)} · {escape(printed.attribution)}</footer>"
            "</blockquote>"
        )

    def _link(self, number: int) -> str:
        """To the source; where that stands on this page it leads back to the first link."""
        is_first = not self._sources_at and number not in self._linked
        self._linked.add(number)
        place = f' id="cited-{number}"' if is_first else ""
        return f'<a{place} href="{self._sources_at}#citation-{number}">{number}</a>'


def _tag(token: Token) -> str:
    name = _EDGE.sub("", token.type)
    tag = "h3" if name == "heading" else _CONTAINERS.get(name)
    if tag is None:
        return ""
    return f"<{tag}>" if token.nesting == 1 else f"</{tag}>"


def _doubtful(text: str) -> str:
    """The sentence before a citation that needs checking, drawn so that the eye stops there."""
    start = max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)
    claim = text[start:]
    return f'{escape(text[:start])}<span class="needs-checking">{escape(claim)}</span>'


def _plain_lines(text: str, citations: Citations, language: Language) -> Iterator[str]:
    for token in _MARKDOWN.parse(text):
        if token.type != "inline":
            continue
        quote = _block_quote(token, citations)
        if quote is not None and quote.quote is not None:
            yield _quoted(quote.quote, language)
            continue
        yield "".join(_plain(child, citations, language) for child in token.children or ())


def _plain(token: Token, citations: Citations, language: Language) -> str:
    if token.type == "softbreak":
        return " "
    if token.type != "text":
        return ""
    return "".join(
        piece if isinstance(piece, str) else piece.in_line(language)
        for piece in _pieces(token.content, citations)
    )


class _Word:
    def __init__(self, citations: Citations, language: Language) -> None:
        self._citations = citations
        self._language = language
        self._bold = self._italic = False
        self._lists: list[int | None] = []

    def sections(self, title: str, text: str) -> tuple[Section, ...]:
        made: list[tuple[str, int, list[Block]]] = [(title, 1, [])]
        tokens = _MARKDOWN.parse(text)
        for at, token in enumerate(tokens):
            if token.type == "inline" and tokens[at - 1].type == "heading_open":
                made.append((TOKEN.sub("", token.content).strip(), 2, []))
            elif token.type == "inline":
                made[-1][2].append(self._block(token))
            else:
                self._follow_lists(token)
        return tuple(Section(name, tuple(blocks), level) for name, level, blocks in made)

    def _follow_lists(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(0)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open" if self._lists and self._lists[-1] is not None:
                self._lists[-1] += 1

    def _block(self, token: Token) -> Block:
        quote = _block_quote(token, self._citations)
        if quote is not None and quote.quote is not None:
            return BlockQuote(quote.quote, quote.attribution, str(quote.number))
        content: list[Inline] = []
        if self._lists:
            content.append(Run(f"{self._lists[-1]}. " if self._lists[-1] else "– "))
        for child in token.children or ():
            content.extend(self._inline(child))
        return Paragraph(tuple(content))

    def _inline(self, token: Token) -> Iterator[Inline]:
        match token.type:
            case "text":
                for piece in _pieces(token.content, self._citations):
                    if isinstance(piece, Printed):
                        if words := piece.in_line(self._language):
                            yield self._run(words)
                        yield Citation(str(piece.number))
                    elif piece:
                        yield self._run(piece)
            case "softbreak":
                yield self._run(" ")
            case "hardbreak":
                yield self._run("\n")
            case "em_open" | "em_close":
                self._italic = token.nesting == 1
            case "strong_open" | "strong_close":
                self._bold = token.nesting == 1

    def _run(self, text: str) -> Run:
        return Run(text, bold=self._bold, italic=self._italic)
