"""What the forms ask that lead to a request: as little as a call, company on the way or a letter needs."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from seniorportal import vocabularies
from seniorportal.models import Concern, Language
from seniorportal.public.forms import PublicForm

GERMAN = "deutsch"
PHONE = re.compile(r"\+?[0-9][0-9 ()/.\-–]*")
NO_PHONE = _(
    "Bitte schreiben Sie nur die Nummer: Ziffern, dazwischen gern Leerzeichen, Schrägstrich oder Strich."
)
SHORT_PHONE = _(
    "Diese Nummer ist zu kurz oder zu lang. Bitte mit Vorwahl, zum Beispiel 02 31 und dann die Nummer."
)
CHOOSE = {
    "required": _("Bitte wählen Sie aus."),
    "invalid_choice": _("Bitte wählen Sie eine der Möglichkeiten aus."),
}


def too_long(most: int) -> dict[str, Any]:
    return {"max_length": _("Bitte schreiben Sie höchstens %(limit_value)s Zeichen. Es sind %(show_value)s.")}


def name_field(required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Ihr Name") if required else _("Ihr Name, wenn Sie ihn nennen möchten"),
        max_length=80,
        required=required,
        error_messages=too_long(80) | {"required": _("Bitte schreiben Sie, wie Sie heißen.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PhoneField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Ihre Telefonnummer, mit Vorwahl"),
            max_length=40,
            error_messages=too_long(40)
            | {"required": _("Bitte schreiben Sie Ihre Telefonnummer. Ohne sie können wir nicht anrufen.")},
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        )

    def clean(self, value: Any) -> str:
        said: str = super().clean(value)
        if said in self.empty_values:
            return said
        if not PHONE.fullmatch(said):
            raise forms.ValidationError(NO_PHONE)
        if not 6 <= sum(letter.isdigit() for letter in said) <= 16:
            raise forms.ValidationError(SHORT_PHONE)
        return said


class CalledForm(PublicForm):
    """For everything that is answered with a call."""

    telefon = PhoneField()
    name = name_field()
    wann = forms.ChoiceField(
        label=_("Wann dürfen wir anrufen?"),
        choices=Concern.Wished.choices,
        initial=Concern.Wished.ANY,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    sprache = forms.ChoiceField(label=_("In welcher Sprache?"), required=False, error_messages=CHOOSE)
    text = forms.CharField(
        label=_("Möchten Sie kurz sagen, worum es geht?"),
        max_length=300,
        required=False,
        error_messages=too_long(300),
        help_text=_("Ein Satz genügt. Bitte schreiben Sie hier nichts über Krankheiten."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = vocabularies.current().languages
        self.fields["sprache"].choices = [  # type: ignore[attr-defined]
            ("", _("Deutsch")),
            *((slug, name) for slug, name in words.items() if slug != GERMAN),
        ]

    def said(self) -> dict[str, Any]:
        """In the columns of a Concern."""
        found = self.cleaned_data
        return {
            "phone": found["telefon"],
            "name": found["name"] or None,
            "wished": found["wann"],
            "language": Language.objects.filter(slug=found["sprache"]).first() if found["sprache"] else None,
            "remark": found["text"] or None,
        }


class CallBackForm(CalledForm):
    es_geht = forms.ChoiceField(
        label=_("Um wen geht es?"),
        choices=Concern.Regards.choices,
        error_messages=CHOOSE,
        widget=forms.RadioSelect,
    )
    field_order = ("es_geht", "telefon", "name", "wann", "sprache", "text")

    def said(self) -> dict[str, Any]:
        return super().said() | {"regards": self.cleaned_data["es_geht"]}


class CompanyForm(CalledForm):
    """``dates`` are those that come late enough to be agreed on."""

    termin = forms.ChoiceField(
        label=_("Für welchen Termin?"), required=False, error_messages=CHOOSE, widget=forms.Select
    )
    field_order = ("termin", "telefon", "name", "wann", "sprache", "text")

    def __init__(self, *args: Any, dates: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["termin"].choices = [  # type: ignore[attr-defined]
            ("", _("Das besprechen wir am Telefon")),
            *((day.isoformat(), date_format(day, "l, j. F")) for day in dates),
        ]
        self.fields["text"].label = _("Was sollen wir wissen?")
        self.fields["text"].help_text = _(
            "Zum Beispiel: Ich habe einen Rollator. Ich war noch nie dort. Bitte nichts über Krankheiten."
        )

    def said(self) -> dict[str, Any]:
        chosen = self.cleaned_data["termin"]
        return super().said() | {"for_date": dt.date.fromisoformat(chosen) if chosen else None}


class PostForm(PublicForm):
    name = name_field(required=True)
    strasse = forms.CharField(
        label=_("Straße und Hausnummer"),
        max_length=80,
        error_messages=too_long(80) | {"required": _("Bitte schreiben Sie Straße und Hausnummer.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    plz = forms.RegexField(
        r"^[0-9]{5}$",
        label=_("Postleitzahl"),
        error_messages={
            "required": _("Bitte schreiben Sie die Postleitzahl."),
            "invalid": _("Eine Postleitzahl hat fünf Ziffern."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    ort = forms.CharField(
        label=_("Ort"),
        max_length=60,
        initial="Dortmund",
        error_messages=too_long(60) | {"required": _("Bitte schreiben Sie den Ort.")},
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    def said(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {"name": found["name"], "address": f"{found['strasse']}\n{found['plz']} {found['ort']}"}
