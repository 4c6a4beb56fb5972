"""What this software keeps about people: its cookies, and what each kind of row declares about itself."""

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from seniorportal import register, visitors

if TYPE_CHECKING:
    from seniorportal.privacy.declaration import PersonalData


class Kept(NamedTuple):
    """``name`` of a cookie; ``when`` it comes to be, ``what`` stands in it, ``until`` it goes."""

    name: str
    when: str
    what: str
    until: str


VISITING = "Besuchende"  # how declarations name them
LOGS = (
    "Das Portal schreibt kein Protokoll darüber, wer welche Seite aufruft. Geht etwas schief, hält es die Adresse der "
    "Seite fest, ohne das, was hinter dem Fragezeichen steht, und ohne Ihre Internetadresse.",
    "Wonach Sie suchen, steht in der Adresse der Seite, damit Sie die Suche als Lesezeichen behalten können. Straße "
    "und Hausnummer stehen nie dort: Das Portal liest sie, nennt Ihr Seniorenbüro und vergisst sie.",
    "Wer als Mitarbeitende ein Kennwort eingibt, dessen Versuche zählt das Portal einige Minuten lang mit der "
    "Internetadresse, gegen das Erraten von Kennwörtern.",
)


def cookies() -> list[Kept]:
    """None of them on a page that somebody only reads."""
    kept = f"{visitors.KEPT_DAYS} Tage nach Ihrem letzten Klick"
    return [
        Kept(
            visitors.DISPLAY,
            "wenn Sie unter „Schrift und Farben“ etwas ändern",
            "Ihre Wahl, zum Beispiel: gross.dunkel",
            f"{kept}, oder sobald Sie wieder „normal“ wählen",
        ),
        Kept(
            visitors.NOTED,
            "wenn Sie ein Angebot auf den Merkzettel setzen",
            "die Nummern der Angebote",
            f"{kept}, oder sobald der Merkzettel leer ist",
        ),
        Kept(
            settings.CSRF_COOKIE_NAME,
            "wenn Sie ein Formular öffnen, das etwas abschickt",
            "eine Zufallszahl; sie schützt davor, dass jemand anders in Ihrem Namen absendet",
            f"{settings.CSRF_COOKIE_AGE // (7 * 24 * 60 * 60)} Wochen",
        ),
        Kept(
            settings.SESSION_COOKIE_NAME,
            "nur wenn sich Mitarbeitende anmelden",
            "eine Zufallszahl, an der das Portal die Anmeldung erkennt",
            f"bis der Browser geschlossen wird, höchstens {settings.SESSION_COOKIE_AGE // 3600} Stunden",
        ),
    ]


def declared() -> tuple[list["PersonalData"], list["PersonalData"]]:
    """What the software declares about its rows: first those about people who only visit, then all others."""
    found = register.all_personal_data().values()
    visiting = [one for one in found if one.people.startswith(VISITING)]
    return visiting, [one for one in found if one not in visiting]
