"""Markdown: read as the page it makes, so that no star or hash ends up in a quote."""

from markdown_it import MarkdownIt

from interviews.formats.blocks import read_lines
from interviews.formats.plain import read_plain
from interviews.formats.records import ParsedDocument, ParseLimits
from interviews.formats.turns import find_turns

NAME = "md"

# Markup inside the text stays literal; a line break in the source is one in the transcript;
# an indented line is a paragraph, not program code.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["code", "html_block", "html_inline", "entity", "image", "link", "autolink", "reference"]
)


def read(data: bytes, *, encoding: str | None, limits: ParseLimits) -> ParsedDocument:
    plain = read_plain(data, encoding=encoding, expected=NAME)
    page = read_lines(_MARKDOWN.render(plain.text))
    found = find_turns(page.lines)
    return plain.document(NAME, found.turns, found.notices)
