"""Forms around a partner: the organisation itself, and that somebody spoke with it."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from seniorportal import access
from seniorportal.access import Right
from seniorportal.models import Partner, PartnerContact
from seniorportal.partners.doubles import Alike, Facts, like
from seniorportal.staff.forms import RecordForm

DAY = "Das ist kein Tag, den es gibt. Bitte so schreiben: 31.12.2026"
MANY = {"max_length": "Bitte schreiben Sie höchstens %(limit_value)s Zeichen. Es sind %(show_value)s."}
PERSON = re.compile(r"\b(?:Frau|Herrn?|Fr\.|Hr\.)\s+(?:Dr\.\s+)?[A-ZÄÖÜ][a-zäöüß]+")
LONGEST_AGO = dt.timedelta(days=5 * 365)


def day() -> forms.Widget:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PartnerForm(RecordForm):
    website = forms.URLField(
        label="Internetseite",
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages=MANY
        | {"invalid": "Das ist keine Internetadresse. Zum Beispiel: www.apotheke.example"},
    )

    class Meta:
        model = Partner
        fields = (
            *("name", "kind", "districts", "phone", "email", "website", "street", "postal_code", "city"),
            *("may_be_published", "consent_on", "active_until"),
        )
        labels = {
            "phone": "Telefon",
            "email": "E-Mail",
            "may_be_published": "Hat zugestimmt, dass das Portal Name, Telefon und Internetseite zeigt",
        }
        help_texts = {
            "name": "So, wie sich die Organisation selbst nennt. Keine Namen von Menschen, die dort arbeiten.",
            "districts": "Wo sie arbeitet. Keines angekreuzt: in der ganzen Stadt oder nicht bekannt.",
            "active_until": "Letzter Tag, wenn es die Organisation nicht mehr gibt. Leer: besteht weiter.",
        }
        widgets = {
            "districts": forms.CheckboxSelectMultiple,
            "consent_on": day(),
            "active_until": day(),
        }
        error_messages = {
            "name": MANY
            | {
                "required": "Bitte schreiben Sie den Namen.",
                "unique": "So heißt schon ein Partner im Netzwerk.",
            },
            "phone": MANY,
            "email": MANY | {"invalid": "Das ist keine E-Mail-Adresse. Zum Beispiel: buero@verein.example"},
            "street": MANY,
            "city": MANY,
            "consent_on": {"invalid": DAY},
            "active_until": {"invalid": DAY},
        }

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not re.search(r"\w", name):
            raise ValidationError("Bitte schreiben Sie den Namen in Buchstaben.")
        return name

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and len(re.sub(r"\D", "", phone)) < 3:
            raise ValidationError("Das ist keine Telefonnummer. Zum Beispiel: 0231 12345")
        return phone

    def clean_postal_code(self) -> str:
        code: str = self.cleaned_data["postal_code"]
        if code and not re.fullmatch(r"[0-9]{5}", code, re.ASCII):
            raise ValidationError("Eine Postleitzahl hat fünf Ziffern.")
        return code

    def clean_consent_on(self) -> dt.date | None:
        given: dt.date | None = self.cleaned_data["consent_on"]
        if given and given > timezone.localdate():
            raise ValidationError("Dieser Tag liegt in der Zukunft.")
        return given

    def alike(self) -> list[Alike]:
        """Partners that may be the one in this form; also where the form is not good yet, as soon as it has a name."""
        name = str(self.data.get("name", "")).replace("\0", "").strip()[:160]
        if not name:
            return []
        chosen = self.cleaned_data.get("districts") or () if hasattr(self, "cleaned_data") else ()
        given = {
            field: str(self.data.get(field, ""))[:200] for field in ("phone", "website", "email", "street")
        }
        facts = Facts(
            self.instance.pk or 0,
            name,
            str(self.data.get("kind", "")),
            **given,
            districts=frozenset(one.pk for one in chosen),
        )
        return like(facts)


class ContactForm(RecordForm):
    class Meta:
        model = PartnerContact
        fields = ("venue", "date", "occasion")
        labels = {"venue": "Für"}
        widgets = {"date": day()}
        error_messages = {
            "venue": {"required": "Für welches Büro?", "invalid_choice": "Bitte wählen Sie aus der Liste."},
            "date": {"required": "An welchem Tag?", "invalid": DAY},
            "occasion": MANY | {"required": "Bitte schreiben Sie in einer Zeile, worum es ging."},
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"].widget.attrs["max"] = timezone.localdate().isoformat()
        if self.instance.pk:
            del self.fields["venue"]
            return
        self.initial.setdefault("date", timezone.localdate())
        field: Any = self.fields["venue"]
        field.queryset = places(user)
        found = list(field.queryset[:2])
        if len(found) == 1:
            self.initial["venue"] = found[0].pk
            field.widget = forms.HiddenInput()

    def clean_date(self) -> dt.date:
        given: dt.date = self.cleaned_data["date"]
        if given > timezone.localdate():
            raise ValidationError("Dieser Tag liegt in der Zukunft. Eingetragen wird, was schon war.")
        if given < timezone.localdate() - LONGEST_AGO:
            raise ValidationError("Das ist mehr als fünf Jahre her. Bitte das Jahr prüfen.")
        return given

    def clean_occasion(self) -> str:
        text = " ".join(self.cleaned_data["occasion"].split())
        if found := PERSON.search(text):
            raise ValidationError(
                f"«{found[0]}» sieht nach dem Namen eines Menschen aus. Hier steht nur, worum es ging."
            )
        return text


def places(user: Any) -> QuerySet[Any]:
    """The offices and houses for which the person may say that somebody spoke with a partner."""
    return access.targets(user, Right.ADD, PartnerContact, "venue").order_by("sort", "pk")
