"""Rows of a table of coded excerpts, and the texts that such tables trip over."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from hypothesis import strategies as st

from coding.formats.excerpt_rows import ExcerptRow

NASTY_STARTS: Final = (
    "- og så sagde hun det",
    '=HYPERLINK("http://example.test";"klik")',
    "+4512345678",
    "-1+1",
    "@SUM(A1:A9)",
    "\tindrykket",
    "\nny linje",
    "<r>som opmærkning</r>",
    "<r></r>",
    "_x0041_ og _x000D_",
    "{=1+1}",
    "00123",
    "1e5",
    "https://example.test/?a=1&b=2",
    "æøå ÆØÅ é 👩‍👩‍👧 🇩🇰",
    'sagde "ja; nej", og så',
    "  luft foran og bagved  ",
    "to\nlinjer\n",
    "#N/A",
    "'=citat",
)

# What a stored text may hold: line feeds and tabs, no other control character, no half pair.
stored_texts = st.one_of(
    st.sampled_from(NASTY_STARTS),
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc"),
            include_characters="\n\t",
            exclude_characters="\ufffe\uffff",
        ),
        max_size=80,
    ),
)


def make_row(**changes: Any) -> ExcerptRow:
    values: dict[str, Any] = {
        "study": "demo",
        "case": "tofteby",
        "case_attributes": {"sector": "kommune", "headcount": 46, "round_the_clock": True},
        "interview": "Fokusgruppe",
        "form": "focus_group",
        "date": dt.date(2024, 5, 14),
        "participant_pseudonym": ("Hjælper 1", "Hjælper 2"),
        "role": ("employee",),
        "document": "i03.txt",
        "revision": 2,
        "turn": (14, 15),
        "time_code": ("00:12:47", "00:13:02"),
        "start": 1204,
        "end": 1260,
        "quote": "- altså, de ti minutter er vores",
        "context_before": "Og hvad så? ",
        "context_after": " Det er det.",
        "code": "Fremmere",
        "code_path": "Fremmere",
        "coder": "coder",
        "round": "",
        "source": "manual",
        "weight": None,
        "memo": "",
        "template_section": ("t4_goer_sk",),
        "kit_question": ("s4_gevinst",),
        "coding_id": UUID("00000000-0000-4000-8000-000000000001"),
        "created": dt.datetime(2024, 6, 1, 9, 30, tzinfo=dt.UTC),
    }
    return ExcerptRow(**(values | changes))
