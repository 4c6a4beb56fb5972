"""What this software keeps about the people who read it: said once, with the numbers of the code that deletes."""

from typing import NamedTuple

from django.conf import settings

from seniorportal import feedback, visitors
from seniorportal.models import Feedback, UnmetSearch
from seniorportal.search.unmet import KEEP_DAYS


class Kept(NamedTuple):
    """``name`` of a cookie or a kind of row; ``when`` it comes to be, ``what`` stands in it, ``until`` it goes."""

    name: str
    when: str
    what: str
    until: str


LOGS = (
    "Das Portal schreibt kein Protokoll darüber, wer welche Seite aufruft. Geht etwas schief, hält es die "
    "Adresse der Seite "
    "fest, ohne das, was hinter dem Fragezeichen steht, und ohne Ihre Internetadresse.",
    "Wonach Sie suchen, steht in der Adresse der Seite, damit Sie die Suche als Lesezeichen behalten können. "
    "Straße und "
    "Hausnummer stehen nie dort.",
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


def rows() -> list[Kept]:
    """What the database knows because somebody read these pages."""
    return [
        Kept(
            "Rückmeldung",
            "wenn Sie uns schreiben, dass etwas nicht stimmt",
            "was Sie schreiben, und der Tag. Kein Name, keine Adresse, keine Internetadresse. Öffentlich steht "
            "nur die Antwort",
            f"{Feedback.KEPT_DAYS} Tage nach der Antwort",
        ),
        Kept(
            "Absendungen eines Formulars",
            "wenn Sie eine Rückmeldung absenden",
            "wie oft heute von Ihrem Anschluss etwas kam, höchstens "
            f"{feedback.MOST_A_DAY} Mal. Statt der Internetadresse steht dort eine Prüfsumme, die nur an diesem "
            f"Tag gilt",
            "am nächsten Tag",
        ),
        Kept(
            "Suche ohne Ergebnis",
            "wenn eine Suche nichts findet",
            "einzelne Wörter, der Tag und wie oft; nichts mit Ziffern, keine Straßen, keine Namen, soweit das "
            "Portal sie "
            f"erkennt. Die Redaktion sieht ein Wort ab dem {UnmetSearch.objects.all().SHOWN_FROM}. Mal",
            f"nach {KEEP_DAYS} Tagen",
        ),
        Kept(
            "Straße und Hausnummer",
            "wenn Sie Ihr Seniorenbüro suchen",
            "nichts: Das Portal liest sie, nennt das Büro und vergisst sie",
            "wird nicht gespeichert",
        ),
        Kept(
            "Anmeldung von Mitarbeitenden",
            "wenn jemand ein Kennwort eingibt",
            "die Zahl der Versuche, mit der Internetadresse, gegen das Erraten von Kennwörtern",
            "nach wenigen Minuten ungültig",
        ),
        Kept(
            "Arbeit von Mitarbeitenden",
            "wenn sie etwas eintragen oder ändern",
            "wer, was, wann: damit nichts verloren geht und jede Änderung erklärt werden kann",
            "regelt die verantwortliche Stelle",
        ),
    ]
