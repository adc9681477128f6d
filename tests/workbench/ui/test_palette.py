"""The 24 code colours carry text in both themes, and neighbours are told apart."""

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest

from workbench import ui
from workbench.ui.templatetags.ui import CODE_COLOURS

pytestmark = pytest.mark.pure

CSS = Path(ui.__file__).parent / "static" / "ui" / "css"
Linear = tuple[float, float, float]
THEMES = {"light": 0, "dark": 1}

# Severity 1.0 of Machado, Oliveira and Fernandes (2009).
SIGHT = {
    "typical": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def from_oklch(lightness: float, chroma: float, hue: float) -> Linear:
    """Linear sRGB of an OKLCH colour (Ottosson 2020), clipped to the screen."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return (clip(red), clip(green), clip(blue))


def from_hex(text: str) -> Linear:
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (linear(red), linear(green), linear(blue))


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def contrast(one: Linear, other: Linear) -> float:
    """WCAG 2.2 contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def seen(colour: Linear, sight: str) -> tuple[float, float, float]:
    """OKLab of the colour as a person with this sight sees it."""
    red, green, blue = (
        clip(sum(weight * part for weight, part in zip(row, colour, strict=True)))
        for row in SIGHT[sight]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def code_colours(part: str, theme: str) -> list[Linear]:
    pattern = rf"--code-(\d+)-{part}: light-dark\(oklch\((.+?)\), oklch\((.+?)\)\);"
    found = re.findall(pattern, (CSS / "colours.css").read_text())
    assert [int(number) for number, *_ in found] == list(range(CODE_COLOURS))
    chosen = (pair[1 + THEMES[theme]] for pair in found)
    return [from_oklch(*(float(figure) for figure in text.split())) for text in chosen]


def token(name: str, theme: str) -> Linear:
    match = re.search(
        rf"--{name}: light-dark\((#\w{{6}}), (#\w{{6}})\);", (CSS / "tokens.css").read_text()
    )
    assert match, name
    return from_hex(match.group(1 + THEMES[theme]))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-2"])
def test_words_on_every_tint_reach_aa(theme: str, ink: str) -> None:
    ratios = [contrast(token(ink, theme), tint) for tint in code_colours("tint", theme)]
    assert min(ratios) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet"])
def test_every_edge_stands_out_from_the_ground(theme: str, ground: str) -> None:
    ratios = [contrast(token(ground, theme), edge) for edge in code_colours("edge", theme)]
    assert min(ratios) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "sheet"])
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "accent", "info", "warn", "bad"])
def test_every_ink_reaches_aa(theme: str, ground: str, ink: str) -> None:
    assert contrast(token(ink, theme), token(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_neighbouring_edges_are_told_apart(theme: str, sight: str) -> None:
    edges = [seen(edge, sight) for edge in code_colours("edge", theme)]
    assert min(math.dist(one, other) for one, other in pairwise(edges)) >= 0.1
