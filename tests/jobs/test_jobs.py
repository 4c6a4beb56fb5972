"""Jobs run once at a time, keep what they did, and tell nothing they should not."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from seniorportal import jobs
from seniorportal.models import JobRun, Membership, Role, User

pytestmark = pytest.mark.django_db
Outcome = JobRun.Outcome


def job(do: object, key: str = "probe", every: dt.timedelta = jobs.DAILY) -> jobs.Job:
    return jobs.Job(key, "Probe", every, do)  # type: ignore[arg-type]


def test_a_run_keeps_its_sentence():
    row = jobs.run(job(lambda: "3 Dinge getan."))
    kept = JobRun.objects.get()
    assert kept == row
    assert (kept.outcome, kept.said) == (Outcome.DONE, "3 Dinge getan.")
    assert kept.started_at <= kept.finished_at


def test_runs_with_nothing_to_do_leave_one_row():
    for said in ("", "", "2 getan.", "", ""):
        jobs.run(job(lambda said=said: said))
    assert sorted(JobRun.objects.values_list("said", flat=True)) == ["", "2 getan."]


def test_the_same_job_never_runs_twice_at_once():
    inner: list[JobRun | None] = []
    probe = job(lambda: "innen")

    def outside() -> str:
        inner.append(jobs.run(probe))
        return "außen"

    assert jobs.run(job(outside)).said == "außen"
    assert inner == [None]
    assert jobs.run(probe).said == "innen"


def test_two_different_jobs_do_not_wait_for_each_other():
    inner: list[JobRun | None] = []

    def outside() -> str:
        inner.append(jobs.run(job(lambda: "innen", key="andere")))
        return "außen"

    jobs.run(job(outside))
    assert inner[0] is not None and inner[0].said == "innen"


@pytest.mark.logged_errors("seniorportal.jobs")
def test_an_error_tells_its_place_but_never_its_text(caplog: pytest.LogCaptureFixture):
    def fail() -> str:
        raise RuntimeError("Erika Beispiel, Musterweg 3")

    row = jobs.run(job(fail))
    assert (row.outcome, row.said) == (Outcome.FAILED, "Unerwarteter Fehler: RuntimeError")
    assert "Erika" not in caplog.text and "test_jobs.py" in caplog.text


def test_trouble_is_a_sentence_for_somebody():
    def trouble() -> str:
        raise jobs.Trouble("Bitte nachsehen.")

    row = jobs.run(job(trouble))
    assert (row.outcome, row.said) == (Outcome.FAILED, "Bitte nachsehen.")


def test_overdue_by_the_rhythm_of_the_job():
    now = timezone.now()

    def last(**ago: int) -> JobRun:
        return JobRun(started_at=now - dt.timedelta(**ago))

    daily, minutely = job(str), job(str, every=jobs.EVERY_MINUTE)
    assert [daily.overdue(row, now) for row in (None, last(hours=37), last(hours=35))] == [True, True, False]
    assert [minutely.overdue(row, now) for row in (None, last(minutes=17), last(minutes=15))] == [
        True,
        True,
        False,
    ]


def test_the_command_runs_every_job_of_a_rhythm(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def trouble() -> str:
        raise jobs.Trouble("Bitte nachsehen.")

    three = (job(trouble, "eins"), job(lambda: "", "zwei"), job(str, "drei", jobs.EVERY_MINUTE))
    monkeypatch.setattr(jobs, "JOBS", {one.key: one for one in three})
    with pytest.raises(SystemExit) as end:
        call_command("run_jobs", "nightly")
    said = capsys.readouterr()
    assert end.value.code == 1
    assert said.err == "Probe: Bitte nachsehen.\n" and said.out == "Probe: nichts zu tun.\n"
    assert set(JobRun.objects.values_list("job", flat=True)) == {"eins", "zwei"}


def test_old_runs_are_forgotten():
    old = timezone.now() - dt.timedelta(days=JobRun.KEPT_DAYS + 1)
    JobRun.objects.create(job="alt", started_at=old, outcome=Outcome.DONE, said="alt")
    jobs.run(jobs.JOBS["forget_runs"])
    assert not JobRun.objects.filter(job="alt").exists()


def test_the_page_shows_each_job_with_its_last_run(client: Client):
    user = User.objects.create_user("technik")
    Membership.objects.create(user=user, role=Role.TECHNICAL)
    now = timezone.now()
    JobRun.objects.create(
        job="remind", started_at=now, outcome=Outcome.DONE, said="2 Erinnerungen geschrieben."
    )
    old = now - dt.timedelta(days=3)
    JobRun.objects.create(
        job="check_cards", started_at=old, outcome=Outcome.FAILED, said="Karten stimmen nicht."
    )
    client.force_login(user)
    page = client.get("/verwaltung/seniorportal/jobrun/").content.decode()
    for said in ("2 Erinnerungen geschrieben.", "Karten stimmen nicht.", "überfällig", "noch nie"):
        assert said in page
    for one in jobs.JOBS.values():
        assert one.title in page
    assert client.post("/verwaltung/seniorportal/jobrun/add/").status_code == 403
