"""What is over goes by the hand of the owner of the tables; nobody else may touch a history."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import become


@pytest.fixture
def as_portal_owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        become(os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"])
    yield
    with django_db_blocker.unblock():
        become(os.environ["DATABASE_URL"])


@pytest.fixture
def owner_db(as_portal_owner: None, db: None, settings: Any, tmp_path: Path) -> None:
    """A test in one transaction of portal_owner, with a ledger of its own. Not together with the mark django_db."""
    settings.HOME = tmp_path
