"""Pages of coding; mounted under a study's address."""

from django.urls import path

from coding.views import (
    case_drafts,
    codebook,
    codebook_versions,
    cross_case,
    documents,
    evidence,
    excerpts,
    exports,
    jump,
    memos,
    overview,
    reviews,
    revisions,
)

DRAFT = "cases/<slug:key>/draft/"
SECTION = f"{DRAFT}sections/<slug:section>/"

DRAFTS = [
    path("drafts/", case_drafts.DraftsView.as_view(), name="drafts"),
    path("reviews/", reviews.ReviewsView.as_view(), name="reviews"),
    path("template/rules/", evidence.EvidenceRulesView.as_view(), name="evidence_rules"),
    path(DRAFT, case_drafts.DraftPageView.as_view(), name="draft"),
    path(f"{DRAFT}file/", case_drafts.DraftFileView.as_view(), name="draft_file"),
    path(f"{DRAFT}evidence/", evidence.EvidenceMarkView.as_view(), name="draft_evidence"),
    path(f"{DRAFT}submit/", reviews.DraftSubmitView.as_view(), name="draft_submit"),
    path(f"{DRAFT}decision/", reviews.DraftDecisionView.as_view(), name="draft_decision"),
    path(SECTION, case_drafts.SectionWriteView.as_view(), name="draft_section"),
    path(f"{SECTION}versions/", case_drafts.SectionVersionsView.as_view(), name="draft_versions"),
    path(f"{SECTION}comments/", reviews.SectionCommentView.as_view(), name="draft_comment"),
    path(
        f"{DRAFT}comments/<uuid:comment>/resolve/",
        reviews.CommentResolveView.as_view(),
        name="comment_resolve",
    ),
    path(
        f"{SECTION}citations/<int:number>/",
        case_drafts.QuotePrintView.as_view(),
        name="draft_citation",
    ),
]

CODE = "codebook/<uuid:code>/"

CODEBOOK = [
    path("codebook/", codebook.CodebookView.as_view(), name="codebook"),
    path("codebook/new/", codebook.CodeNewView.as_view(), name="code_new"),
    path("codebook/paste/", codebook.CodebookPasteView.as_view(), name="codebook_paste"),
    path(
        "codebook/versions/",
        codebook_versions.CodebookVersionsView.as_view(),
        name="codebook_versions",
    ),
    path(
        "codebook/versions/<int:number>/",
        codebook_versions.CodebookVersionView.as_view(),
        name="codebook_version",
    ),
    path(CODE, codebook.CodeView.as_view(), name="code"),
    path(f"{CODE}edit/", codebook.CodeEditView.as_view(), name="code_edit"),
    path(f"{CODE}move/", codebook.CodeMoveView.as_view(), name="code_move"),
    path(f"{CODE}place/", codebook.CodePlaceView.as_view(), name="code_place"),
    path(f"{CODE}merge/", codebook.CodeMergeView.as_view(), name="code_merge"),
    path(f"{CODE}remove/", codebook.CodeRemoveView.as_view(), name="code_remove"),
    path(f"{CODE}restore/", codebook.CodeRestoreView.as_view(), name="code_restore"),
    path(f"{CODE}rules/", codebook.CodeRulesView.as_view(), name="code_rules"),
]

MEMOS = [
    path("memos/", memos.MemosView.as_view(), name="memos"),
    path("memos/new/", memos.MemoNewView.as_view(), name="memo_new"),
    path("memos/<uuid:memo>/edit/", memos.MemoEditView.as_view(), name="memo_edit"),
    path("memos/<uuid:memo>/remove/", memos.MemoRemoveView.as_view(), name="memo_remove"),
]

TEXT = "documents/<uuid:document>/"

TEXTS = [
    path(f"{TEXT}text/", revisions.TextView.as_view(), name="text"),
    path(f"{TEXT}text/<int:number>/", revisions.TurnCorrectView.as_view(), name="turn_correct"),
    path(f"{TEXT}unplaced/", revisions.QuarantineView.as_view(), name="quarantine"),
    path(
        f"{TEXT}unplaced/<uuid:excerpt>/",
        revisions.QuarantineDecideView.as_view(),
        name="quarantine_decide",
    ),
    path(f"{TEXT}versions/", revisions.CompareRevisionsView.as_view(), name="revisions"),
]

urlpatterns = [
    *DRAFTS,
    *CODEBOOK,
    *MEMOS,
    *TEXTS,
    path("documents/<uuid:document>/", documents.DocumentView.as_view(), name="document"),
    path("export/", exports.ExportView.as_view(), name="export"),
    path("across/", cross_case.AcrossView.as_view(), name="across"),
    path("across/<slug:question>/<slug:key>/", cross_case.CellPageView.as_view(), name="cell"),
    path("excerpts/", excerpts.ExcerptsView.as_view(), name="excerpts"),
    path("", overview.OverviewView.as_view(), name="study_overview"),
    path("jump/", jump.JumpView.as_view(), name="jump"),
]
