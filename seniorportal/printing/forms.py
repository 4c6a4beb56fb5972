"""The forms in which a programme is printed."""

from dataclasses import dataclass

from seniorportal.public.parameters import Parameters


@dataclass(frozen=True)
class Form:
    key: str
    name: str
    page: str  # of the browser's print: a named page of paper.css
    purpose: str


FORMS = {
    form.key: form
    for form in (
        Form("a4", "A4 in großer Schrift", "a4", "zum Mitnehmen"),
        Form("heft", "A5 als Heft", "a5", "Seiten in der Reihenfolge, in der man sie liest"),
        Form("aushang", "A3 als Aushang", "a3", "für die Tür und das Brett"),
    )
}
DEFAULT = FORMS["a4"]


def asked(parameters: Parameters) -> Form:
    """``form=`` in the address; whatever cannot be read is A4, with a sentence among ``parameters.ignored``."""
    found = parameters.choices("form", set(FORMS))
    return FORMS[found[-1]] if found else DEFAULT
