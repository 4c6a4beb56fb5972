"""A new SECRET_KEY takes over without anybody noticing, as long as the old one is among SECRET_KEY_FALLBACKS."""

from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from django.core import signing
from django.test import Client

from seniorportal import links
from seniorportal.accounts import adapter
from seniorportal.models import Link, User
from seniorportal.public import forms
from tests.accounts.people import give_factor, sign_in
from tests.cast import City

pytestmark = pytest.mark.django_db
NEW = "ein-ganz-neuer-" + "y" * 50


@pytest.fixture
def rotate(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As a restart with another environment."""

    def to(new: str, *kept: str) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, list(kept)
        adapter._box.cache_clear()
        monkeypatch.setattr(forms, "SIGNER", signing.TimestampSigner(salt="formular"))

    yield to
    adapter._box.cache_clear()


def test_sessions_forms_sheets_codes_and_factors_go_on(city: City, cheap: Any, rotate: Any):
    old = cheap.SECRET_KEY
    user = User.objects.create_user("eins")
    sealed = give_factor(user)
    here = sign_in(user)
    stamp = forms.new_stamp()
    sheet = Link.objects.filter(kind=Link.Kind.WALL, venue=city.hoerde.hall).first()
    hall = Link.objects.filter(kind=Link.Kind.CANCEL, venue=city.hoerde.hall).first()
    token, spoken = links.token(sheet), links.code(hall)

    def all_good() -> list[bool]:
        try:
            opened = bool(get_adapter().decrypt(sealed.data["secret"]))
        except Exception:
            opened = False
        return [
            here.get("/uebersicht/").status_code == 200,
            forms.read_stamp(stamp)[0] is not None,
            links.bearer(token, Link.Kind.WALL) is not None,
            links.bearer_of_code(city.hoerde.hall, spoken) is not None,
            opened,
        ]

    assert all_good() == [True] * 5
    rotate(NEW, old)
    assert all_good() == [True] * 5
    # What is made now hangs on the new one alone.
    fresh, again = forms.new_stamp(), Client()
    sign_in(User.objects.create_user("drei"), again)
    rotate(NEW)
    assert forms.read_stamp(fresh)[0] is not None
    assert again.get("/uebersicht/").status_code == 200
    assert all_good()[1:] == [False] * 4, "and the old one opens nothing any more"


def test_a_code_of_the_second_factor_is_taken_under_the_new_key(cheap: Any, rotate: Any):
    user = User.objects.create_user("zwei", password=None)
    give_factor(user)
    rotate(NEW, cheap.SECRET_KEY)
    client = sign_in(user)
    assert client.get("/uebersicht/").status_code == 200
