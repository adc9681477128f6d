"""The estimate of laid-out pages follows what the Word report sets."""

from decimal import Decimal

import pytest

from coding.formats.case_docx import BlockQuote, Paragraph, Run, Section
from coding.formats.laid_out import laid_out_pages

pytestmark = pytest.mark.pure

WORDS = "Gruppen hjælper omkring 210 borgere i deres eget hjem på alle tider af døgnet. "


def paragraph(characters: int) -> Paragraph:
    return Paragraph((Run((WORDS * characters)[:characters]),))


def pages(*blocks: Paragraph | BlockQuote, title: str = "Kerneopgaven") -> Decimal:
    return laid_out_pages([Section(title, blocks)])


def test_a_full_page_of_text_is_one_page() -> None:
    # 44 lines of 15.6 points fill 24.7 cm.
    without_heading = pages(paragraph(84 * 44)) - pages()
    assert without_heading == pytest.approx(Decimal(1), abs=Decimal("0.02"))


def test_short_paragraphs_headings_and_quotes_take_more_than_their_letters() -> None:
    together, apart = pages(paragraph(1_000)), pages(*[paragraph(100)] * 10)
    assert apart > together * Decimal("1.5")
    quote = BlockQuote((WORDS * 5)[:400], "Hjælper 2, ansat, interview 3")
    assert pages(quote) > pages(paragraph(400))
    under = Section("Om aftenen", (), level=2)
    assert laid_out_pages([Section("Kerneopgaven"), under]) > laid_out_pages(
        [Section("Kerneopgaven")]
    )


# Lengths of sections of the demo study, and the points that LibreOffice set them in.
MEASURED = [
    ([491], 121),
    ([212, (77, 28), 201], 204),
    ([153, (97, 36), 474, 220], 293),
    ([455, 338, 252, (135, 24), 279, 369], 493),
    ([565, (147, 36), 253, 266, (57, 24), 453, 266, (62, 38), 518, 363], 810),
]


@pytest.mark.parametrize(("lengths", "points"), MEASURED)
def test_it_agrees_with_what_was_set(lengths: list[int | tuple[int, int]], points: int) -> None:
    blocks = [
        paragraph(each)
        if isinstance(each, int)
        else BlockQuote((WORDS * each[0])[: each[0]], "x" * each[1])
        for each in lengths
    ]
    assert float(pages(*blocks)) == pytest.approx(points / 700.2, abs=0.05)
