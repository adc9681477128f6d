"""The API of analysis: one router of its nouns' routers."""

from ninja import Router

from coding.api import (
    case_drafts,
    codebook,
    codings,
    cross_case,
    excerpts,
    memos,
    revisions,
    surface,
)

router = Router()
for _noun in (case_drafts, codebook, codings, cross_case, excerpts, memos, revisions, surface):
    router.add_router("", _noun.router)
