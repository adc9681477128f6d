"""The interview guide: arrange it, see what was asked, read one question across."""

from interviews.views.kits.adapting import (
    CaseGuideItemView,
    CaseGuidePrintView,
    CaseGuideView,
    CaseGuideWordView,
)
from interviews.views.kits.outline import (
    KitAddView,
    KitChangeView,
    KitItemAddView,
    KitItemMoveView,
    KitItemRemoveView,
    KitItemRestoreView,
    KitItemView,
    KitPasteView,
    KitView,
)
from interviews.views.kits.reading import KitAnswersView, KitCoverageView
from interviews.views.kits.versions import KitVersionsView, KitVersionView

__all__ = [
    "CaseGuideItemView",
    "CaseGuidePrintView",
    "CaseGuideView",
    "CaseGuideWordView",
    "KitAddView",
    "KitAnswersView",
    "KitChangeView",
    "KitCoverageView",
    "KitItemAddView",
    "KitItemMoveView",
    "KitItemRemoveView",
    "KitItemRestoreView",
    "KitItemView",
    "KitPasteView",
    "KitVersionView",
    "KitVersionsView",
    "KitView",
]
