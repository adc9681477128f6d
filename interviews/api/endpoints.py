"""The API of field work: one router of its nouns' routers."""

from ninja import Router

from interviews.api import cases, documents

router = Router()
for _noun in (cases, documents):
    router.add_router("", _noun.router)
