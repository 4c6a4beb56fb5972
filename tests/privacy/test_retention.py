"""What is over goes, with its history, and goes again after a restore."""

import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command
from django.utils import timezone
from pghistory.models import Context

from seniorportal import outbox
from seniorportal.models import (
    Case,
    Deletion,
    Feedback,
    FormUse,
    JobRun,
    Membership,
    OutgoingMail,
    Role,
    UnmetSearch,
    User,
    Venue,
    Volunteer,
)
from seniorportal.privacy import retention
from seniorportal.search.unmet import KEEP_DAYS
from tests.cast import make_city

pytestmark = pytest.mark.usefixtures("owner_db")


def history_of(model: type) -> object:
    return next(h for h in retention.histories() if h.pgh_tracked_model is model)._base_manager


def make_feedback(done: dt.date) -> Feedback:
    return Feedback.objects.create(
        topic="ort", reported_on=done, answer_by=done, owner_role=Role.EDITORS, outcome="stimmt", done_on=done
    )


def close_case(today: dt.date, years: int, days: int) -> Case:
    case = make_city().hoerde.one(Case)
    Deletion.objects.all().delete()
    closed = today - relativedelta(years=years) - dt.timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(opened_on=closed, closed_on=closed, closing_reason="ziel")
    return case


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]):
    make_feedback(timezone.localdate() - dt.timedelta(days=Feedback.KEPT_DAYS))
    call_command("apply_retention", "--dry-run")
    said = capsys.readouterr().out
    assert "1  Rückmeldungen" in said and "nichts wurde geändert" in said
    assert Feedback.objects.count() == 1 and not Deletion.objects.exists()


def test_what_is_over_goes_and_what_is_not_stays():
    today = timezone.localdate()
    old = make_feedback(today - dt.timedelta(days=Feedback.KEPT_DAYS))
    young = make_feedback(today - dt.timedelta(days=Feedback.KEPT_DAYS - 1))
    assert retention.apply(today) == {"Rückmeldungen": 1}
    assert list(Feedback.objects.all()) == [young]
    row = Deletion.objects.get()
    assert (row.label, row.number, row.act) == ("seniorportal.Feedback", str(old.pk), Deletion.Act.DELETED)
    assert retention.apply(today) == {}


def test_a_case_long_closed_loses_its_number_and_still_counts():
    today = timezone.localdate()
    case = close_case(today, years=3, days=1)
    before = Case.objects.count()
    assert retention.apply(today) == {"Fälle (statistische Köpfe)": 1}
    assert Case.objects.count() == before
    assert Case.objects.get(pk=case.pk).number == f"x{case.pk}"
    assert not history_of(Case).filter(pgh_obj_id=case.pk).exclude(number=f"x{case.pk}").exists()
    assert retention.apply(today) == {}


def test_a_case_closed_lately_keeps_its_number():
    today = timezone.localdate()
    case = close_case(today, years=3, days=0)
    retention.apply(today)
    assert Case.objects.get(pk=case.pk).number == case.number


def test_an_account_is_blanked_two_years_after_its_last_role():
    today = timezone.localdate()
    long_ago = timezone.now() - dt.timedelta(days=2000)
    gone, kept, open_one = (
        User.objects.create_user(
            name, name="Erika Beispiel", email="e@beispiel.invalid", date_joined=long_ago
        )
        for name in ("weg", "noch-da", "offen")
    )
    over = today - relativedelta(years=2)
    for user, last in ((gone, over), (kept, over + dt.timedelta(days=1)), (open_one, over)):
        Membership.objects.create(user=user, role=Role.EDITORS, active_until=last)
    User.objects.filter(pk__in=[gone.pk, kept.pk]).update(is_active=False)
    assert retention.apply(today) == {"Konten": 1}
    gone.refresh_from_db()
    assert (gone.username, gone.name, gone.email, gone.is_active) == (f"ehemals-{gone.pk}", "", "", False)
    assert not gone.has_usable_password() or not gone.check_password("")
    assert not history_of(User).filter(pgh_obj_id=gone.pk, name="Erika Beispiel").exists()
    assert set(User.objects.filter(name="Erika Beispiel")) == {kept, open_one}


def test_what_was_changed_stays_by_whom_goes():
    venue = make_city().hoerde.one(Venue)
    old = Context.objects.create(metadata={"user": 1, "page": "probe"})
    Context.objects.filter(pk=old.pk).update(created_at=timezone.now() - dt.timedelta(days=800))
    events = history_of(Venue).filter(pgh_obj_id=venue.pk)
    events.update(pgh_context=old)
    number = events.count()
    assert number
    assert retention.apply(timezone.localdate())["Wer was wann geändert hat"] == 1
    assert events.count() == number and not events.filter(pgh_context__isnull=False).exists()


def test_the_ledger_lies_beside_the_database_and_is_replayed():
    today = timezone.localdate()
    old = make_feedback(today - dt.timedelta(days=31))
    case = close_case(today, years=4, days=0)
    number = case.number
    retention.apply(today)
    lines = retention.ledger_file().read_text().splitlines()
    assert sorted(line.split(",")[1:] for line in lines) == [
        ["seniorportal.Case", str(case.pk), "anonym"],
        ["seniorportal.Feedback", str(old.pk), "geloescht"],
    ]
    assert oct(retention.ledger_file().stat().st_mode)[-3:] == "600"
    assert retention.write_out() == 0

    # A backup from before comes back: the rows are there again, the table of deletions knows nothing.
    Deletion.objects.all().delete()
    old.save(force_insert=True)
    Case.objects.filter(pk=case.pk).update(number=number)
    assert retention.replay() == 2
    assert (
        not Feedback.objects.filter(pk=old.pk).exists()
        and Case.objects.get(pk=case.pk).number == f"x{case.pk}"
    )


def test_volunteers_without_an_engagement_yet_keep_their_number():
    volunteer = make_city().hoerde.one(Volunteer)
    volunteer.engagements.all().delete()
    retention.apply(timezone.localdate())
    assert Volunteer.objects.get(pk=volunteer.pk).number == volunteer.number


def test_counts_of_forms_and_vain_searches_go_by_their_age():
    today = timezone.localdate()
    FormUse.objects.create(key="gestern", day=today - dt.timedelta(days=1))
    FormUse.objects.create(key="heute", day=today)
    for days in (0, KEEP_DAYS, KEEP_DAYS + 1, 400):
        UnmetSearch.objects.create(word="krokodil", day=today - dt.timedelta(days=days))
    gone = retention.apply(today)
    assert gone == {"Absendungen von Formularen": 1, "Suchen ohne Ergebnis": 2}
    assert FormUse.objects.get().key == "heute" and UnmetSearch.objects.count() == 2
    assert not Deletion.objects.exists()


def test_sent_mails_go_after_thirty_days():
    user = User.objects.create_user("erika", email="erika@beispiel.invalid")
    outbox.put(OutgoingMail.Kind.TASKS, user, "anlass", number=1, late=0, page="/uebersicht/")
    outbox.send_due()
    today = timezone.localdate()
    assert retention.apply(today + dt.timedelta(days=29)) == {}
    assert retention.apply(today + dt.timedelta(days=32)) == {"ausgehende E-Mails": 1}


def test_every_job_of_the_night_runs_on_an_empty_portal(capsys: pytest.CaptureFixture[str]):
    call_command("run_jobs", "nightly")
    assert JobRun.objects.filter(outcome=JobRun.Outcome.DONE).count() == 9
    assert "Feiertage und Schulferien" in capsys.readouterr().out
