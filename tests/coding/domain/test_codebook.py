"""The codebook's tree: nothing coded is ever lost by arranging it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from coding.domain.codebook import (
    add_code,
    add_outline,
    define_code,
    look_at_outline,
    merge_codes,
    move_code,
    place_code,
    remove_code,
    restore_code,
    state_of,
)
from coding.domain.codings import code_passage
from coding.domain.memos import write_memo
from coding.domain.queries.codebook import code_uses, coding_counts
from coding.domain.queries.codebook_versions import (
    Comparison,
    compare_codebooks,
    kept_codes,
    version_of,
)
from coding.enums import CodeFate
from coding.formats.code_outlines import OutlineCode, read_codes
from coding.models import Code, CodebookVersion, Coding, Memo
from interviews.domain.arrangements import Move
from interviews.domain.documents import remove_document, restore_document
from interviews.formats.outlines import read_outline
from interviews.models import Document
from tests.factories.codings import make_code, make_coding, request_for
from tests.factories.studies import Cast, make_cast
from workbench.domain.rows import seal
from workbench.errors import Conflict, Gone, Invalid, Missing
from workbench.models import HistoryEntry


def paths(cast: Cast) -> list[str]:
    live = Code.objects.filter(study=cast.study, removed_at__isnull=True)
    return list(live.order_by("order").values_list("path", flat=True))


@pytest.fixture
def tree(cast: Cast) -> dict[str, Code]:
    """A (B (C), D), E"""
    a = make_code(cast.lead, "A")
    b = make_code(cast.lead, "B", a)
    c = make_code(cast.lead, "C", b)
    d = make_code(cast.lead, "D", a)
    return {"a": a, "b": b, "c": c, "d": d, "e": make_code(cast.lead, "E")}


@pytest.mark.parametrize(
    ("name", "way", "expected"),
    [
        ("e", Move.UP, ["E", "A", "A / B", "A / B / C", "A / D"]),
        ("a", Move.DOWN, ["E", "A", "A / B", "A / B / C", "A / D"]),
        ("d", Move.UP, ["A", "A / D", "A / B", "A / B / C", "E"]),
        ("e", Move.IN, ["A", "A / B", "A / B / C", "A / D", "A / E"]),
        ("b", Move.OUT, ["A", "A / D", "B", "B / C", "E"]),
        ("a", Move.UP, ["A", "A / B", "A / B / C", "A / D", "E"]),
        ("a", Move.OUT, ["A", "A / B", "A / B / C", "A / D", "E"]),
    ],
)
def test_a_step_moves_a_code_with_everything_under_it(
    cast: Cast, tree: dict[str, Code], name: str, way: Move, expected: list[str]
) -> None:
    move_code(member=cast.lead, code=tree[name], way=way)
    assert paths(cast) == expected


def test_a_code_is_placed_under_another_with_a_reason(cast: Cast, tree: dict[str, Code]) -> None:
    place_code(member=cast.lead, code=tree["b"], parent=tree["e"], reason="hører til her")
    assert paths(cast) == ["A", "A / D", "E", "E / B", "E / B / C"]
    entry = HistoryEntry.objects.filter(action="moved").get()
    assert entry.after["reason"] == "hører til her"
    last = CodebookVersion.objects.order_by("-number").first()
    assert last is not None
    assert last.reason == "hører til her"


def test_a_code_cannot_stand_under_itself_nor_move_without_a_reason(
    cast: Cast, tree: dict[str, Code]
) -> None:
    for under in ("a", "c"):
        with pytest.raises(Invalid):
            place_code(member=cast.lead, code=tree["a"], parent=tree[under], reason="nej")
    with pytest.raises(Invalid):
        place_code(member=cast.lead, code=tree["b"], parent=None, reason="  ")
    assert len(paths(cast)) == 5


def test_two_codes_of_one_name_never_come_to_stand_side_by_side(
    cast: Cast, tree: dict[str, Code]
) -> None:
    make_code(cast.lead, "b", tree["e"])
    with pytest.raises(Conflict):
        place_code(member=cast.lead, code=tree["b"], parent=tree["e"], reason="prøve")
    assert "A / B / C" in paths(cast)


def test_names_that_grow_too_long_together_are_refused(cast: Cast) -> None:
    parent: Code | None = None
    for letter in "abcdefgh":
        parent = make_code(cast.lead, letter * 115, parent)
    with pytest.raises(Invalid):
        make_code(cast.lead, "i" * 115, parent)
    top = Code.objects.get(study=cast.study, parent=None)
    with pytest.raises(Invalid):
        define_code(member=cast.lead, code=top, name="æ" * 120 + "ø")
    place = make_code(cast.lead, "z" * 60)
    with pytest.raises(Invalid):
        place_code(member=cast.lead, code=top, parent=place, reason="for langt")
    assert max(map(len, paths(cast))) <= 1000


def test_merging_moves_codings_children_and_memos(
    cast: Cast, document: Document, tree: dict[str, Code]
) -> None:
    moved = make_coding(cast.coder, document, "om aftenen", tree["b"])
    write_memo(member=cast.coder, noun="code", subject=tree["b"].pk, text="Om koden")
    target = merge_codes(member=cast.lead, source=tree["b"], target=tree["e"], reason="det samme")
    moved.refresh_from_db()
    assert (moved.code, moved.version) == (target, 2)
    assert moved.change_number > 1
    assert paths(cast) == ["A", "A / D", "E", "E / C"]
    assert Memo.objects.get().subject == target.pk
    source = Code.objects.get(pk=tree["b"].pk)
    assert (source.merged_into, source.removed_at is None) == (target, False)
    with pytest.raises(Gone) as gone:
        code_passage(member=cast.coder, request=request_for(document, "i starten", tree["b"]))
    assert gone.value.details["merged_into"] == str(target.pk)


@pytest.mark.parametrize("first", ["source", "target"])
def test_codings_that_become_the_same_collapse_to_the_earlier(
    cast: Cast, document: Document, first: str
) -> None:
    codes = {"source": make_code(cast.lead, "A"), "target": make_code(cast.lead, "B")}
    second = "target" if first == "source" else "source"
    earlier = make_coding(cast.coder, document, "om aftenen", codes[first])
    later = make_coding(cast.coder, document, "om aftenen", codes[second])
    write_memo(member=cast.coder, noun="coding", subject=later.pk, text="Bliver")
    other = make_coding(cast.second_coder, document, "om aftenen", codes["source"])
    merge_codes(
        member=cast.lead, source=codes["source"], target=codes["target"], reason="det samme"
    )
    standing = Coding.objects.visible_to(cast.lead)
    assert {coding.pk for coding in standing} == {earlier.pk, other.pk}
    assert {coding.code for coding in standing} == {codes["target"]}
    assert Memo.objects.get().subject == earlier.pk
    entry = HistoryEntry.objects.get(action="merged")
    assert entry.after["collapsed"] == {str(later.pk): str(earlier.pk)}


def test_a_code_is_not_merged_into_what_stands_under_it(cast: Cast, tree: dict[str, Code]) -> None:
    for target in ("a", "c"):
        with pytest.raises(Invalid):
            merge_codes(member=cast.lead, source=tree["a"], target=tree[target], reason="nej")


def test_a_merge_that_fails_changes_nothing(
    cast: Cast, document: Document, tree: dict[str, Code]
) -> None:
    make_code(cast.lead, "C", tree["e"])
    coding = make_coding(cast.coder, document, "om aftenen", tree["b"])
    with pytest.raises(Conflict):
        merge_codes(member=cast.lead, source=tree["b"], target=tree["e"], reason="samme navn")
    coding.refresh_from_db()
    assert (coding.code, coding.version) == (tree["b"], 1)
    assert "A / B / C" in paths(cast)


def test_a_used_or_filled_code_is_not_removed(
    cast: Cast, document: Document, tree: dict[str, Code]
) -> None:
    make_coding(cast.coder, document, "om aftenen", tree["d"])
    for name, problem in (("a", "has_children"), ("d", "has_codings")):
        with pytest.raises(Conflict) as refused:
            remove_code(member=cast.lead, code=tree[name], reason="ryd op")
        assert refused.value.code == problem


def test_a_removed_code_comes_back_to_its_place(cast: Cast, tree: dict[str, Code]) -> None:
    remove_code(member=cast.lead, code=tree["c"], reason="ryd op")
    assert "A / B / C" not in paths(cast)
    restore_code(member=cast.lead, code=tree["c"])
    assert "A / B / C" in paths(cast)
    remove_code(member=cast.lead, code=tree["c"], reason="ryd op")
    remove_code(member=cast.lead, code=tree["b"], reason="ryd op")
    assert restore_code(member=cast.lead, code=tree["c"]).path == "C"


def test_a_merged_code_is_not_restored(cast: Cast, tree: dict[str, Code]) -> None:
    merge_codes(member=cast.lead, source=tree["d"], target=tree["e"], reason="det samme")
    with pytest.raises(Gone):
        restore_code(member=cast.lead, code=tree["d"])


def test_a_shortcut_belongs_to_one_code(cast: Cast, tree: dict[str, Code]) -> None:
    define_code(member=cast.lead, code=tree["a"], shortcut="3")
    with pytest.raises(Conflict) as refused:
        define_code(member=cast.lead, code=tree["b"], shortcut="3")
    assert refused.value.details["existing"] == str(tree["a"].pk)
    with pytest.raises(Invalid):
        define_code(member=cast.lead, code=tree["b"], shortcut="0")
    remove_code(member=cast.lead, code=tree["c"], reason="ryd op")
    define_code(member=cast.lead, code=tree["a"], shortcut="")
    assert define_code(member=cast.lead, code=tree["b"], shortcut="3").shortcut == "3"


@pytest.mark.parametrize(
    "fields", [{"name": " \u200b"}, {"name": "x" * 121}, {"colour": 24}, {"brief": "x" * 301}]
)
def test_a_definition_that_cannot_be_kept_is_refused(
    cast: Cast, tree: dict[str, Code], fields: dict[str, Any]
) -> None:
    with pytest.raises(Invalid):
        define_code(member=cast.lead, code=tree["a"], **fields)


def test_the_second_of_two_writers_sees_both_definitions(cast: Cast, tree: dict[str, Code]) -> None:
    seen = seal(state_of(tree["a"]))
    define_code(member=cast.lead, code=tree["a"], seen=seen, brief="Den førstes ord")
    with pytest.raises(Conflict) as refused:
        define_code(member=cast.lead, code=tree["a"], seen=seen, brief="Den andens ord")
    assert refused.value.details["theirs"]["brief"] == "Den førstes ord"


def test_definitions_stay_out_of_history(cast: Cast, tree: dict[str, Code]) -> None:
    define_code(member=cast.lead, code=tree["a"], definition="Hemmelig tekst", name="Aa")
    entry = HistoryEntry.objects.filter(action="changed").get()
    assert "Hemmelig" not in str(entry.after)
    assert entry.after["changed"] == ["definition", "name"]
    assert paths(cast)[1] == "Aa / B"


def codes_in(text: str) -> list[OutlineCode]:
    return read_codes(read_outline(text), titled=False, with_texts=True)


def test_an_outline_becomes_codes_once_and_one_version(cast: Cast) -> None:
    text = "1. Fremmere: hjælper\n\t- Koordination\n\t- Nærhed\n2. Hæmmere\n\t- Tid"
    made = add_outline(member=cast.lead, codes=codes_in(text))
    assert len(made) == 5
    assert paths(cast) == [
        "Fremmere",
        "Fremmere / Koordination",
        "Fremmere / Nærhed",
        "Hæmmere",
        "Hæmmere / Tid",
    ]
    assert made[0].brief == "hjælper"
    assert CodebookVersion.objects.get(study=cast.study).number == 1
    more = codes_in("1. Fremmere: andet" + text[20:] + "\n\t- Støj: " + "x" * 301)
    assert [each.is_there for each in look_at_outline(cast.lead, more)] == [True] * 5 + [False]
    again = add_outline(member=cast.lead, codes=more)
    assert [(code.path, code.brief, len(code.definition)) for code in again] == [
        ("Hæmmere / Støj", "", 301)
    ]
    assert Code.objects.get(name="Fremmere").brief == "hjælper"
    assert not add_outline(member=cast.lead, codes=more)
    assert CodebookVersion.objects.filter(study=cast.study).count() == 2


def test_an_outline_with_one_impossible_name_adds_nothing(cast: Cast) -> None:
    for do in (add_outline, look_at_outline):
        with pytest.raises(Invalid):
            do(member=cast.lead, codes=codes_in("Fremmere\n" + "x" * 121))
    assert paths(cast) == []


def compared(cast: Cast, older: int, newer: int) -> Comparison:
    return compare_codebooks(
        *(kept_codes(version_of(member=cast.reader, number=each)) for each in (older, newer))
    )


def test_a_version_keeps_the_codebook_as_it_stood(cast: Cast) -> None:
    top = make_code(cast.lead, "Hæmmere")
    make_code(cast.lead, "Tid", top)
    define_code(member=cast.lead, code=top, name="Barrierer", brief="Det der holder igen.")
    assert [
        (code.path, code.brief) for code in kept_codes(version_of(member=cast.reader, number=2))
    ] == [("Hæmmere", ""), ("Hæmmere / Tid", "")]
    [changed] = compared(cast, 2, 3).changes
    assert (changed.fate, changed.before, changed.code.path) == (
        CodeFate.CHANGED,
        "Hæmmere",
        "Barrierer",
    )
    [(_label, texts)] = changed.texts
    assert [(part.kind, part.text) for part in texts] == [("new", "Det der holder igen.")]
    with pytest.raises(Missing):
        version_of(member=cast.reader, number=4)
    with pytest.raises(Missing):
        version_of(member=make_cast("other", prefix="other-").lead, number=1)


def test_two_versions_tell_what_is_new_gone_moved_and_in_another_order(cast: Cast) -> None:
    one, two = make_code(cast.lead, "En"), make_code(cast.lead, "To")
    under = make_code(cast.lead, "Under", one)
    make_code(cast.lead, "Derunder", under)
    place_code(member=cast.lead, code=under, parent=two, reason="hører til her")
    remove_code(member=cast.lead, code=one, reason="tom")
    make_code(cast.lead, "Tre")
    found = compared(cast, 4, 7)
    assert [(each.fate, each.before, each.code.path) for each in found.changes] == [
        (CodeFate.CHANGED, "En / Under", "To / Under"),
        (CodeFate.NEW, "", "Tre"),
        (CodeFate.GONE, "", "En"),
    ]
    assert found.is_reordered
    move_code(member=cast.lead, code=two, way=Move.DOWN)
    assert compared(cast, 7, 8) == Comparison((), is_reordered=True)
    assert compared(cast, 8, 8) == Comparison((), is_reordered=False)


def test_foreign_codes_are_not_there(cast: Cast, tree: dict[str, Code]) -> None:
    other = make_cast("other", prefix="other-")
    theirs = make_code(other.lead, "Deres")
    attempts: list[Callable[[], object]] = [
        lambda: move_code(member=cast.lead, code=theirs, way=Move.UP),
        lambda: place_code(member=cast.lead, code=tree["a"], parent=theirs, reason="x"),
        lambda: merge_codes(member=cast.lead, source=theirs, target=tree["a"], reason="x"),
        lambda: merge_codes(member=cast.lead, source=tree["a"], target=theirs, reason="x"),
        lambda: remove_code(member=cast.lead, code=theirs, reason="x"),
        lambda: restore_code(member=cast.lead, code=theirs),
        lambda: define_code(member=cast.lead, code=theirs, name="x"),
        lambda: add_code(member=cast.lead, name="x", parent=theirs, code_id=uuid4()),
    ]
    for attempt in attempts:
        with pytest.raises(Missing):
            attempt()


def test_material_that_is_removed_counts_no_more_and_still_holds_its_codes(
    cast: Cast, document: Document
) -> None:
    code, other = make_code(cast.lead), make_code(cast.lead, "Fremmere")
    make_coding(cast.coder, document, "tavlen visket ud", code)
    remove_document(member=cast.coder, document=document)
    assert not coding_counts(cast.lead)
    assert not code_uses(cast.lead)
    with override("en"), pytest.raises(Conflict) as refused:
        remove_code(member=cast.lead, code=code, reason="Tom")
    assert "material that was removed" in str(refused.value.message)
    merge_codes(member=cast.lead, source=code, target=other, reason="Ens")
    restore_document(member=cast.coder, document=document)
    assert coding_counts(cast.lead) == {other.pk: 1}
