"""The words of the Kurzbericht 2014–2017: three chapters, their aims and challenges, as the associations wrote them.

Only obvious slips of the pen are corrected. Who carries a chapter and what it counts comes from the data.
"""

from dataclasses import dataclass

from seniorportal.models import ReportArea


@dataclass(frozen=True)
class Aim:
    """One aim; ``parts`` are the examples or explanations below it."""

    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    area: ReportArea
    number: int
    title: str
    introduction: tuple[str, ...]
    aims_lead: str
    aims: tuple[Aim, ...]
    deeds: tuple[str, ...]  # what stands under «Zahlen & Daten» without a number
    challenges: tuple[str, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.title}"


CHAPTERS = (
    Chapter(
        area=ReportArea.MEETING_PLACES,
        number=1,
        title="Offene Seniorenarbeit in Begegnungsstätten",
        introduction=(
            "Die Begegnungsstätten sind integraler Bestandteil der gemeinwesenorientierten Seniorenarbeit. "
            "Die Arbeit stellt mit Bildungs- und Kulturangeboten, Präventionsarbeit, Engagementförderung "
            "und Partizipation einen eigenständigen gesellschaftlichen Gestaltungsbereich dar.",
            "Insbesondere für die Gruppe der „Hochaltrigen“ sind die kleinräumigen Angebote ein "
            "wesentlicher Teil, um soziale Kontakte zu pflegen.",
        ),
        aims_lead="Die Angebotsstruktur ist im Wesentlichen ausgerichtet auf die Interessens- und "
        "Bedürfnislagen von Menschen nach der aktiven Arbeitsphase, die",
        aims=(
            Aim("Kontakt oder neue Betätigungsfelder suchen"),
            Aim("eigene Ideen mit Unterstützung umsetzen wollen und Mitstreiter suchen"),
            Aim("Interesse an (Bildungs-)Angeboten haben"),
            Aim("Hilfe zur Lebensbewältigung suchen"),
            Aim("einen Migrationshintergrund haben"),
            Aim("sich im Vor- und Umfeld von Pflege bewegen"),
            Aim(
                "auf Grund körperlicher oder psychischer Einschränkungen der tagesstrukturierenden "
                "Unterstützung bedürfen"
            ),
            Aim("isoliert leben oder von Vereinsamung bedroht sind"),
        ),
        deeds=(),
        challenges=(
            "Bewährte Begegnungsangebote erhalten",
            "Trägerübergreifend zusammenarbeiten",
            "Angebote für die Generation 50+ und generationsübergreifende Projekte anstoßen",
            "Angebote für differenzierte Zielgruppen schaffen (z. B. Migranten, Homosexuelle, Transsexuelle)",
            "Bürgerschaftliches Engagement in Begegnungsstätten fördern",
        ),
    ),
    Chapter(
        area=ReportArea.CENTRE,
        number=2,
        title="Stadtteilzentrum Eugen-Krautscheid-Haus",
        introduction=(
            "Das Eugen-Krautscheid-Haus wurde 1983 eröffnet und ist neben den städtischen "
            "Seniorenbegegnungszentren (wie z. B. das Wilhelm-Hansmann-Haus) die einzige hauptamtlich "
            "geführte Einrichtung auf Seiten der Wohlfahrtsverbände.",
            "Nach dem Motto „Alles unter einem Dach“ sorgen Tagespflege, Seniorenbüro, externe "
            "Beratungsangebote sowie Freizeitangebote dafür, dass das Haus bei vielen Menschen (ab 50 "
            "Jahren) im unmittelbaren Einzugsgebiet, aber auch darüber hinaus einen hohen Stellenwert "
            "genießt.",
        ),
        aims_lead="",
        aims=(
            Aim("Beratungs- & Informationsangebote"),
            Aim("Durchführung von Bildungsangeboten (Sprachkurse, PC- & Smartphone-Kurse etc.)"),
            Aim("Durchführung von Gesundheitsangeboten (Tanz- und Gymnastikkurse, Wandern etc.)"),
            Aim("Kultur- & Freizeitangebote (Besichtigungsfahrten, Lesungen, Konzerte etc.)"),
            Aim("Durchführung von Fortbildungen und Seminaren"),
            Aim(
                "Förderung von Netzwerken und Kooperationen, z. B.:",
                (
                    "Seniorenbüro, Kitas",
                    "Fachhochschule Dortmund, Städtische Kliniken, Polizei, Rentenberater etc.",
                    "Quartiersarbeit",
                    "Theaterfestival Favoriten",
                    "Flüchtlingsinitiative „Ankommen“",
                    "Selbsthilfegruppen",
                ),
            ),
        ),
        deeds=(
            "Projekttag mit der Flüchtlingsinitiative „Ankommen“",
            "Gemeinsame Aktivitäten von minderjährigen Flüchtlingen und Senioren",
        ),
        challenges=(
            "Teilhabe an gesellschaftlichen, politischen und kulturellen Entwicklungen ermöglichen",
            "Soziales Miteinander stärken",
            "Angebote für Bürgerschaftliches Engagement ausbauen",
            "Erhalt des sozialen Konsenses",
            "Förderung der gesellschaftlichen Verantwortung",
        ),
    ),
    Chapter(
        area=ReportArea.OFFICES,
        number=3,
        title="Seniorenbüros",
        introduction=(
            "Hauptamtlich geführte Seniorenbüros in allen 12 Stadtbezirken in gemeinsamer Trägerschaft der "
            "Stadt mit den Dortmunder Wohlfahrtsverbänden.",
            "Jeweils ein(e) Mitarbeiter(in) von Kommune und Verband arbeiten als Tandem gleichberechtigt "
            "zusammen. Kompetenzen und Zugänge der beteiligten Organisationen werden genutzt.",
            "Die Form dieser Zusammenarbeit ist in Deutschland einmalig und keineswegs eine kommunale "
            "Selbstverständlichkeit. Die Ergebnisse der gemeinsamen Arbeit in den vergangenen 12 Jahren "
            "sind nachweisbar erfolgreich.",
        ),
        aims_lead="",
        aims=(
            Aim(
                "Senioren- und Pflegefachberatung, z. B.:",
                (
                    "Informationen zu Vorsorgevollmachten und Patientenverfügungen",
                    "Beratung zu Pflegegraden",
                ),
            ),
            Aim(
                "Fallmanagement / Einzelfallhilfe",
                ("Lotsenfunktion in der Abwicklung und der Koordinierung komplexer Einzelfallhilfen",),
            ),
            Aim(
                "Förderung des bürgerschaftlichen Engagements",
                (
                    "Organisation und Begleitung niedrigschwelliger Unterstützungsangebote wie z. B. "
                    "Nachbarschaftshelfer",
                ),
            ),
            Aim(
                "Aufbau kleinräumiger Netzwerke in allen Stadtbezirken",
                (
                    "Runde Tische in den Stadtbezirken sowie zunehmend eine engere Zusammenarbeit mit "
                    "Ärzten und Krankenhäusern",
                ),
            ),
        ),
        deeds=(),
        challenges=(
            "Engere Vernetzung der Seniorenbüros mit den Begegnungsstätten",
            "Entwicklung sozialer Projekte, die die Träger der Begegnungsstätten unterstützen, das "
            "bürgerschaftliche Engagement zu beleben",
        ),
    ),
)
