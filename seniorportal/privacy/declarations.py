"""The declarations of the shared model and of the libraries; each app brings its own in its ``personal.py``."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from pghistory.models import Context

from seniorportal import concerns, notes, register
from seniorportal.models import (
    Absence,
    Case,
    Certificate,
    Companion,
    Concern,
    ConsultationNote,
    Deletion,
    Engagement,
    FactorReset,
    Feedback,
    FormUse,
    HandOver,
    Idea,
    Invitation,
    Link,
    LoginSession,
    OutgoingMail,
    UnmetSearch,
    User,
    Volunteer,
    VolunteerName,
)
from seniorportal.search.unmet import KEEP_DAYS

from .declaration import Nobody, PersonalData, Retention

YEARS_OF_ACCOUNTS = 2
YEARS_OF_CASES = 3
YEARS_OF_VOLUNTEERS = 2
MONTHS_OF_HISTORY = 24
OFFICE_PEOPLE = "Menschen, die ein Seniorenbüro beraten hat"


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def gone_accounts(today: dt.date) -> Any:
    """Closed, without a role since two years, and not blanked yet."""
    limit = today - relativedelta(years=YEARS_OF_ACCOUNTS)
    lately = Q(memberships__active_until__isnull=True) | Q(memberships__active_until__gt=limit)
    with_role = User.objects.filter(lately).values("pk")
    seen = Q(last_login__gte=midnight(limit)) | Q(date_joined__gte=midnight(limit))
    return (
        User.objects.filter(is_active=False)
        .exclude(seen)
        .exclude(pk__in=with_role)
        .exclude(username__startswith="ehemals-")
    )


def blank_account(user: User) -> dict[str, Any]:
    return {"username": f"ehemals-{user.pk}", "name": "", "email": "", "password": "!", "is_active": False}


def gone_volunteers(today: dt.date) -> Any:
    limit = today - relativedelta(years=YEARS_OF_VOLUNTEERS)
    lately = Engagement.objects.filter(Q(active_until__isnull=True) | Q(active_until__gt=limit))
    rows = Volunteer.objects.filter(engagements__isnull=False).exclude(pk__in=lately.values("volunteer"))
    return rows.exclude(number__startswith="x").distinct()


def certificates_of_gone(today: dt.date) -> Any:
    """What was seen goes on the day after the last engagement."""
    engaged = Engagement.objects.filter(volunteer=OuterRef("volunteer")).active_on(today)
    later = Engagement.objects.filter(volunteer=OuterRef("volunteer"), active_from__gt=today)
    return Certificate.objects.filter(~Exists(engaged), ~Exists(later))


def names_of_gone(today: dt.date) -> Any:
    limit = today - relativedelta(years=YEARS_OF_VOLUNTEERS)
    lately = Q(active_until__isnull=True) | Q(active_until__gt=limit)
    return VolunteerName.objects.filter(
        ~Exists(Engagement.objects.filter(lately, volunteer=OuterRef("volunteer")))
    )


def companions_of_over(today: dt.date) -> Any:
    """Behind ideas that are over; where one only ran out, somebody may still call for a while."""
    ran_out = Q(idea__until__lt=today - dt.timedelta(days=Idea.KEPT_DAYS))
    return Companion.objects.filter(Q(idea__done_on__isnull=False) | ran_out)


def old_contexts(today: dt.date) -> Any:
    return Context.objects.filter(created_at__lt=midnight(today - relativedelta(months=MONTHS_OF_HISTORY)))


def old_absences(today: dt.date) -> Any:
    return Absence.objects.filter(active_until__lt=today - dt.timedelta(days=Absence.KEPT_DAYS))


def old_hand_overs(today: dt.date) -> Any:
    return HandOver.objects.filter(day__lt=today - relativedelta(months=HandOver.MONTHS_KEPT))


register.personal_data(
    [
        PersonalData(
            "seniorportal.User",
            people="Mitarbeitende mit Konto",
            purpose="Anmelden; wissen, wer was darf und wer was geändert hat.",
            data="Anmeldename, Name, dienstliche E-Mail, Prüfsumme des Kennworts, letzte Anmeldung",
            seen_by="sie selbst; die Technik; der Name bei eigenen Änderungen, wer den Eintrag sehen darf",
            until=f"{YEARS_OF_ACCOUNTS} Jahre nach dem Ende der letzten Rolle; dann bleibt nur eine Nummer.",
            retention=Retention(
                f"geschlossen und seit {YEARS_OF_ACCOUNTS} Jahren ohne Rolle", gone_accounts, blank_account
            ),
            of_account="pk",
            hidden=("password",),
        ),
        PersonalData(
            "seniorportal.Membership",
            people="Mitarbeitende mit Konto",
            purpose="Wer von wann bis wann welche Aufgabe hat: davon hängt ab, was jemand sieht.",
            data="Konto, Rolle, Träger, Stadtbezirk oder Ort, Arbeitgeber, erster und letzter Tag",
            seen_by="sie selbst; die Technik",
            until="solange das Konto besteht; danach nur zu einer Nummer.",
            of_account="user",
        ),
        PersonalData(
            "pghistory.Context",
            people="Mitarbeitende mit Konto",
            purpose="Jede Änderung erklären und zurückverfolgen.",
            data="Konto, Name der Seite (nie ihre Adresse), Zeitpunkt; daneben die Fassungen der Einträge",
            seen_by="wer den geänderten Eintrag sehen darf",
            until=f"{MONTHS_OF_HISTORY} Monate; danach bleibt, was geändert wurde, aber nicht von wem.",
            retention=Retention(
                f"Änderungen vor mehr als {MONTHS_OF_HISTORY} Monaten", old_contexts, ledger=False
            ),
            of_account="metadata__user",
            name="Wer was wann geändert hat",
        ),
        PersonalData(
            "seniorportal.OutgoingMail",
            people="Mitarbeitende mit Konto",
            purpose="Ihnen sagen, dass im Portal etwas wartet. In der Nachricht steht nicht, was. Und Organisationen "
            "zu einem Runden Tisch einladen.",
            data="Konto oder Organisation, Art der Nachricht, Zeitpunkte",
            seen_by="die Technik",
            until=f"{OutgoingMail.KEPT_DAYS} Tage nach dem Abschicken.",
            retention=Retention(
                f"abgeschickt vor mehr als {OutgoingMail.KEPT_DAYS} Tagen",
                lambda today: OutgoingMail.objects.sent_before(
                    midnight(today - dt.timedelta(days=OutgoingMail.KEPT_DAYS))
                ),
                ledger=False,
            ),
            of_account="to",
        ),
        PersonalData(
            "seniorportal.ImportRun",
            people="Mitarbeitende mit Konto",
            purpose="Eingelesene Dateien prüfen und zurücknehmen.",
            data="Konto, Dateiname, Zeitpunkte, Zahl der Zeilen; die Datei selbst höchstens eine Stunde",
            seen_by="sie selbst",
            until="solange das Konto besteht; danach nur zu einer Nummer.",
            of_account="by",
            hidden=("upload",),
        ),
        PersonalData(
            "seniorportal.PartnerMerge",
            people="Mitarbeitende mit Konto",
            purpose="Nachvollziehen, welche Organisationen zusammengeführt wurden und von wem.",
            data="Konto und Zeitpunkt; der frühere Name und die früheren Angaben der Organisation",
            seen_by="die Seniorenbüros, das Eugen-Krautscheid-Haus und die Auswertung; das Konto nur sie selbst",
            until="solange die Organisation im Netzwerk steht; das Konto danach nur als Nummer.",
            of_account="by",
        ),
        PersonalData(
            "seniorportal.LoginSession",
            people="Mitarbeitende mit Konto",
            purpose="Angemeldet bleiben, bis man sich abmeldet; fremde Anmeldungen erkennen und beenden.",
            data="Zufallszahl, Konto, Art des Geräts («Firefox, Windows»), Beginn und Ende; keine Internet-Adresse",
            seen_by="sie selbst",
            until="bis zum Abmelden, höchstens einen Arbeitstag.",
            retention=Retention(
                "beendet",
                lambda today: LoginSession.objects.filter(expire_date__lt=timezone.now()),
                ledger=False,
            ),
            of_account="user",
            hidden=("session_key", "session_data"),
        ),
        PersonalData(
            "seniorportal.Invitation",
            people="wer zur Mitarbeit eingeladen ist",
            purpose="Einen Zugang geben, ohne dass sich jemand selbst anmeldet.",
            data="Name, dienstliche E-Mail, angebotene Aufgabe, wer einlud und zustimmte; vom Code nur eine Prüfsumme",
            seen_by="wer in diesen Bereich einladen darf, und die Technik",
            until=f"{Invitation.KEPT_DAYS} Tage, nachdem sie angenommen, zurückgenommen oder abgelaufen ist.",
            retention=Retention(
                f"erledigt seit {Invitation.KEPT_DAYS} Tagen",
                lambda today: Invitation.objects.over_since(
                    midnight(today - dt.timedelta(days=Invitation.KEPT_DAYS))
                ),
            ),
            of_account="account",
            hidden=("digest",),
        ),
        PersonalData(
            "seniorportal.FactorReset",
            people="Mitarbeitende mit Konto",
            purpose="Nachweisen, dass zwei andere einem verlorenen zweiten Faktor nachgingen.",
            data="Konto, wer bat und wer zustimmte, Zeitpunkte",
            seen_by="die Beteiligten, die Kolleginnen und Kollegen und die Technik",
            until=f"{FactorReset.KEPT_DAYS} Tage.",
            retention=Retention(
                f"älter als {FactorReset.KEPT_DAYS} Tage",
                lambda today: FactorReset.objects.filter(
                    asked_at__lt=midnight(today - dt.timedelta(days=FactorReset.KEPT_DAYS))
                ),
            ),
            of_account="user",
        ),
        PersonalData(
            "seniorportal.Link",
            people="Mitarbeitende mit Konto",
            purpose="Wissen, wer einen Zettel oder Link ausgab und an wen, um ihn zurückzunehmen.",
            data="Art, Ort, wer ihn ausgab, an wen, Zeitpunkte; nicht der Link selbst",
            seen_by="wer den Ort pflegt",
            until=f"{Link.KEPT_DAYS} Tage, nachdem er endete oder zurückgenommen wurde.",
            retention=Retention(
                f"zu Ende seit {Link.KEPT_DAYS} Tagen",
                lambda today: Link.objects.over_since(midnight(today - dt.timedelta(days=Link.KEPT_DAYS))),
            ),
            of_account="made_by",
        ),
        PersonalData(
            "mfa.Authenticator",
            people="Mitarbeitende mit Konto",
            purpose="Die zweite Stufe der Anmeldung.",
            data="Geheimnis der App, öffentlicher Schlüssel des Passkeys oder Prüfsummen der Ersatzcodes; Zeitpunkte",
            seen_by="niemand; sie selbst sehen, dass es sie gibt",
            until="bis man sie entfernt oder das Konto schließt.",
            of_account="user",
            hidden=("data",),
            name="Zweite Stufe der Anmeldung",
        ),
        PersonalData(
            "seniorportal.Feedback",
            people="Besuchende, die etwas mitteilen",
            purpose="Fehler im Programm berichtigen.",
            data="gewähltes Thema und freier Text, der Tag. Nach Namen wird nicht gefragt.",
            seen_by="wer den Eintrag pflegt; öffentlich nur die Antwort",
            until=f"{Feedback.KEPT_DAYS} Tage nach der Antwort.",
            retention=Retention(
                f"erledigt seit {Feedback.KEPT_DAYS} Tagen",
                lambda today: Feedback.objects.over_since(today - dt.timedelta(days=Feedback.KEPT_DAYS)),
            ),
            of_account="done_by",
        ),
        PersonalData(
            "seniorportal.Concern",
            people="wer um einen Anruf, um Begleitung oder um das Programm per Post bittet; Menschen, um die sich eine "
            "Begegnungsstätte Gedanken macht, nur wenn sie ja gesagt haben",
            purpose="Zurückrufen, begleiten, das Programm schicken.",
            data="Telefonnummer, auf Wunsch Name, Anschrift (nur für Post) und ein paar eigene Worte, jedes Feld "
            "verschlüsselt; Sprache, gewünschte Zeit, Tag, wer sich im Team kümmert. Ohne das Ja der Person: Ort, "
            "Tageshälfte, Beobachtung",
            seen_by="das zuständige Seniorenbüro, Haus oder die Koordination; ist der zugesagte Tag vorbei oder dort "
            "jemand nicht da, auch das Seniorenbüro, das vertritt. Nur hinter der zweiten Frage nach dem Zugang",
            until="bis es erledigt ist, die Anschrift bis zum Abschicken; sonst "
            f"{Concern.KEPT_DAYS} Tage nach dem zugesagten Tag. Eine Geschichte gibt es nicht.",
            retention=Retention(
                f"nie erledigt, zugesagt vor mehr als {Concern.KEPT_DAYS} Tagen", concerns.over
            ),
            of_account="claimed_by",
            hidden=("name", "phone", "address", "remark"),  # of whoever asked, not of whoever rings
        ),
        PersonalData(
            "seniorportal.CallAttempt",
            people="Mitarbeitende mit Konto",
            purpose="Sehen, wann schon jemand angerufen hat.",
            data="Konto, Tag, Tageshälfte, ob jemand erreicht wurde",
            seen_by="wer das Anliegen sehen darf",
            until="bis das Anliegen erledigt ist.",
            of_account="by",
        ),
        PersonalData(
            "seniorportal.Absence",
            people="Mitarbeitende der Seniorenbüros",
            purpose="Wissen, wer wen vertritt: Wer anruft, soll jemanden erreichen.",
            data="Mitgliedschaft, erster und letzter Tag, Vertretung; nie ein Grund",
            seen_by="das Seniorenbüro; ein anderes, wenn es vertritt. Öffentlich nur, welche Sprache bis wann fehlt",
            until=f"{Absence.KEPT_DAYS} Tage nach dem letzten Tag. Eine Geschichte gibt es nicht.",
            retention=Retention(
                f"vorbei seit mehr als {Absence.KEPT_DAYS} Tagen", old_absences, ledger=False
            ),
            of_account="member__user",
        ),
        PersonalData(
            "seniorportal.HandOver",
            people="Mitarbeitende der Seniorenbüros",
            purpose="Nachvollziehen, wer offene Anliegen wem übergeben hat.",
            data="Tag, von wem, an wen, wie viele; nichts aus den Anliegen",
            seen_by="die beiden Seniorenbüros",
            until=f"{HandOver.MONTHS_KEPT} Monate.",
            retention=Retention(f"vor mehr als {HandOver.MONTHS_KEPT} Monaten", old_hand_overs, ledger=False),
            of_account="by",
        ),
        PersonalData(
            "seniorportal.FormUse",
            people="Besuchende, die ein Formular absenden",
            purpose="Formulare vor Überflutung schützen.",
            data="Prüfsumme des Anschlusses, die nur an diesem Tag gilt, und eine Zahl",
            seen_by="niemand",
            until="bis zum nächsten Tag.",
            retention=Retention(
                "von gestern und davor", lambda today: FormUse.objects.filter(day__lt=today), ledger=False
            ),
        ),
        PersonalData(
            "seniorportal.UnmetSearch",
            people="Besuchende, deren Suche nichts findet",
            purpose="Sehen, was fehlt.",
            data="ein Wort, der Tag, eine Zahl, der Stadtbezirk, wenn nur dort gesucht wurde; nichts mit Ziffern",
            seen_by="ab dem dritten Mal (in der Stadt oder im Stadtbezirk): Redaktion, Koordination, "
            "Begegnung VorOrt, Seniorenbüros, Auswertung",
            until=f"{KEEP_DAYS} Tage.",
            retention=Retention(
                f"älter als {KEEP_DAYS} Tage",
                lambda today: UnmetSearch.objects.filter(day__lt=today - dt.timedelta(days=KEEP_DAYS)),
                ledger=False,
            ),
        ),
        PersonalData(
            "seniorportal.ConsultationNote",
            people=OFFICE_PEOPLE,
            purpose="Sich beim nächsten Anruf erinnern. Für den Bericht wird sie nie gelesen.",
            data="freier Text, verschlüsselt; das Formular warnt vor Namen und Anschriften",
            seen_by="wer im selben Seniorenbüro beim selben Arbeitgeber berät, sonst niemand",
            until=f"{ConsultationNote.KEPT_MONTHS} Monate nach der Beratung.",
            retention=Retention(
                f"Beratung vor mehr als {ConsultationNote.KEPT_MONTHS} Monaten",
                notes.over,
                traces=notes.traces,
            ),
        ),
        PersonalData(
            "seniorportal.Case",
            people=OFFICE_PEOPLE,
            purpose="Einzelfallhilfen zählen (Kennzahl einzelfallhilfen).",
            data="Nummer des Büros, Tage, Phase, Altersgruppe, Pflegegrad; kein Name, keine Anschrift",
            seen_by="das Seniorenbüro",
            until=f"{YEARS_OF_CASES} Jahre nach dem Abschluss; dann verliert die Zeile ihre Nummer und zählt nur noch.",
            retention=Retention(
                f"abgeschlossen seit {YEARS_OF_CASES} Jahren",
                lambda today: Case.objects.filter(
                    closed_on__lt=today - relativedelta(years=YEARS_OF_CASES)
                ).exclude(number__startswith="x"),
                lambda case: {"number": f"x{case.pk}"},
            ),
        ),
        PersonalData(
            "seniorportal.Volunteer",
            people="Ehrenamtliche",
            purpose="Ehrenamtliche zählen (Kennzahlen ehrenamtliche, ekh_ehrenamtliche).",
            data="Nummer des Trägers; kein Name, keine Anschrift",
            seen_by="die Koordination des Trägers",
            until=f"{YEARS_OF_VOLUNTEERS} Jahre nach dem letzten Einsatz; dann verliert die Zeile ihre Nummer.",
            retention=Retention(
                f"letzter Einsatz vor mehr als {YEARS_OF_VOLUNTEERS} Jahren",
                gone_volunteers,
                lambda one: {"number": f"x{one.pk}"},
            ),
        ),
        PersonalData(
            "seniorportal.Engagement",
            people="Ehrenamtliche",
            purpose="Wo jemand von wann bis wann hilft.",
            data="Nummer, Ort, Aufgabe, Tage, Stunden im Monat",
            seen_by="die Koordination des Trägers",
            until="bleibt, nach dem Verlust der Nummer, als Zahl.",
        ),
        PersonalData(
            "seniorportal.VolunteerName",
            people="Ehrenamtliche",
            purpose="Wissen, wer zu einer Nummer gehört. Niemand muss einen Namen eintragen.",
            data="Name, verschlüsselt",
            seen_by="die Koordination des Trägers, nach erneuter Anmeldung",
            until=f"{YEARS_OF_VOLUNTEERS} Jahre nach dem letzten Einsatz; früher, wenn jemand ihn löscht.",
            retention=Retention(f"letzter Einsatz vor mehr als {YEARS_OF_VOLUNTEERS} Jahren", names_of_gone),
        ),
        PersonalData(
            "seniorportal.Certificate",
            people="Ehrenamtliche",
            purpose="Nachweisen, dass ein Führungszeugnis eingesehen wurde, wo das Schutzkonzept es verlangt.",
            data="wann und von wem eingesehen, Datum des Zeugnisses, Wiedervorlage; nie das Zeugnis oder sein Inhalt",
            seen_by="die Koordination des Trägers, nach erneuter Anmeldung",
            until="bis zum Ende des letzten Einsatzes.",
            retention=Retention("kein Einsatz mehr", certificates_of_gone),
            of_account="seen_by",
        ),
        PersonalData(
            "seniorportal.Companion",
            people="Menschen, die eine Idee mitteilen oder mitmachen",
            purpose="Sie anrufen und zusammenbringen.",
            data="Name, Telefonnummer und Nachricht, verschlüsselt; die Tage von Meldung und Anruf",
            seen_by="die eine Stelle, die sich um die Idee kümmert, nach erneuter Anmeldung",
            until=f"bis die Idee beendet ist, spätestens {Idea.KEPT_DAYS} Tage nach ihrem letzten Tag im Portal.",
            retention=Retention("die Idee ist beendet", companions_of_over),
        ),
        PersonalData(
            "seniorportal.Idea",
            people="Menschen, die eine Idee mitteilen",
            purpose="Ideen prüfen, veröffentlichen und Mitstreiter finden.",
            data="Titel und freier Text; das Formular bittet, keine Namen zu nennen. Wer sich kümmert, als Funktion.",
            seen_by="Begegnung VorOrt, die zuständige Koordination, die Redaktion; nach der Prüfung öffentlich",
            until=f"{Idea.KEPT_DAYS} Tage, nachdem sie beendet ist oder nicht mehr im Portal steht.",
            retention=Retention(
                f"beendet vor mehr als {Idea.KEPT_DAYS} Tagen",
                lambda today: Idea.objects.over_before(today - dt.timedelta(days=Idea.KEPT_DAYS)),
            ),
            of_account="done_by",
        ),
        PersonalData(
            "seniorportal.Consultation",
            people=OFFICE_PEOPLE,
            purpose="Beratungen zählen (Kennzahl beratungen).",
            data="Tag, Tageshälfte, Thema, Weg, Altersgruppe, Quartier; kein Name, keine Straße, kein freier Text, "
            "nicht, wer beraten hat",
            seen_by="das Seniorenbüro",
            until="bleibt: Die Zeile lässt sich niemandem zuordnen.",
        ),
        PersonalData(
            "seniorportal.Deletion",
            people="alle Genannten",
            purpose="Nach dem Einspielen einer Sicherung noch einmal löschen, was schon gelöscht war.",
            data="Art und Nummer der Zeile, der Tag; sonst nichts",
            seen_by="die Technik",
            until=f"{Deletion.KEPT_DAYS} Tage.",
            retention=Retention(
                f"älter als {Deletion.KEPT_DAYS} Tage",
                lambda today: Deletion.objects.filter(day__lt=today - dt.timedelta(days=Deletion.KEPT_DAYS)),
                ledger=False,
            ),
        ),
    ]
)

register.nobody(
    [
        Nobody(
            (
                *(
                    "seniorportal.District",
                    "seniorportal.Quarter",
                    "seniorportal.Street",
                    "seniorportal.Address",
                ),
                *("seniorportal.CalendarDay", "seniorportal.PlaceAlias"),
            ),
            "Amtliches Gebiet, Anschriften der Stadt, Kalender: ohne Bewohner.",
        ),
        Nobody(
            (
                *("seniorportal.Carrier", "seniorportal.Venue"),
                *(
                    "seniorportal.AccessibilityFact",
                    "seniorportal.VenueTranslation",
                    "seniorportal.OpeningHours",
                    "seniorportal.Room",
                ),
                *("seniorportal.Closure", "seniorportal.Notice", "seniorportal.NoticeDate"),
                *("seniorportal.ContactPoint", "seniorportal.ContactHours"),
                *("seniorportal.Partner", "seniorportal.PartnerContact", "seniorportal.PartnersApart"),
            ),
            "Häuser, Träger und Organisationen mit ihren Nummern; Namen von Personen gehören nicht hinein.",
        ),
        Nobody(
            (
                *("seniorportal.Offering", "seniorportal.OfferingTranslation"),
                *("seniorportal.Occurrence", "seniorportal.Card"),
                *("seniorportal.FacetCount", "seniorportal.FacetChange"),
            ),
            "Programm, das öffentlich ist.",
        ),
        Nobody(
            ("seniorportal.OfferingShare", "seniorportal.OfferingTemplate"),
            "Was Träger über gemeinsame Angebote absprechen, und ihre Vorlagen; keine Personen.",
        ),
        Nobody(("sessions.Session",), "Leer: Sitzungen liegen in einer eigenen Tabelle."),
        Nobody(("seniorportal.Visit",), "Zahlen von Besuchen, nie von Personen."),
        Nobody(
            (
                *("seniorportal.Category", "seniorportal.TargetGroup", "seniorportal.Language"),
                *("seniorportal.ConsultationTopic", "seniorportal.Synonym", "seniorportal.Need"),
                *("seniorportal.TopicPage", "seniorportal.EmergencyNumber", "seniorportal.Page"),
            ),
            "Wörter und Seiten der Redaktion.",
        ),
        Nobody(("seniorportal.Opening",), "Wen ein Haus sucht, und dessen Nummer; keine Personen."),
        Nobody(
            ("seniorportal.Parameter", "seniorportal.Population"),
            "Beträge aus Gesetzen und Einwohnerzahlen der Stadtbezirke.",
        ),
        Nobody(("seniorportal.ImportRow",), "Was eine Datei über Häuser und Programm sagte."),
        Nobody(("seniorportal.JobRun",), "Läufe von Aufgaben; ihre Sätze nennen nur Zahlen."),
        Nobody(
            (
                *("account.EmailAddress", "account.EmailConfirmation", "admin.LogEntry"),
                *("auth.Group", "auth.Permission", "contenttypes.ContentType"),
            ),
            "Tabellen der Bibliotheken, die das Portal nicht benutzt oder die nur Programmteile benennen.",
        ),
    ]
)
