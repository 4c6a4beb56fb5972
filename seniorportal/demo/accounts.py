"""The nine demo logins, one a role and a place; the people behind them do not exist."""

import os

from django.contrib.auth.hashers import make_password

from seniorportal.models import Carrier, District, Membership, Role, User, Venue

# login, display name, role, and what it is bound to: carrier, district or venue by slug
ACCOUNTS: tuple[tuple[str, str, str, str], ...] = (
    ("koordination-awo", "Erika Beispiel", Role.COORDINATION, "awo"),
    ("koordination-caritas", "Karl Beispiel", Role.COORDINATION, "caritas"),
    ("vorort-hoerde", "Vera Beispiel", Role.VORORT, "hoerde"),
    ("hausleitung-ekh", "Heike Beispiel", Role.HOUSE, "eugen-krautscheid-haus"),
    ("tandem-hoerde", "Tanja Beispiel", Role.TANDEM, "seniorenbuero-hoerde"),
    ("tandem-hombruch", "Theo Beispiel", Role.TANDEM, "seniorenbuero-hombruch"),
    ("auswertung", "Anke Beispiel", Role.EVALUATION, ""),
    ("redaktion", "Rudi Beispiel", Role.EDITORS, ""),
    ("technik", "Tina Beispiel", Role.TECHNICAL, ""),
)
EMPLOYERS = {"tandem-hoerde": "stadt-dortmund", "tandem-hombruch": "caritas"}


def password() -> str | None:
    return os.environ.get("PORTAL_DEMO_PASSWORD") or None


def make(carriers: dict[str, Carrier]) -> str:
    """Makes the accounts and says in one sentence whether anybody can sign in with them."""
    hashed = make_password(password())  # one hash for all: Argon2 is slow on purpose
    for login, name, role, bound in ACCOUNTS:
        user = User.objects.create(username=login, name=name, password=hashed, example=True)
        Membership.objects.create(
            user=user,
            role=role,
            carrier=carriers[bound] if role == Role.COORDINATION else None,
            district=District.objects.get(slug=bound) if role == Role.VORORT else None,
            venue=Venue.objects.get(slug=bound) if role in (Role.HOUSE, Role.TANDEM) else None,
            employer=carriers[EMPLOYERS[login]] if login in EMPLOYERS else None,
            example=True,
        )
    return sentence(len(ACCOUNTS))


def renew_password() -> bool:
    """Gives the accounts the password of the environment where they have another; says whether that was so."""
    users = list(User.objects.filter(example=True, username__in=[login for login, *_ in ACCOUNTS]))
    wanted = password()
    if not wanted or not users or users[0].check_password(wanted):
        return False
    User.objects.filter(pk__in=[user.pk for user in users]).update(password=make_password(wanted))
    return True


def sentence(number: int) -> str:
    if password():
        return f"{number} Konten, Kennwort aus PORTAL_DEMO_PASSWORD"
    return f"{number} Konten ohne Kennwort: PORTAL_DEMO_PASSWORD fehlt in der Umgebung, so kann sich niemand anmelden"
