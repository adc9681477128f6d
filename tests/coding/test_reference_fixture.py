"""The reference study's fixture: its counts, and every key that one file borrows from another."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.pure

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "reference_study"
MOST_CODES_AT_A_POINT = 9
PALETTE_SIZE = 24
# Nearest that two top-level codes standing next to each other may come on the hue circle.
LEAST_DISTANCE = 5

Record = dict[str, Any]


def load(name: str) -> Record:
    content: Record = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def walk_items(items: list[Record]) -> Iterator[Record]:
    for item in items:
        yield item
        yield from walk_items(item["children"])


def kit_items() -> list[Record]:
    return [item for section in load("kit")["sections"] for item in walk_items(section["items"])]


def template_points() -> dict[str, str]:
    """Point key -> section key."""
    return {
        point["key"]: section["key"]
        for section in load("case_template")["sections"]
        for point in section["points"]
    }


def question_keys() -> set[str]:
    return {question["key"] for question in load("analysis_frame")["questions"]}


def interviews() -> list[Record]:
    return [
        interview
        for case in load("cases")["cases"]
        for visit in case["visits"]
        for interview in visit["interviews"]
    ]


def every_mapping(node: object) -> Iterator[Record]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from every_mapping(value)
    elif isinstance(node, list):
        for value in node:
            yield from every_mapping(value)


def hue_distance(first: int, second: int) -> int:
    apart = abs(first - second)
    return min(apart, PALETTE_SIZE - apart)


def duplicates(keys: list[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_nothing_points_at_where_in_the_report_it_was_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    keys = [key for mapping in every_mapping(json.loads(text)) for key in mapping]

    assert [key for key in keys if "line" in key.lower()] == []
    assert re.findall(r"\bl\.\s?\d+", text) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_every_text_stands_in_both_languages(path: Path) -> None:
    texts = [
        mapping
        for mapping in every_mapping(json.loads(path.read_text(encoding="utf-8")))
        if {"da", "en"} & mapping.keys()
    ]

    assert [text for text in texts if text.keys() != {"da", "en"}] == []
    assert [text for text in texts if not (text["da"].strip() and text["en"].strip())] == []


def test_the_study_says_that_it_is_an_example_without_transcripts() -> None:
    study = load("study")

    assert study["slug"] == "social-capital"
    assert study["status"] == "published_example"
    assert study["transcripts_available"] is False


def test_the_kit_has_eight_sections_and_sixty_three_items() -> None:
    items = kit_items()

    assert len(load("kit")["sections"]) == 8
    assert len(items) == 63
    assert duplicates([item["key"] for item in items]) == []


def test_the_outcome_question_recurs_at_four_places() -> None:
    (outcome,) = load("kit")["recurring"]
    marked = [item["key"] for item in kit_items() if item.get("recurring") == outcome["key"]]

    assert marked == outcome["items"]
    assert len(marked) == 4
    assert [dimension["key"] for dimension in outcome["dimensions"]] == [
        "laering",
        "kvalitet",
        "effektivitet",
        "andet",
    ]


def test_answer_categories_name_codes_that_exist() -> None:
    codes = {code["key"] for code in load("codebook")["codes"]}
    categories = {category["key"]: category for category in load("kit")["answer_categories"]}
    used = {item["answer_categories"] for item in kit_items() if "answer_categories" in item}

    assert used == categories.keys()
    assert [len(category["options"]) for category in categories.values()] == [3, 7]
    assert {
        option["code"] for category in categories.values() for option in category["options"]
    } <= codes


def test_every_kit_item_feeds_questions_and_sections_that_exist() -> None:
    sections = set(template_points().values())
    questions = question_keys()

    for item in kit_items():
        assert set(item["analysis_questions"]) <= questions, item["key"]
        assert item["analysis_questions"], item["key"]
        assert set(item["template_sections"]) <= sections, item["key"]


def test_the_template_has_seven_sections_and_budgets_for_four_of_them() -> None:
    template = load("case_template")
    sections = template["sections"]

    assert [section["page_budget"] for section in sections] == [
        1.0,
        0.25,
        0.25,
        1.5,
        None,
        None,
        None,
    ]
    assert template["total_pages"] == 5
    assert all(section["points"] for section in sections)
    assert {source for section in sections for source in section["source_types"]} == {
        "written",
        "interview",
        "observation",
    }


def test_printed_headings_do_not_address_the_reader_as_you() -> None:
    for section in load("case_template")["sections"]:
        heading = section["printed_heading"]
        assert not re.search(r"\b(I|jer|jeres|du)\b", heading["da"]), section["key"]
        assert not re.search(r"\byou(r)?\b", heading["en"], re.IGNORECASE), section["key"]


def test_the_frame_has_four_purposes_and_nine_questions_in_order() -> None:
    frame = load("analysis_frame")

    assert len(frame["purposes"]) == 4
    assert all(purpose["overall_foci"] for purpose in frame["purposes"])
    assert all(purpose["special_foci"] for purpose in frame["purposes"])
    assert [question["position"] for question in frame["questions"]] == list(range(1, 10))
    assert len(question_keys()) == 9


def test_the_codebook_has_sixty_three_codes_of_which_twenty_at_the_top() -> None:
    codes = load("codebook")["codes"]
    keys = [code["key"] for code in codes]
    tops = {code["key"] for code in codes if code["parent"] is None}

    assert (len(codes), len(tops)) == (63, 20)
    assert duplicates(keys) == []
    assert {code["parent"] for code in codes} - {None} <= tops
    assert {code["origin"] for code in codes} == {"a_priori"}


def test_codes_carry_the_words_of_the_glossary() -> None:
    names = {
        code["key"]: (code["name"]["da"], code["name"]["en"]) for code in load("codebook")["codes"]
    }

    assert names["fremmere"] == ("Fremmere", "Enablers")
    assert names["haemmere"] == ("Hæmmere", "Barriers")
    assert names["forankring"] == ("Forankring", "Anchoring")
    assert names["anledning"] == ("Anledning", "Occasion")
    assert names["kerneopgave"] == ("Kerneopgave", "Core task")
    assert names["kerne_arbejdets"] == ("Arbejdets kerne", "The heart of the work")
    assert names["ildsjaele"] == ("Ildsjæle", "Champions")
    assert names["gev_trossag"] == ("Kvalificeret trossag", "Informed belief")


def test_top_level_colours_differ_and_children_keep_to_their_parents() -> None:
    codes = load("codebook")["codes"]
    colours = {code["key"]: code["colour"] for code in codes}
    tops = [code["colour"] for code in codes if code["parent"] is None]

    assert set(colours.values()) <= set(range(PALETTE_SIZE))
    assert len(set(tops)) == len(tops)
    assert all(hue_distance(first, second) >= LEAST_DISTANCE for first, second in pairwise(tops))
    assert all(
        hue_distance(code["colour"], colours[code["parent"]]) <= 1
        for code in codes
        if code["parent"] is not None
    )


def test_each_code_has_a_rule_and_every_rule_names_keys_that_exist() -> None:
    rules = load("evidence_rules")
    codes = {code["key"] for code in load("codebook")["codes"]}
    points = template_points()

    assert rules["code_points"].keys() == codes
    assert rules["code_analysis_questions"].keys() == codes
    assert rules["question_points"].keys() == {item["key"] for item in kit_items()}
    for heading in ("code_points", "question_points", "document_kind_points"):
        for source, targets in rules[heading].items():
            assert targets, source
            assert set(targets) <= points.keys(), source
    for code, questions in rules["code_analysis_questions"].items():
        assert questions, code
        assert set(questions) <= question_keys(), code


def test_no_point_gathers_more_codes_than_a_writer_can_hold_apart() -> None:
    rules = load("evidence_rules")["code_points"]
    crowd = Counter(point for points in rules.values() for point in points)

    assert {point: n for point, n in crowd.items() if n > MOST_CODES_AT_A_POINT} == {}


def test_a_question_lands_in_the_sections_that_its_kit_item_feeds() -> None:
    points = template_points()
    rules = load("evidence_rules")["question_points"]

    for item in kit_items():
        landed = {points[point] for point in rules[item["key"]]}
        assert landed == set(item["template_sections"]), item["key"]


def test_observations_land_at_the_heart_of_the_work_and_papers_at_the_core_task() -> None:
    points = template_points()
    rules = load("evidence_rules")["document_kind_points"]
    sections = {kind: {points[point] for point in targets} for kind, targets in rules.items()}

    assert sections == {"observation": {"t3_arbejdets_kerne"}, "written": {"t2_kerneopgave"}}


def test_six_cases_hold_twenty_five_interviews() -> None:
    held = interviews()

    assert len(load("cases")["cases"]) == 6
    assert len(held) == 25
    assert duplicates([interview["key"] for interview in held]) == []
    assert {interview["form"] for interview in held} == {
        "individual",
        "pair",
        "group",
        "focus_group",
        "meeting",
        "walk_round",
    }


def test_interviews_name_participants_of_their_own_case_with_the_known_roles() -> None:
    known_roles = {
        "leader",
        "hr",
        "union_representative",
        "safety_representative",
        "employee",
        "other",
    }
    for case in load("cases")["cases"]:
        roles = {person["key"]: person["role"] for person in case["participants"]}
        assert set(roles.values()) <= known_roles
        for visit in case["visits"]:
            for interview in visit["interviews"]:
                named = interview["participants"]
                assert set(named) <= roles.keys(), interview["key"]
                if named:
                    assert interview["actual_count"] == len(named), interview["key"]
                    assert interview["roles"] == sorted({roles[key] for key in named})


def test_case_attributes_are_declared_with_their_type() -> None:
    cases = load("cases")
    declared = {attribute["key"]: attribute for attribute in cases["attributes"]}

    for case in cases["cases"]:
        assert case["attributes"].keys() <= declared.keys(), case["key"]
        for key, value in case["attributes"].items():
            if declared[key]["type"] == "choice":
                assert value in {option["key"] for option in declared[key]["options"]}


def test_nobody_at_a_real_workplace_is_given_words() -> None:
    spoken = {"transcript", "transcripts", "text", "quote", "turns"}
    keys = {key for mapping in every_mapping(load("cases")) for key in mapping}

    assert keys & spoken == set()


def test_every_case_is_read_against_each_criterion_of_the_decided_list() -> None:
    content = load("selection")
    proposed, decided = (
        {criterion["key"] for criterion in version["criteria"]} for version in content["versions"]
    )
    cases = {case["key"] for case in load("cases")["cases"]}
    marks = [(mark["criterion"], mark["case"]) for mark in content["marks"]]

    assert (len(proposed), len(decided), len(marks)) == (6, 9, 66)
    assert len(set(marks)) == len(marks)
    assert {(key, case) for key in decided for case in cases} <= set(marks)
    assert {key for key, _case in marks} - decided == {"f1_niveau", "f6_doegn"}
    assert {case for _key, case in marks} == cases
    assert set(content["contacts"]) < cases
    assert all(mark["evidence"]["da"] and mark["evidence"]["en"] for mark in content["marks"])
