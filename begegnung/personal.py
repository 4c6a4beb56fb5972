"""What the rows of this app say about persons."""

from seniorportal import register
from seniorportal.privacy.declaration import Nobody

register.nobody(
    [
        Nobody(
            ("begegnung.MeetingPlace", "begegnung.AnnualReturn"),
            "Häuser und ihre Jahreszahlen; Zahlen, keine Personen.",
        )
    ]
)
