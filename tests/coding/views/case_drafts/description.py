"""The description of the one case: its address, and the passage that is coded in it."""

from typing import Any

from django.urls import reverse

SAID = "tavlen er øh, visket ud"


def address(name: str = "draft", **more: Any) -> str:
    query = more.pop("query", None)
    return reverse(name, kwargs={"slug": "study", "key": "tofteby", **more}, query=query)
