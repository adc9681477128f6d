"""A closed set is kept in a column that holds the longest of its words, on every database."""

import pytest
from django.apps import apps
from django.db.models import CharField, CheckConstraint, Q

CLOSED = [
    (model, name, values)
    for model in apps.get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q)
    for child in constraint.condition.children
    if isinstance(child, tuple)
    for name, found, values in [(*str(child[0]).partition("__in")[:2], child[1])]
    if found and isinstance(model._meta.get_field(name), CharField)
]


@pytest.mark.pure
def test_every_word_of_a_closed_set_fits_its_column() -> None:
    assert len(CLOSED) > 20
    for model, name, values in CLOSED:
        column = model._meta.get_field(name)
        assert isinstance(column, CharField)
        assert column.max_length is not None
        too_long = [value for value in values if len(value) > column.max_length]
        assert not too_long, f"{model.__name__}.{name}"
