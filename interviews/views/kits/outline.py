"""The interview guide: read it, paste it, arrange it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from interviews.domain.kits import (
    ITEMS,
    add_items,
    change_item,
    describe_kit,
    kit_state,
    state_of,
)
from interviews.domain.queries.outlines import kit_outline
from interviews.formats.outlines import OutlineLine, write_outline
from interviews.forms.kits import KitForm, KitItemForm
from interviews.models import Kit, KitItem
from interviews.views.outlines import (
    AddView,
    Entry,
    EntryPart,
    EntryView,
    MoveView,
    OutlineView,
    PasteView,
    PlanPart,
    Preview,
    RemoveView,
    RestoreView,
    both,
    counted_questions,
    counted_sections,
    numbered,
)
from workbench.views.changing import ChangingView, Difference


class ItemPart(EntryPart):
    page = "kit"
    word = "item"
    way_back = "kit_item_restore"
    verbs = ITEMS


class KitView(OutlineView):
    template_name = "interviews/kit_page.html"
    parts = (ItemPart,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(outline=kit_outline(self.study), on_outline=True, **kwargs)


class KitPasteView(PasteView):
    page = "kit"
    page_label = _("Interview guide")
    heading = _("Paste an interview guide")
    rule = _("The outermost lines become sections, the lines under them questions.")
    example = _("1. Your workplace\n1.1 What do you do here?\n1.2 How many are you?")

    @cached_property
    def kit(self) -> Kit | None:
        return Kit.objects.filter(study=self.study).first()

    def present_title(self) -> str:
        return self.kit.title if self.kit else ""

    def look(self, lines: list[OutlineLine]) -> Preview:
        live = KitItem.objects.filter(kit=self.kit, depth=0, removed_at__isnull=True)
        printed = numbered(lines, after=live.count())
        sections = sum(line.depth == 0 for line in lines)
        questions = len(lines) - sections
        return Preview(
            entries=[
                Entry(line.text, line.depth, number)
                for line, number in zip(lines, printed, strict=True)
            ],
            counted=both(counted_sections(sections), counted_questions(questions), questions),
        )

    def add(self, lines: list[OutlineLine], title: str) -> None:
        add_items(member=self.member, lines=lines, title=title)


class KitAddView(AddView):
    page = "kit"

    def add(self, lines: list[OutlineLine]) -> UUID:
        return add_items(member=self.member, lines=lines)[0].pk


class KitItemAddView(ItemPart, AddView):
    def add(self, lines: list[OutlineLine]) -> UUID:
        return add_items(member=self.member, lines=lines, under=self.kwargs["item"])[0].pk


class KitChangeView(PlanPart, ChangingView):
    """The guide's title and answer categories."""

    page = "kit"
    form_class = KitForm
    template_name = "interviews/kit_form.html"
    saved_message = _("The guide is saved.")

    @cached_property
    def kit(self) -> Kit:
        return Kit.objects.filter(study=self.study).first() or Kit(study=self.study)

    def state(self) -> dict[str, Any]:
        return kit_state(self.kit)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"categories": categories_text(self.kit.answer_categories)}

    def save(self, form: KitForm) -> str:
        data = form.cleaned_data
        describe_kit(
            member=self.member,
            seen=form.mark,
            title=data["title"],
            categories=data["categories"],
        )
        return self.back()

    def differences(self, form: KitForm, theirs: dict[str, Any]) -> list[Difference]:
        title, categories = form["title"], form["categories"]
        stored = (theirs["title"], categories_text(theirs["categories"]))
        yours = (form.cleaned_data["title"], write_outline(form.cleaned_data["categories"]))
        return [
            Difference(bound.label, one, other)
            for bound, one, other in zip((title, categories), stored, yours, strict=True)
            if one != other
        ]


def categories_text(categories: list[dict[str, Any]]) -> str:
    """The answer categories as the outline that the form takes back."""
    lines = []
    for category in categories:
        lines.append(OutlineLine(category["label"]))
        lines += [OutlineLine(option["label"], 1) for option in category["options"]]
    return write_outline(lines)


class KitItemView(ItemPart, EntryView):
    """One item: its wording and what it feeds."""

    form_class = KitItemForm
    template_name = "interviews/kit_item_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "study": self.study}

    def state(self) -> dict[str, Any]:
        return state_of(self.entry)

    def save(self, form: KitItemForm) -> str:
        data = form.cleaned_data
        item = change_item(
            member=self.member,
            item_id=self.entry.pk,
            seen=form.mark,
            text=data["text"],
            recurrence=data["recurrence"],
            categories=data.get("categories", ()),
            questions=data["questions"],
            sections=data["sections"],
        )
        return self.back(item.pk)


class KitItemMoveView(ItemPart, MoveView):
    pass


class KitItemRemoveView(ItemPart, RemoveView):
    pass


class KitItemRestoreView(ItemPart, RestoreView):
    pass
