"""What the rows of the Nachbarschaftshilfe say about persons, and when they go."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from seniorenbuero.models import Helper, HelperRecord, HelpRequest, Milestone
from seniorenbuero.personal import YEARS_OF_HELPERS
from seniorportal import register
from seniorportal.privacy.declaration import PersonalData, Retention

OFFICE = "die Menschen des einen Seniorenbüros, beider Arbeitgeber, nach erneuter Anmeldung"
HELPERS = "Nachbarschaftshelferinnen und Nachbarschaftshelfer"


def gone_long(today: dt.date, helper: str = "") -> Q:
    return Q(**{f"{helper}active_until__lt": today - relativedelta(years=YEARS_OF_HELPERS)})


def records_of_gone(today: dt.date) -> Any:
    """Who left long ago; who never began and was never heard of again has no last day and is the office's to delete."""
    died = Q(helper__stop_reason=Helper.Stop.DIED)
    return HelperRecord.objects.filter(gone_long(today, "helper__") | died)


def milestones_of_gone(today: dt.date) -> Any:
    """Of a Führungszeugnis nothing stays a day longer than somebody helps."""
    paper = Q(kind=Milestone.Kind.CERTIFICATE, helper__state=Helper.State.LEFT)
    return Milestone.objects.filter(gone_long(today, "helper__") | paper)


register.personal_data(
    [
        PersonalData(
            "seniorenbuero.HelperRecord",
            people=HELPERS,
            purpose="Sie anrufen, ihnen schreiben und jemanden in ihrer Nähe finden.",
            data="Name, Telefonnummer, Anschrift, Lage auf etwa hundert Meter, was man wissen muss; alles "
            "verschlüsselt",
            seen_by=OFFICE,
            until=f"{YEARS_OF_HELPERS} Jahre nach dem letzten Tag; am selben Tag, wenn jemand verstorben ist.",
            retention=Retention(
                f"letzter Tag vor mehr als {YEARS_OF_HELPERS} Jahren, oder verstorben", records_of_gone
            ),
        ),
        PersonalData(
            "seniorenbuero.Milestone",
            people=HELPERS,
            purpose="Wissen, wann Gespräche und Schulungen waren und wann sie wieder fällig sind.",
            data="Art, Tag und Wiedervorlage von Gesprächen, Schulungen und Nachweisen; beim Führungszeugnis nur, "
            "wer es wann gesehen hat und sein Datum",
            seen_by=OFFICE,
            until=f"{YEARS_OF_HELPERS} Jahre nach dem letzten Tag; beim Führungszeugnis bis zum letzten Tag.",
            retention=Retention(
                f"letzter Tag vor mehr als {YEARS_OF_HELPERS} Jahren; Führungszeugnis: ausgeschieden",
                milestones_of_gone,
            ),
            of_account="by",
        ),
        PersonalData(
            "seniorenbuero.HelpRequest",
            people="Menschen, die um Hilfe aus der Nachbarschaft bitten",
            purpose="Jemanden finden, der hilft, und erreichbar bleiben, solange geholfen wird.",
            data="Name, Telefonnummer, Anschrift, Lage auf etwa hundert Meter, was man wissen muss, alles "
            "verschlüsselt; gewünschte Hilfe, Sprache, Quartier, zugesagter Tag",
            seen_by=OFFICE,
            until="bis die Hilfe zu Ende oder die Bitte erledigt ist; hilft niemand, "
            f"{HelpRequest.KEPT_DAYS} Tage nach dem zugesagten Tag. Eine Geschichte gibt es nicht.",
            retention=Retention(
                f"niemand hilft, zugesagt vor mehr als {HelpRequest.KEPT_DAYS} Tagen",
                lambda today: HelpRequest.objects.over(today),
            ),
            of_account="owner",
        ),
        PersonalData(
            "seniorenbuero.Match",
            people=HELPERS,
            purpose="Zählen, wie viel geholfen wird; zeigen, wer zurzeit wem hilft.",
            data="Nummer der oder des Helfenden, Quartier, Art der Hilfe, Tage, Stunden im Monat, Grund des Endes; "
            "nach dem Ende nichts über den Menschen, dem geholfen wurde",
            seen_by="das Seniorenbüro",
            until="bleibt als Zahl; der Mensch hinter der Nummer geht mit deren Frist.",
            of_account="accompanied_by",
        ),
    ]
)
