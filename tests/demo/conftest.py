"""The demo is loaded as its owner would, in a transaction that is rolled back."""

import os
from collections.abc import Generator
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import become


@pytest.fixture(scope="module")
def as_owner(django_db_setup: None, django_db_blocker: Any) -> Generator[None]:
    """History is sealed for portal_app; only the owner of the tables can take example rows out again."""
    app = os.environ["DATABASE_URL"]
    with django_db_blocker.unblock():
        become(os.environ.get("DATABASE_OWNER_URL") or app)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            become(app)
