"""On which devices somebody is signed in: no address, one's own only, one click to end them."""

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from seniorenbuero.desk import shift
from seniorportal import links
from seniorportal.accounts import sessions
from seniorportal.models import LoginSession, User
from tests.accounts.people import PASSWORD, sign_in
from tests.public.html import check_page

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.6 Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (FIREFOX, "Firefox, Linux"),
        (IPHONE, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        ("", "Unbekanntes Gerät"),
    ],
)
def test_a_device_is_named_without_following_it(agent, said):
    assert sessions.device(agent) == said


def browser(user, agent):
    return sign_in(user, Client(headers={"user-agent": agent}))


def test_the_list_and_ending_all_others(cheap):
    user, other = User.objects.create_user("eins"), User.objects.create_user("zwei")
    here = browser(user, FIREFOX)
    here_key = here.session.session_key
    # a second login with the same password must not change it: the hash in the session would no longer fit
    phone = Client(headers={"user-agent": IPHONE})
    phone.post(reverse("account_login"), {"login": "eins", "password": PASSWORD})
    strange = browser(other, EDGE)
    content = here.get(reverse("entry:sessions")).content.decode()
    page = check_page(content)
    assert "Firefox, Linux" in page.text and "Safari, iPhone" in page.text and "Edge" not in page.text
    assert "127.0.0.1" not in content and here_key not in content
    assert not [f.name for f in LoginSession._meta.fields if "ip" in f.name.split("_")]
    foreign = sessions.mark(LoginSession.objects.get(user=other))
    assert here.post(reverse("entry:sessions"), {"sitzung": foreign}).status_code == 404
    assert here.post(reverse("entry:sessions"), {"alle": "1"}).status_code == 302
    assert phone.get("/uebersicht/").status_code == 302
    assert here.get("/uebersicht/").status_code == strange.get("/uebersicht/").status_code == 200


def test_ending_one(cheap):
    user = User.objects.create_user("eins")
    here = browser(user, FIREFOX)
    phone = Client(headers={"user-agent": IPHONE})
    phone.post(reverse("account_login"), {"login": "eins", "password": PASSWORD})
    mark = sessions.mark(LoginSession.objects.get(session_key=phone.session.session_key))
    here.post(reverse("entry:sessions"), {"sitzung": mark})
    assert phone.get("/uebersicht/").status_code == 302
    own = sessions.mark(LoginSession.objects.get(session_key=here.session.session_key))
    assert here.post(reverse("entry:sessions"), {"sitzung": own})["Location"] == reverse("account_logout")


def test_a_new_password_ends_the_sessions_elsewhere(cheap):
    user = User.objects.create_user("eins")
    here = browser(user, FIREFOX)
    phone = Client()
    phone.post(reverse("account_login"), {"login": "eins", "password": PASSWORD})
    new = "vier-ganz-neue-Worte"
    answer = here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get("/uebersicht/").status_code == 200
    assert phone.get("/uebersicht/").status_code == 302
    assert [row.session_key for row in sessions.of(user)] == [here.session.session_key], "none is listed on"


@pytest.mark.parametrize("way", ["changed", "reset"])
def test_a_new_password_ends_the_open_log(cheap, city, way):
    user = city.people["tandem-hoerde"]
    user.email = "tandem@beispiel.invalid"
    user.save()
    here = browser(user, FIREFOX)
    log = shift.begin(user, city.hoerde.office)
    desk = Client()
    desk.cookies[shift.COOKIE] = links.token(log)
    entry = reverse("desk:log")
    assert desk.get(entry).status_code == 200
    new = "vier-ganz-neue-Worte"
    if way == "changed":
        page = reverse("account_change_password")
        here.post(page, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    else:
        user.refresh_from_db()
        key = EmailAwarePasswordResetTokenGenerator().make_token(user)
        stranger = Client()
        first = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
        page = stranger.get(first)["Location"]
        stranger.post(page, {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert desk.get(entry).status_code == 302
    log.refresh_from_db()
    assert log.revoked_at is not None
