"""What the rows of this app say about persons."""

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta

from seniorenbuero.models import Helper, WorkingWeek
from seniorportal import register
from seniorportal.privacy.declaration import Nobody, PersonalData, Retention

YEARS_OF_HELPERS = 2


def gone_helpers(today: dt.date) -> Any:
    rows = Helper.objects.filter(active_until__lt=today - relativedelta(years=YEARS_OF_HELPERS))
    return rows.exclude(number__startswith="x")


def gone_weeks(today: dt.date) -> Any:
    return WorkingWeek.objects.filter(member__active_until__lt=today - relativedelta(years=1))


register.personal_data(
    [
        PersonalData(
            "seniorenbuero.Helper",
            people="Nachbarschaftshelferinnen und Nachbarschaftshelfer",
            purpose="Helfende zählen (Kennzahl nachbarschaftshelfer).",
            data="Nummer des Büros, Tage, Quartier, Sprachen, angebotene Hilfe, Fußweg, Stunden, ob angehalten; kein "
            "Name, keine Anschrift",
            seen_by="das Seniorenbüro",
            until=f"{YEARS_OF_HELPERS} Jahre nach dem Ende; dann verliert die Zeile ihre Nummer und zählt nur noch.",
            retention=Retention(
                f"ausgeschieden vor mehr als {YEARS_OF_HELPERS} Jahren",
                gone_helpers,
                lambda helper: {"number": f"x{helper.pk}"},
            ),
        ),
        PersonalData(
            "seniorenbuero.WorkingWeek",
            people="Mitarbeitende der Seniorenbüros",
            purpose="Öffentlich sagen, an welchem Wochentag das Büro welche Sprache spricht.",
            data="Wochentage im Büro und Sprachen; öffentlich ohne Namen",
            seen_by="das Seniorenbüro; die Sprachen je Wochentag alle",
            until="ein Jahr nach dem letzten Tag im Büro.",
            retention=Retention("vor mehr als einem Jahr gegangen", gone_weeks, ledger=False),
            of_account="member__user",
        ),
    ]
)
register.nobody(
    [
        Nobody(
            ("seniorenbuero.Referral", "seniorenbuero.UnmetNeed"),
            "Vermittlungen mit Tag, Büro und Ziel, und was im Programm fehlte; nichts über die Person, um die es ging.",
        ),
        Nobody(
            (
                *("seniorenbuero.Office", "seniorenbuero.RoundTable"),
                *("seniorenbuero.RoundTableMeeting", "seniorenbuero.Attendance"),
            ),
            "Büros und Runde Tische; wer kommt, ist eine Organisation.",
        ),
        Nobody(
            (
                *("seniorenbuero.AgendaItem", "seniorenbuero.TableDecision"),
                *("seniorenbuero.TableTask", "seniorenbuero.ReportRemark"),
            ),
            "Was ein Runder Tisch bespricht, beschließt und übernimmt, und ein Satz für den Bericht: über den "
            "Stadtbezirk, nie über Menschen, die Rat suchen. Vor dem Sichern warnt das Portal vor Namen; eine "
            "Geschichte wird nicht geführt.",
        ),
        Nobody(
            ("seniorenbuero.ConsultationCount",),
            "Summen der Beratungen je Büro und Monat; kleine Zahlen verdeckt die Seite, die sie zeigt.",
        ),
        Nobody(("seniorenbuero.ClosedMonth",), "Monate, die ein Büro gemeldet und abgeschlossen hat."),
    ]
)
