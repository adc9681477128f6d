"""The rail of a study as plain data: what stands in it, in the order the work is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workbench.access.permissions import Permission


@dataclass(frozen=True)
class Page:
    """A place in the rail; `url_name` takes the study's slug and doubles as the page's key."""

    label: Promise
    url_name: str
    permission: Permission = Permission.STUDY_READ


@dataclass(frozen=True)
class Group:
    """Pages under one heading; without a label they stand at the foot, after a hairline."""

    label: Promise | None
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Item:
    """A page as one member sees it. `current` is "page", "section" (a page below it) or ""."""

    key: str
    label: Promise
    url: str
    current: str
    count: int | None


@dataclass(frozen=True)
class Section:
    """A group as one member sees it."""

    label: Promise | None
    items: tuple[Item, ...]


GROUPS: Final = (
    Group(
        _("Prepare"),
        (
            Page(_("Guide"), "kit"),
            Page(_("Template"), "template"),
            Page(_("Questions"), "questions"),
            Page(_("Mapping"), "map"),
            Page(_("Selection"), "selection"),
        ),
    ),
    Group(
        _("Material"),
        (
            Page(_("Cases"), "cases"),
            Page(_("Material"), "documents"),
            Page(_("Measurements"), "measurements"),
        ),
    ),
    Group(
        _("Analyse"),
        (
            Page(_("Codebook"), "codebook"),
            Page(_("Excerpts"), "excerpts"),
            Page(_("Memos"), "memos"),
        ),
    ),
    Group(
        _("Write"),
        (
            Page(_("Case descriptions"), "drafts"),
            Page(_("Reviews"), "reviews"),
            Page(_("Across cases"), "across"),
        ),
    ),
    Group(
        None,
        (
            Page(_("Team"), "members"),
            Page(_("Export"), "export", Permission.EXPORT),
            Page(_("History"), "history", Permission.HISTORY_READ),
            Page(_("Settings"), "study_settings", Permission.STUDY_MANAGE),
        ),
    ),
)


def sections(
    *,
    slug: str,
    path: str,
    may: Callable[[Permission], bool],
    section: str = "",
    counts: Mapping[str, int] | None = None,
) -> list[Section]:
    """The rail for one request.

    `path` is the request's path: the page with the longest matching URL is the current one, so
    that a document's page lights up *Material*. `section` names a page's key where the address
    does not tell. `counts` holds figures by key; keys without a figure show none. Groups without
    a permitted page are left out.
    """
    urls = {page.url_name: reverse(page.url_name, kwargs={"slug": slug}) for page in _pages()}
    here = section or _closest(urls, path)
    figures = counts or {}

    def item(page: Page) -> Item:
        url = urls[page.url_name]
        exact = "page" if url == path else "section"
        current = exact if page.url_name == here else ""
        return Item(page.url_name, page.label, url, current, figures.get(page.url_name))

    shown = (
        Section(group.label, tuple(item(page) for page in group.pages if may(page.permission)))
        for group in GROUPS
    )
    return [group for group in shown if group.items]


def _pages() -> tuple[Page, ...]:
    return tuple(page for group in GROUPS for page in group.pages)


def _closest(urls: Mapping[str, str], path: str) -> str:
    below = [name for name, url in urls.items() if path.startswith(url)]
    return max(below, key=lambda name: len(urls[name]), default="")
