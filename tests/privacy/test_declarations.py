"""Every kind of row is spoken about; the pages for data protection officers say what the software says."""

import json

import pytest
from django.test import Client

from seniorportal import register
from seniorportal.models import Membership, Role, User
from seniorportal.printing import press
from seniorportal.privacy import documents, export


def test_every_table_is_declared():
    assert register.every_kind_of_row_is_declared(None) == []


def test_a_table_about_which_nothing_is_said_fails(monkeypatch: pytest.MonkeyPatch):
    for kept, label in (("_personal", "seniorportal.User"), ("_nobody", "seniorportal.Visit")):
        rest = {name: said for name, said in getattr(register, kept).items() if name != label}
        monkeypatch.setattr(register, kept, rest)
    found = register.every_kind_of_row_is_declared(None)
    assert ["seniorportal.User" in str(found[0].msg), "seniorportal.Visit" in str(found[1].msg)] == [
        True,
        True,
    ]


def test_a_row_that_leads_to_an_account_is_in_its_export():
    """Whoever adds a foreign key to accounts decides whether the export shows the row."""
    for declared in register.all_personal_data().values():
        keys = [f.name for f in declared.model._meta.fields if f.related_model is User]
        assert not keys or declared.of_account, declared.label


def test_the_committed_pages_are_current():
    assert documents.outdated() == [], "bitte: manage.py datenschutz"


def test_every_page_names_the_version_and_claims_nothing():
    for text in documents.pages().values():
        assert f"Fassung {documents.version()}" in text
        assert "konform" not in text and "DSGVO" not in text


@pytest.mark.django_db
def test_the_export_shows_everything_but_secrets():
    user = User.objects.create_user("erika", "ein-langes-kennwort", name="Erika Beispiel")
    Membership.objects.create(user=user, role=Role.EDITORS)
    other = User.objects.create_user("max", name="Max Muster")
    Membership.objects.create(user=other, role=Role.TECHNICAL)
    found = json.loads(export.as_json(user))
    kinds = {area["art"]: area["zeilen"] for area in found["bereiche"]}
    assert [row["Name"] for row in kinds["Konten"]] == ["Erika Beispiel"]
    assert [row["Rolle"] for row in kinds["Mitgliedschaften"]] == ["Redaktion (Portal)"]
    text = json.dumps(found, ensure_ascii=False)
    assert "argon2" not in text and "Max Muster" not in text and user.password not in text


@pytest.mark.django_db
def test_everybody_gets_the_own_data_and_nobody_elses(client: Client):
    assert client.get("/uebersicht/meine-daten.json").status_code == 302
    user = User.objects.create_user("erika", name="Erika Beispiel")
    client.force_login(user)
    answer = client.get("/uebersicht/meine-daten.json?konto=technik")
    assert answer["Content-Disposition"] == 'attachment; filename="meine-daten.json"'
    assert json.loads(answer.content)["konto"] == "erika"


@pytest.mark.django_db
@pytest.mark.skipif(not press.available(), reason="typst ist nicht installiert")
def test_the_own_data_as_a_document(client: Client):
    user = User.objects.create_user("erika", name='#read("/etc/passwd") *Erika* <Beispiel>')
    client.force_login(user)
    answer = client.get("/uebersicht/meine-daten.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")


@pytest.mark.django_db
def test_the_page_shows_an_invented_person_and_keeps_nobody(client: Client):
    user = User.objects.create_user("technik")
    Membership.objects.create(user=user, role=Role.TECHNICAL)
    client.force_login(user)
    page = client.get("/verwaltung/seniorportal/deletion/").content.decode()
    assert "Erika Beispiel" in page and "Heute fällig" in page
    assert User.objects.count() == 1
