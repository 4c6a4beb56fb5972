"""manage.py programmhefte: the programmes of all houses in one go."""

import pytest
from django.core.management import CommandError, call_command

from seniorportal.models import Venue
from seniorportal.printing import press
from tests.printing.hall import MONTH, make_month
from tests.public.town import make_house, make_office, make_venue

pytestmark = pytest.mark.django_db
pressed = pytest.mark.skipif(
    not press.available(), reason="typst fehlt (requirements/pdf.txt): keine PDF-Dateien"
)


@pressed
def test_every_public_house_gets_its_programme_and_its_wall_sheet(tmp_path, capsys):
    hall, house = make_month(), make_house()
    make_office()
    Venue.objects.filter(pk=make_venue("Verborgen").pk).update(published=False)
    call_command(
        "programmhefte", monat=MONTH, ordner=tmp_path / "neu", strichlisten=True, adresse="https://x.example"
    )
    assert sorted(file.name for file in (tmp_path / "neu").iterdir()) == [
        f"{hall.slug}-{MONTH}-a4.pdf",
        f"{hall.slug}-{MONTH}-strichliste.pdf",
        f"{house.slug}-{MONTH}-a4.pdf",
        f"{house.slug}-{MONTH}-strichliste.pdf",
    ]
    assert all(file.read_bytes().startswith(b"%PDF-") for file in (tmp_path / "neu").iterdir())
    said = capsys.readouterr().out
    assert said.startswith("2 Häuser in ") and "(Median)" in said and "MB" in said


@pressed
@pytest.mark.parametrize("month", ["2026-13", "9999-01", "morgen"])
def test_a_month_that_is_none_is_refused(tmp_path, month):
    with pytest.raises(CommandError, match="Diesen Monat gibt es nicht"):
        call_command("programmhefte", monat=month, ordner=tmp_path)


def test_without_typst_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(press, "available", lambda: False)
    with pytest.raises(CommandError, match="requirements/pdf.txt"):
        call_command("programmhefte", monat=MONTH, ordner=tmp_path)


@pressed
def test_a_programme_that_fails_is_named_and_the_others_are_written(tmp_path, monkeypatch, capsys):
    hall, house = make_month(), make_house()
    real = press.printed_here

    def refuse(template: str, data: dict[str, object]) -> bytes:
        if data["subject"] == house.name:
            raise press.Broken("PDF/UA-1 error")
        return real(template, data)

    monkeypatch.setattr(press, "printed_here", refuse)
    with pytest.raises(SystemExit) as left:
        call_command("programmhefte", monat=MONTH, ordner=tmp_path)
    assert left.value.code == 1
    assert [file.name for file in tmp_path.iterdir()] == [f"{hall.slug}-{MONTH}-a4.pdf"]
    assert f"{house.slug}-{MONTH}-a4: PDF/UA-1 error" in capsys.readouterr().err
