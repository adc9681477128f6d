"""The codebook: the tree with its counts, a code to read beside it, and what changes them."""

from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from coding.domain.codebook import (
    DEFINITION_FIELDS,
    add_code,
    add_outline,
    any_code,
    code_of,
    define_code,
    look_at_outline,
    merge_codes,
    move_code,
    next_colour,
    place_code,
    remove_code,
    restore_code,
    state_of,
)
from coding.domain.evidence import set_code_rules, stands_for
from coding.domain.queries.codebook import (
    code_tree,
    coding_counts,
    live_codes,
    questions_fed,
    removed_codes,
    rule_choices,
    unplaced_codes,
    walk,
)
from coding.domain.queries.codebook_versions import (
    versions_of,
)
from coding.domain.queries.evidence import rules_state
from coding.domain.queries.memos import memos_on
from coding.forms.codebook import (
    CodeForm,
    CodesForm,
    MergeForm,
    NewCodeForm,
    PlaceForm,
    ReasonForm,
    RulesForm,
)
from coding.models import Code
from interviews.domain.arrangements import Move
from interviews.formats.outlines import numbers
from workbench.access.permissions import Permission
from workbench.access.views import StudyView
from workbench.domain.rows import seal
from workbench.errors import Conflict, Invalid
from workbench.views.changing import ChangingView


class CodebookView(StudyView, TemplateView):
    """Every code with what it means; the address of a code shows it beside the tree."""

    permission = Permission.STUDY_READ
    template_name = "coding/codebook_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tree = code_tree(self.member)
        nodes = list(walk(tree))
        codes = [node.code for node in nodes]
        shown = {
            "tree": tree,
            "nodes": nodes,
            "version": versions_of(self.member).first(),
            "undefined": sum(not code.is_defined for code in codes),
            "unplaced": len(unplaced_codes(self.member, codes)),
            "removed": removed_codes(self.member),
            "may_add": self.may(Permission.CODE_ADD),
            "may_write": self.may(Permission.CODEBOOK_WRITE),
        }
        return super().get_context_data(**kwargs | shown)


class CodeView(CodebookView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = code_of(member=self.member, code_id=self.kwargs["code"])
        context = super().get_context_data(**kwargs)
        node = next(each for each in context["nodes"] if each.code.pk == code.pk)
        choices = rule_choices(self.member, code)
        return context | {
            "code": code,
            "node": node,
            "places": stands_for(self.study.pk, [code.pk]),
            "inherits": not choices.own_points,
            "questions": questions_fed(self.member, code),
            "inherits_questions": not choices.own_questions,
            "rules_form": rules_form(self, code, None),
            "memos": memos_on(member=self.member, noun="code", subject=code.pk),
            "moves": MOVES,
        }


MOVES = (
    (Move.UP, gettext_lazy("Move up"), "arrow-up"),
    (Move.DOWN, gettext_lazy("Move down"), "arrow-down"),
    (Move.IN, gettext_lazy("Under the one above"), "arrow-right"),
    (Move.OUT, gettext_lazy("One level out"), "arrow-left"),
)


def rules_form(view: StudyView, code: Code, data: Any) -> RulesForm:
    choices = rule_choices(view.member, code)
    return RulesForm(
        data,
        points=choices.points,
        questions=choices.questions,
        initial={
            "points": choices.own_points,
            "questions": choices.own_questions,
            "seen": seal(rules_state(choices.own_points, choices.own_questions)),
        },
    )


class InCodebook(StudyView):
    """What changes the codebook; the code is named by the address."""

    permission = Permission.CODEBOOK_WRITE

    @cached_property
    def code(self) -> Code:
        return code_of(member=self.member, code_id=self.kwargs["code"])

    def at(self, code: Code | None) -> str:
        """The codebook, with the code open in it."""
        keys = {"slug": self.study.slug}
        if code is None:
            return reverse("codebook", kwargs=keys)
        return reverse("code", kwargs={**keys, "code": code.pk})


class CodeNewView(InCodebook, ChangingView):
    permission = Permission.CODE_ADD
    form_class = NewCodeForm
    template_name = "coding/code_form.html"
    saved_message = gettext_lazy("The code is in the codebook.")

    def get_initial(self) -> dict[str, Any]:
        under = self.request.GET.get("under", "")
        parent = next((each for each in live_codes(self.member) if str(each.pk) == under), None)
        return {"parent": under, "colour": next_colour(self.study.pk, parent)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"codes": live_codes(self.member)}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        parent = given["parent"]
        code = add_code(
            member=self.member,
            name=given["name"],
            parent=code_of(member=self.member, code_id=parent) if parent else None,
            colour=given["colour"] if "colour" in form.changed_data else None,
            shortcut=given["shortcut"],
            definition={name: given[name] for name in DEFINITION_FIELDS},
        )
        return self.at(code)


class CodeEditView(InCodebook, ChangingView):
    form_class = CodeForm
    template_name = "coding/code_form.html"
    saved_message = gettext_lazy("Saved.")

    def state(self) -> dict[str, Any]:
        return state_of(self.code)

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"codes": live_codes(self.member), "code": self.code}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(code=self.code, **kwargs)

    def save(self, form: Any) -> str:
        given = dict(form.cleaned_data)
        given.pop("seen")
        reason = given.pop("reason")
        code = define_code(
            member=self.member, code=self.code, reason=reason, seen=form.mark, **given
        )
        return self.at(code)


class WithReason(InCodebook, ChangingView):
    """A change that is explained before it is made."""

    template_name = "coding/code_change.html"
    heading: ClassVar[str | Promise]
    consequence: ClassVar[str | Promise]
    confirm: ClassVar[str | Promise]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        codings = coding_counts(self.member).get(self.code.pk, 0)
        return super().get_context_data(
            code=self.code,
            heading=self.heading,
            consequence=self.consequence,
            confirm=self.confirm,
            codings=codings,
            **kwargs,
        )

    def others(self) -> list[Code]:
        """The codes that do not stand under this one."""
        under = f"{self.code.path} / "
        return [
            each
            for each in live_codes(self.member)
            if each.pk != self.code.pk and not each.path.startswith(under)
        ]


class CodePlaceView(WithReason):
    form_class = PlaceForm
    heading = gettext_lazy("Move to another place")
    consequence = gettext_lazy("Everything under it moves along. Codings stay as they are.")
    confirm = gettext_lazy("Move")
    saved_message = gettext_lazy("Moved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"codes": self.others()}

    def get_initial(self) -> dict[str, Any]:
        return {"parent": self.code.parent_id or ""}

    def save(self, form: Any) -> str:
        parent = form.cleaned_data["parent"]
        place_code(
            member=self.member,
            code=self.code,
            parent=code_of(member=self.member, code_id=parent) if parent else None,
            reason=form.cleaned_data["reason"],
        )
        return self.at(self.code)


class CodeMergeView(WithReason):
    form_class = MergeForm
    heading = gettext_lazy("Merge into another code")
    consequence = gettext_lazy(
        "Its codings, memos and the codes under it move to the other code. Where one person has "
        "coded the same words with both, the earlier coding stays."
    )
    confirm = gettext_lazy("Merge")
    saved_message = gettext_lazy("Merged.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"codes": self.others()}

    def save(self, form: Any) -> str:
        target = code_of(member=self.member, code_id=form.cleaned_data["target"])
        reason = form.cleaned_data["reason"]
        merge_codes(member=self.member, source=self.code, target=target, reason=reason)
        return self.at(target)


class CodeRemoveView(WithReason):
    form_class = ReasonForm
    heading = gettext_lazy("Remove from the codebook")
    consequence = gettext_lazy("Only a code without codings can be removed. It can come back.")
    confirm = gettext_lazy("Remove")
    saved_message = gettext_lazy("Removed. It can be restored at the foot of the codebook.")

    def save(self, form: Any) -> str:
        remove_code(member=self.member, code=self.code, reason=form.cleaned_data["reason"])
        return self.at(None)


class CodeMoveView(InCodebook):
    def post(self, request: HttpRequest, slug: str, code: UUID) -> HttpResponse:
        try:
            way = Move(request.POST.get("way", ""))
        except ValueError:
            raise Invalid(_("That cannot be done here.")) from None
        move_code(member=self.member, code=self.code, way=way)
        return redirect(f"{self.at(self.code)}#moves")


class CodeRestoreView(InCodebook):
    def post(self, request: HttpRequest, slug: str, code: UUID) -> HttpResponse:
        found = any_code(member=self.member, code_id=code)
        restored = restore_code(member=self.member, code=found)
        messages.success(request, _("“%(code)s” is back.") % {"code": restored.name})
        return redirect(self.at(restored))


class CodeRulesView(InCodebook):
    def post(self, request: HttpRequest, slug: str, code: UUID) -> HttpResponse:
        form = rules_form(self, self.code, request.POST)
        if not form.is_valid():
            raise Invalid(_("A point or question is no longer there. Load the page again."))
        given = {name: form.cleaned_data[name] for name in ("points", "questions")}
        try:
            set_code_rules(member=self.member, code=self.code, seen=form.mark, **given)
        except Conflict as refused:
            messages.warning(request, refused.message)
            return redirect(f"{self.at(self.code)}#rules")
        messages.success(request, _("Saved."))
        return redirect(self.at(self.code))


class CodebookPasteView(InCodebook, FormView[CodesForm]):
    """Paste, look at what will be added, add it."""

    form_class = CodesForm
    template_name = "coding/codebook_paste.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        example = _(
            "Enablers: what helps the work along\n\tCloseness – they know each other\nBarriers"
        )
        return super().get_context_data(
            page_label=_("Codebook"),
            heading=_("Paste a codebook"),
            rule=_(
                "One code a line; what is indented stands under the line above. Names that are"
                " in the codebook already stay as they are."
            ),
            nothing_new=_("All of it is in the codebook already"),
            back=self.at(None),
            example=example,
            **kwargs,
        )

    def form_valid(self, form: CodesForm) -> HttpResponse:
        saving = "save" in self.request.POST
        try:
            if not saving:
                return self._preview(form)
            made = add_outline(member=self.member, codes=form.codes())
        except Invalid as refused:
            form.add_error("outline", str(refused.message))
            return self.form_invalid(form)
        said = ngettext("%(n)s code added.", "%(n)s codes added.", len(made)) % {"n": len(made)}
        messages.success(self.request, said)
        return redirect(self.at(None))

    def _preview(self, form: CodesForm) -> HttpResponse:
        pasted = look_at_outline(self.member, form.codes())
        new = sum(not each.is_there for each in pasted)
        context = self.get_context_data(
            form=form.shown_again(),
            preview=list(zip(numbers([each.code.depth for each in pasted]), pasted, strict=True)),
            add=ngettext("Add %(n)s code", "Add %(n)s codes", new) % {"n": new} if new else "",
        )
        return self.render_to_response(context)
