"""What somebody sends who has an idea or joins one: words for everybody, name and number for one coordinator."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from seniorportal import vocabularies
from seniorportal.public.forms import PublicForm

MANY = _("Bitte schreiben Sie höchstens %(limit_value)s Zeichen. Es sind %(show_value)s.")


def words(label: Any, most: int, missing: Any = "", *, rows: int = 0) -> forms.CharField:
    """A line, or with ``rows`` a box; required where something is said when it is missing."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"max_length": MANY, "required": missing},
    )


class PersonForm(PublicForm):
    """Who can be called back. Neither is ever shown in public."""

    name = words(_("Ihr Name"), 120, _("Bitte schreiben Sie, wie wir Sie am Telefon ansprechen dürfen."))
    telefon = words(
        _("Ihre Telefonnummer"), 60, _("Bitte schreiben Sie, unter welcher Nummer wir Sie erreichen.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["telefon"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}

    def clean_telefon(self) -> str:
        said: str = self.cleaned_data["telefon"]
        digits = re.sub(r"\D", "", said)
        if not 5 <= len(digits) <= 18 or re.search(r"[^\d\s()+/.\-–]", said):
            raise ValidationError(
                _("Diese Nummer können wir nicht wählen. Bitte nur Ziffern, zum Beispiel 0231 123456.")
            )
        return said


class IdeaForm(PersonForm):
    titel = words(_("Ihre Idee in wenigen Worten"), 80, _("Bitte geben Sie Ihrer Idee einen Namen."))
    text = words(_("Was haben Sie vor?"), 600, _("Bitte erzählen Sie kurz, was Sie vorhaben."), rows=5)
    wo = words(_("Wo ungefähr?"), 120)
    wann = words(_("Wann ungefähr?"), 120)
    bezirk = forms.ChoiceField(
        label=_("In welchem Stadtbezirk?"),
        required=False,
        error_messages={"invalid_choice": _("Bitte wählen Sie einen Stadtbezirk aus der Liste.")},
    )
    field_order = ("titel", "text", "wo", "wann", "bezirk", "name", "telefon")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["bezirk"]
        assert isinstance(field, forms.ChoiceField)
        districts = vocabularies.current().districts.items()
        field.choices = [("", _("noch offen, oder in ganz Dortmund")), *districts]


class JoinForm(PersonForm):
    nachricht_an = words(_("Möchten Sie etwas dazu sagen?"), 400, rows=3)
