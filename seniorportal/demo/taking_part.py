"""Who is looked for, ideas and people behind them, people of 65 and more, notes on halls: invented and marked so."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from seniorportal import keys
from seniorportal.demo import phones
from seniorportal.demo.tables import VenueNote
from seniorportal.demo.years import dice
from seniorportal.models import (
    Carrier,
    Certificate,
    Companion,
    District,
    Engagement,
    Idea,
    Opening,
    Population,
    ReportArea,
    Role,
    User,
    Venue,
    VolunteerName,
)

WANTED = (
    (
        "jemand für das Sonntagscafé",
        "Kuchen schneiden, einschenken, zuhören.",
        "zwei Stunden, jeden zweiten Sonntag",
    ),
    ("Fahrerin oder Fahrer", "Gäste abholen, die nicht mehr gut zu Fuß sind.", "dienstags ab 13 Uhr"),
    (
        "Vorleserin oder Vorleser",
        "Zeitung und Kurzgeschichten, am liebsten mit Gespräch.",
        "eine Stunde in der Woche",
    ),
    ("Hilfe am Smartphone", "Fragen beantworten, eine nach der anderen.", "zwei Stunden im Monat"),
    (
        "Mitspieler für die Skatrunde",
        "Es fehlt der dritte Mann oder die dritte Frau.",
        "mittwochs am Nachmittag",
    ),
    ("jemand, der den Garten mag", "Hochbeete gießen und bepflanzen.", "von April bis Oktober, wie es passt"),
    ("Begleitung auf Spaziergängen", "Langsam gehen, viel reden.", "eine Stunde, Tag nach Wunsch"),
    ("Hilfe in der Küche", "Gemeinsam kochen für zwanzig.", "donnerstags von 10 bis 13 Uhr"),
)
THANKS = ("Einarbeitung und Versicherung", "Fahrgeld und ein Mittagessen", "gute Gesellschaft", "")
IDEAS = (
    ("Boule-Runde (Beispiel)", "Wir haben Kugeln, uns fehlen noch drei Leute.", "auf dem Platz", "samstags"),
    (
        "Singen am Klavier (Beispiel)",
        "Volkslieder und Schlager, ohne Noten.",
        "wo ein Klavier steht",
        "abends",
    ),
    ("Kochen für Männer (Beispiel)", "Einmal im Monat etwas Einfaches.", "in einer Küche", "am Wochenende"),
    ("Plauderbank (Beispiel)", "Eine Bank, auf der man angesprochen werden darf.", "am Markt", "im Sommer"),
    ("Fotos von früher (Beispiel)", "Alben mitbringen und erzählen.", "", "einmal im Monat"),
)
NOTES = (
    "Der große Raum fasst vierzig Stühle, der kleine zwölf. Das Klavier ist gestimmt.",
    "Der Schlüssel zum Nebeneingang hängt im Flur. Dort sind keine Stufen.",
    "Die Küche ist bis zum Sommer nur halb nutzbar: Der Herd wird erneuert.",
)


def make(today: dt.date) -> Iterator[str]:
    """The accounts are there already: notes and certificates say who wrote and saw."""
    halls = list(
        Venue.objects.filter(example=True, report_area=ReportArea.MEETING_PLACES)
        .active_on(today)
        .order_by("pk")
    )
    yield f"Gesuche: {openings(halls, today)}, Ideen: {ideas(today)}"
    yield f"Menschen ab 65 (erfunden): {population(today)} Stadtbezirke, Notizen zu Häusern: {notes(halls, today)}"
    certificates(today)


def openings(halls: list[Venue], today: dt.date) -> int:
    made = [
        Opening(
            venue=hall,
            title=title,
            text=text,
            hours=hours,
            thanks=THANKS[at % len(THANKS)],
            active_from=today - dt.timedelta(days=at),
            active_until=today + dt.timedelta(days=150),
            example=True,
        )
        for at, (hall, (title, text, hours)) in enumerate(zip(halls[::11], WANTED * 3, strict=False))
    ]
    return len(Opening.objects.bulk_create(made))


def ideas(today: dt.date) -> int:
    hoerde, hombruch = (District.objects.get(slug=slug) for slug in ("hoerde", "hombruch"))
    awo = Carrier.objects.get(slug="awo")
    charge: tuple[dict[str, Any], ...] = (
        {"owner_role": Role.VORORT, "district": hoerde, "state": Idea.State.PUBLIC},
        {"owner_role": Role.COORDINATION, "carrier": awo, "district": hombruch, "state": Idea.State.PUBLIC},
        {"owner_role": Role.VORORT, "district": hoerde},
        {"owner_role": Role.EDITORS},
        {"owner_role": Role.EDITORS, "state": Idea.State.PUBLIC},
    )
    for at, ((title, text, where, when), whose) in enumerate(zip(IDEAS, charge, strict=True)):
        shown = whose.get("state") == Idea.State.PUBLIC
        idea = Idea.objects.create(
            title=title,
            text=text,
            where=where,
            when=when,
            posted_on=today - dt.timedelta(days=3 + at),
            answer_by=today + dt.timedelta(days=4 - at),
            published_on=today - dt.timedelta(days=at) if shown else None,
            until=today + dt.timedelta(days=120),
            example=True,
            **whose,
        )
        for number in range(2 if shown else 1):
            person(idea, at * 2 + number, started=number == 0)
    return len(IDEAS)


def person(idea: Idea, at: int, started: bool) -> None:
    """Sealed, as of any other; where there is no key, the idea stands there without people."""
    try:
        Companion.objects.create(
            idea=idea,
            started=started,
            name=f"Beispielperson {at + 1}",
            phone=phones.number(700 + at),
            message="" if started else "Ich bringe gern jemanden mit.",
            joined_on=idea.posted_on,
            example=True,
        )
    except keys.Unusable:
        return


def population(today: dt.date) -> int:
    rng = dice("population")
    rows = [
        Population(
            district=district,
            year=today.year - 1,
            people=100 * rng.randint(80, 125),
            source="Beispielzahl, erfunden",
            example=True,
        )
        for district in District.objects.order_by("slug")
        if not district.populations.exists()
    ]
    return len(Population.objects.bulk_create(rows))


def notes(halls: list[Venue], today: dt.date) -> int:
    author = User.objects.filter(example=True, username="vorort-hoerde").first()
    if author is None:
        return 0
    here = [hall for hall in halls if hall.district and hall.district.slug == "hoerde"]
    for at, (hall, text) in enumerate(zip(here, NOTES, strict=False)):
        VenueNote.objects.create(
            venue=hall,
            text=text,
            written_on=today - dt.timedelta(days=20 * at),
            written_by=author,
            example=True,
        )
    return min(len(here), len(NOTES))


def certificates(today: dt.date) -> None:
    """Some volunteers of one carrier: seen long ago, soon due again, overdue; and two names."""
    author = User.objects.filter(example=True, username="koordination-awo").first()
    engaged = Engagement.objects.active_on(today).filter(example=True, volunteer__carrier__slug="awo")
    found = list(dict.fromkeys(engaged.order_by("venue", "pk").values_list("volunteer", flat=True)[:9]))
    if author is None:
        return
    for at, volunteer in enumerate(found):
        seen = today - dt.timedelta(days=400 + 30 * at)
        again = today + dt.timedelta(days=(-10, 20, 900)[at % 3])
        Certificate.objects.create(
            volunteer_id=volunteer,
            seen_on=seen,
            seen_by=author,
            issued_on=seen - dt.timedelta(days=20),
            again_on=again,
            example=True,
        )
        if at < 2:
            try:
                VolunteerName.objects.create(
                    volunteer_id=volunteer, name=f"Helga Beispiel {at + 1}", example=True
                )
            except keys.Unusable:
                continue
