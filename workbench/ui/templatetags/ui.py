"""The components of the interface as template tags.

Each tag declares what it takes; an attribute or tone it does not know is an error. What they look
like together is shown by the style guide page.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Final

from django import template
from django.core.paginator import Page, Paginator
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext, pgettext

from workbench.access.permissions import Permission, permits
from workbench.ui import navigation
from workbench.ui.figures import amount, page_amount, share

register = template.Library()

Text = str | Promise

CODE_COLOURS: Final = 24
TONES: Final = ("quiet", "info", "ok", "warn", "bad")
BUTTON_KINDS: Final = ("plain", "primary", "quiet", "danger")
THEMES: Final = ("light", "dark")
_TONE_OF_MESSAGE: Final = {"success": "ok", "warning": "warn", "error": "bad"}
_TONE_ICONS: Final = {
    "quiet": "info",
    "info": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-x",
}
_ATTRIBUTES: Final = frozenset(
    ("id", "name", "value", "form", "formaction", "title", "rel", "download", "popovertarget")
)
_ATTRIBUTE_PREFIXES: Final = ("data_", "aria_", "hx_")


def _component(name: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", context)


def _one_of(what: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise TemplateSyntaxError(f"Unknown {what} {value!r}: use one of {', '.join(known)}.")
    return value


def _attributes(given: Mapping[str, Any]) -> SafeString:
    """` a="1" b`: True is a bare attribute; False, None and "" leave it out."""
    for name in given:
        if name not in _ATTRIBUTES and not name.startswith(_ATTRIBUTE_PREFIXES):
            raise TemplateSyntaxError(f"Unknown attribute {name!r}.")
    set_ones = [(n.replace("_", "-"), v) for n, v in given.items() if v not in (False, None, "")]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in set_ones
        ),
    )


# Small marks


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """A picture from the sprite; without a label it is decoration and stays silent."""
    source = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, source
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', source)


@register.simple_tag
def badge(label: Text, tone: str = "quiet", icon: str = "") -> SafeString:
    """A state in words; the tone only repeats what the words say."""
    return _component("badge", label=label, tone=_one_of("tone", tone, TONES), icon=icon)


@register.simple_tag
def swatch(colour: int) -> SafeString:
    """The mark of a code; its name must stand beside it."""
    return format_html('<span class="swatch" data-colour="{}"></span>', int(colour) % CODE_COLOURS)


@register.simple_tag
def face(person: Any, name: bool = False, place: int | str | None = None) -> SafeString:
    """A person's initials; `name` writes the name beside them.

    `place` is the member's place on the team: those of one team differ in colour. Outside of a
    study there is none, and the face is plain.
    """
    colour = place % CODE_COLOURS if isinstance(place, int) else None
    return _component("face", person=person, colour=colour, with_name=name)


@register.simple_tag
def page_meter(written: Decimal | float, budget: Decimal | float | None = None) -> SafeString:
    """Pages written of pages allowed; over is shown in words and colour, never blocked."""
    return _component(
        "page_meter",
        written=page_amount(written),
        budget=None if budget is None else page_amount(budget),
        budget_pages=ceil(budget or 0),
        filled=0 if budget is None else share(written, budget),
        over=budget is not None and written > budget,
    )


@register.simple_tag
def progress(value: int, maximum: int, label: Text) -> SafeString:
    """How far long work has come, with the figures in words."""
    return _component("progress", value=value, maximum=maximum, label=label)


@register.filter(expects_localtime=True)
def day(when: dt.date | None) -> str:
    """A date that nobody reads the wrong way round: `25 Nov 2026`."""
    return dateformat.format(when, pgettext("date format", "j M Y")) if when else ""


@register.filter(expects_localtime=True)
def moment(when: dt.datetime | None) -> str:
    """A date with its time of day: `25 Nov 2026, 07:43`."""
    return dateformat.format(when, pgettext("date format", "j M Y, H:i")) if when else ""


@register.filter
def figure(number: int) -> str:
    """A number as the reader's language groups it: `6,054`."""
    return number_format(number, force_grouping=True)


@register.filter
def decimal(number: Decimal) -> str:
    """A measured number in the reader's format: `11.92`."""
    return amount(number)


@register.filter
def first_sentence(text: str) -> str:
    """Up to the first full stop, without it."""
    return text.partition(". ")[0].removesuffix(".")


@register.filter
def page_words(pages: Decimal | float) -> str:
    """A length in words: `¼ page`, `2 pages`."""
    unit = ngettext("%(amount)s page", "%(amount)s pages", 1 if pages <= 1 else 2)
    return unit % {"amount": page_amount(pages)}


# Controls


@register.simple_tag
def button(
    label: Text,
    kind: str = "plain",
    *,
    icon: str = "",
    href: str = "",
    type: str = "submit",
    disabled: bool = False,
    icon_only: bool = False,
    **attributes: Any,
) -> SafeString:
    """A button, or a link that looks like one when `href` is given.

    Further attributes: id, name, value, form, title and the like, and data_*, aria_*, hx_*.
    """
    return _component(
        "button",
        label=label,
        kind=_one_of("button kind", kind, BUTTON_KINDS),
        icon=icon,
        href=href,
        type=type,
        disabled=disabled,
        icon_only=icon_only,
        attributes=_attributes(attributes),
    )


@register.simple_tag
def field(bound: BoundField, hint: Text = "") -> SafeString:
    """A form field: label above, hint under it, error beside the control."""
    widget = bound.field.widget
    grouped = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    ticked = isinstance(widget, CheckboxInput)
    return _component("field", field=bound, hint=hint, grouped=grouped, ticked=ticked)


@register.simple_tag
def form_errors(form: Any, title: Text = "") -> SafeString:
    """What is wrong with the form as a whole; says nothing when nothing is."""
    return _component("form_errors", form=form, title=title)


@register.simple_tag
def drop_zone(bound: BoundField, hint: Text = "") -> SafeString:
    """A file field that also takes dropped files; works as a plain file field without script."""
    return _component("drop_zone", field=bound, hint=hint)


@register.simple_tag
def filter_chip(label: Text, remove_url: str) -> SafeString:
    """One active filter; following it takes the filter away."""
    return _component("filter_chip", label=label, remove_url=remove_url)


# Blocks


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: Text = "") -> SafeString:
    """A standing remark in the page, with an icon for its tone."""
    return _component(
        "notice",
        content=content,
        tone=_one_of("tone", tone, TONES),
        title=title,
        icon=_TONE_ICONS[tone],
    )


@register.simple_block_tag
def empty_state(content: str, title: Text, icon: str = "inbox") -> SafeString:
    """What a page without content is for, and the one next step."""
    return _component("empty_state", content=content, title=title, icon=icon)


@register.simple_block_tag
def table_region(content: str, label: Text) -> SafeString:
    """A wide table that scrolls sideways inside its own named region, also by keyboard."""
    return _component("table_region", content=content, label=label)


@register.simple_block_tag
def menu(
    content: str,
    label: Text,
    icon: str = "",
    icon_only: bool = False,
    align: str = "start",
    of: Any = "",
) -> SafeString:
    """A disclosure with links or buttons; `align` is the edge it hangs from, start or end.

    `of` is added for those who hear the label apart from its row.
    """
    return _component(
        "menu",
        content=content,
        label=label,
        icon=icon,
        icon_only=icon_only,
        of=of,
        align=_one_of("alignment", align, ("start", "end")),
    )


@register.simple_block_tag(takes_context=True)
def confirm_dialog(
    context: Context,
    content: str,
    *,
    id: str,
    title: Text,
    action: str,
    confirm: Text,
    name: str = "",
) -> SafeString:
    """A named confirmation that posts to `action`; with `name`, the person types it first."""
    return render_to_string(
        "components/confirm_dialog.html",
        {
            "content": content,
            "id": id,
            "title": title,
            "action": action,
            "confirm": confirm,
            "name": name,
        },
        request=context.get("request"),
    )


# Ways through pages


@register.simple_tag
def crumb(label: Text, url: str = "") -> SafeString:
    """One link of the chain in the top bar; without a URL it is the page itself."""
    return _component("crumb", label=label, url=url)


@register.simple_tag
def tab(label: Text, url: str, current: bool = False, count: int | None = None) -> SafeString:
    """One tab of a `<nav class="tabs">`; tabs are links, so that each is an address."""
    return _component("tab", label=label, url=url, current=current, count=count)


@register.simple_tag(takes_context=True)
def querystring_for(context: Context, parameter: str, value: Any) -> str:
    """The request's query string with one parameter set; its name may be a variable."""
    query = context["request"].GET.copy()
    query[parameter] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> SafeString:
    """Links to the other pages of a list, keeping the rest of the query string."""
    paginator: Paginator[Any] = page.paginator
    numbers = list(paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return render_to_string(
        "components/pagination.html",
        {
            "page": page,
            "parameter": parameter,
            "numbers": numbers,
            "gap": paginator.ELLIPSIS,
            "request": context["request"],
        },
    )


@register.simple_tag(takes_context=True)
def study_navigation(context: Context) -> list[navigation.Section]:
    """The rail of the study in the context.

    Reads `study`, `member` and `request`; `section` and `nav_counts` when a view gives them.
    """
    member = context["member"]

    def may(permission: Permission) -> bool:
        return permits(member, permission)

    return navigation.sections(
        slug=context["study"].slug,
        path=context["request"].path,
        may=may,
        section=context.get("section") or "",
        counts=context.get("nav_counts"),
    )


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString:
    """` data-theme="dark"` when the person chose a theme; read here, so that no page flashes."""
    request: HttpRequest | None = context.get("request")
    theme = request.COOKIES.get("theme", "") if request else ""
    return format_html(' data-theme="{}"', theme) if theme in THEMES else SafeString("")


@register.filter
def message_tone(level_tag: str) -> str:
    """The tone of a message by Django's level tag."""
    return _TONE_OF_MESSAGE.get(level_tag, "info")


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that stands for a tone."""
    return _TONE_ICONS[tone]
