"""Who works beside the demo logins of two Seniorenbüros, who is away, and who speaks what. Nobody signs in as them."""

import datetime as dt

from seniorportal.demo.tables import WorkingWeek
from seniorportal.models import Absence, Carrier, Concern, Language, Membership, Role, User, Venue

# office, login name, name, employer, weekdays, codes of languages
COLLEAGUES: tuple[tuple[str, str, str, str, tuple[int, ...], tuple[str, ...]], ...] = (
    ("hoerde", "kollegin-hoerde", "Berta Beispiel", "caritas", (0, 1, 2), ("tr", "en")),
    ("hoerde", "kollege-hoerde", "Yusuf Beispiel", "stadt-dortmund", (2, 3, 4), ("ar", "tr")),
    ("hombruch", "kollegin-hombruch", "Sonja Beispiel", "stadt-dortmund", (0, 2, 4), ("ru", "pl")),
)
DEMO: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "tandem-hoerde": ((0, 1, 3, 4), ("en",)),
    "tandem-hombruch": ((1, 3), ("pl",)),
}


def make(today: dt.date, carriers: dict[str, Carrier]) -> int:
    """How many; the caller holds the transaction, and logins and requests are there."""
    made: dict[str, Membership] = {}
    for office, login, name, employer, days, languages in COLLEAGUES:
        venue = Venue.objects.get(slug=f"seniorenbuero-{office}")
        user = User(username=login, name=name, example=True)
        user.set_unusable_password()
        user.save()
        made[login] = Membership.objects.create(
            user=user, role=Role.TANDEM, venue=venue, employer=carriers[employer], example=True
        )
        speaks(made[login], days, languages)
    for login, (days, languages) in DEMO.items():
        speaks(Membership.objects.get(user__username=login), days, languages)
    be_away(today, made)
    return len(made)


def speaks(member: Membership, days: tuple[int, ...], languages: tuple[str, ...]) -> None:
    week = WorkingWeek.objects.create(member=member, weekdays=list(days), example=True)
    week.languages.set(Language.objects.filter(code__in=languages))


def be_away(today: dt.date, made: dict[str, Membership]) -> None:
    """One is away now with a colleague standing in and a call open, one will be with another office standing in."""
    tandem = Membership.objects.get(user__username="tandem-hoerde")
    berta = made["kollegin-hoerde"]
    Absence.objects.create(
        member=berta,
        active_from=today - dt.timedelta(days=1),
        active_until=today + dt.timedelta(days=9),
        deputy=tandem,
        example=True,
    )
    Absence.objects.create(
        member=made["kollegin-hombruch"],
        active_from=today + dt.timedelta(days=20),
        active_until=today + dt.timedelta(days=30),
        deputy_office=tandem.venue,
        example=True,
    )
    waiting = Concern.objects.filter(team_venue=tandem.venue, example=True).order_by("answer_by", "pk")
    Concern.objects.filter(pk__in=waiting.values("pk")[1:3]).update(keeper=berta.user)
