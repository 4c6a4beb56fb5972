"""What the rows of this app say about persons."""

from dateutil.relativedelta import relativedelta

from begegnung.models import VenueNote
from seniorportal import register
from seniorportal.privacy.declaration import Nobody, PersonalData, Retention

register.personal_data(
    [
        PersonalData(
            "begegnung.VenueNote",
            people="Mitarbeitende mit Konto",
            purpose="Einander sagen, was man über ein Haus wissen muss.",
            data="freier Text zum Haus, der Tag, wer ihn schrieb; das Formular warnt vor Namen",
            seen_by="wer das Haus pflegt, Begegnung VorOrt und das Seniorenbüro des Stadtbezirks",
            until=f"{VenueNote.KEPT_MONTHS} Monate; jede und jeder von ihnen kann sie vorher löschen.",
            retention=Retention(
                f"älter als {VenueNote.KEPT_MONTHS} Monate",
                lambda today: VenueNote.objects.filter(
                    written_on__lt=today - relativedelta(months=VenueNote.KEPT_MONTHS)
                ),
            ),
            of_account="written_by",
        ),
    ]
)

register.nobody(
    [
        Nobody(
            ("begegnung.MeetingPlace", "begegnung.AnnualReturn"),
            "Häuser und ihre Jahreszahlen; Zahlen, keine Personen.",
        )
    ]
)
