"""The numbers of an office and of the city: who has some sees some; which, tests/seniorenbuero/test_numbers_page.py."""

from seniorenbuero.models import ConsultationCount
from seniorportal.access import Right
from tests.access.pages import Page, whoever

NUMBERS_PAGES: dict[str, Page] = {
    "desk:numbers": whoever(Right.SEE, ConsultationCount),
    "desk:numbers_csv": whoever(Right.EXPORT, ConsultationCount),
    "desk:numbers_xlsx": whoever(Right.EXPORT, ConsultationCount),
}
