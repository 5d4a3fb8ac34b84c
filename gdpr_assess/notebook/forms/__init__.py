"""What the walk-through notebooks call: one property per cell, each a part of the walk-through."""

from __future__ import annotations

from functools import cached_property

from gdpr_assess.notebook.forms.answers import AnswersForm
from gdpr_assess.notebook.forms.bring_systems import SystemsForm
from gdpr_assess.notebook.forms.client import OpenClient, client_folder
from gdpr_assess.notebook.forms.evidence import EvidenceForm, EvidencePreview
from gdpr_assess.notebook.forms.flows import FlowPreview
from gdpr_assess.notebook.forms.mapping import MappingForm
from gdpr_assess.notebook.forms.opening import Page, Part
from gdpr_assess.notebook.forms.profile import Applicable, ProfileForm
from gdpr_assess.notebook.forms.review import documents, findings, gaps
from gdpr_assess.notebook.forms.rights import rights
from gdpr_assess.notebook.forms.rows import RowsForm
from gdpr_assess.notebook.forms.run import RunForm, Runs, SignOff
from gdpr_assess.notebook.forms.sampling import SamplingForm
from gdpr_assess.notebook.forms.suggestion import SuggestionForm
from gdpr_assess.notebook.forms.wording import WordingForm, WordingPreview


class ProfilePage(Page):
    """01: who the client is, its sites and partners, and what follows from that."""

    name = "profile"

    @cached_property
    def profile(self) -> Part:
        """The profile."""
        return Part("profile", ProfileForm(self.client).widget)

    @cached_property
    def sites(self) -> Part:
        """The sites."""
        return Part("sites", RowsForm(self.client, "sites").widget)

    @cached_property
    def partners(self) -> Part:
        """The partners."""
        return Part("partners", RowsForm(self.client, "partners").widget)

    @cached_property
    def controls(self) -> Part:
        """Which controls apply."""
        return Part("controls", Applicable(self.client).widget)


class FlowsPage(Page):
    """02: the systems, the flows, the rights of people in the systems, and the map."""

    name = "flows"

    @cached_property
    def systems(self) -> Part:
        """The systems."""
        return Part("systems", SystemsForm(self.client).widget)

    @cached_property
    def flows(self) -> Part:
        """The flows."""
        return Part("flows", RowsForm(self.client, "flows").widget)

    @cached_property
    def rights(self) -> Part:
        """What can be done in each system when people use their rights."""
        return Part("rights", rights(self.client))

    @cached_property
    def map(self) -> Part:
        """The map with what was found on it."""
        return Part("map", FlowPreview(self.client).widget)


class WordingPage(Page):
    """03: the texts, and what they say and lack."""

    name = "wordings"

    @cached_property
    def wordings(self) -> Part:
        """The texts."""
        return Part("wordings", WordingForm(self.client).widget)

    @cached_property
    def marked(self) -> Part:
        """The texts, marked."""
        return Part("marked", WordingPreview(self.client).widget)

    @cached_property
    def suggestion(self) -> Part:
        """The compliant text, to be edited and taken over."""
        return Part("suggestion", SuggestionForm(self.client).widget)


class PracticesPage(Page):
    """04: the records, what they show, and the answers."""

    name = "practices"

    @cached_property
    def _shown(self) -> EvidencePreview:
        return EvidencePreview(self.client)

    @property
    def records(self) -> Part:
        """The records as recognised."""
        return Part("records", self._shown.files)

    @cached_property
    def mapping(self) -> Part:
        """The columns of files that are not recognised."""
        return Part("mapping", MappingForm(self.client).widget)

    @cached_property
    def evidence(self) -> Part:
        """The index of the records."""
        return Part("evidence", EvidenceForm(self.client).widget)

    @cached_property
    def sample(self) -> Part:
        """The drawing of records for listening or reading."""
        return Part("sample", SamplingForm(self.client).widget)

    @cached_property
    def answers(self) -> Part:
        """The answers."""
        return Part("answers", AnswersForm(self.client).widget)

    @property
    def checks(self) -> Part:
        """The results of the checks."""
        return Part("checks", self._shown.widget)


class ReviewPage(Page):
    """05: run the assessment, decide on what it found, sign it off."""

    name = "review"

    @cached_property
    def _runs(self) -> Runs:
        return Runs(self.client)

    @cached_property
    def run(self) -> Part:
        """Date, button and result."""
        return Part("run", RunForm(self._runs).widget)

    @cached_property
    def findings(self) -> Part:
        """Decisions on findings."""
        return Part("findings", findings(self._runs).widget)

    @cached_property
    def documents(self) -> Part:
        """Decisions on documents."""
        return Part("documents", documents(self._runs).widget)

    @cached_property
    def gaps(self) -> Part:
        """Decisions on gaps."""
        return Part("gaps", gaps(self._runs).widget)

    @cached_property
    def sign_off(self) -> Part:
        """The signing off."""
        return Part("sign off", SignOff(self._runs).widget)


def _open(client: str, lang: str) -> OpenClient:
    """`client` is the client folder (empty: see `client_folder`), `lang` the language of the reader."""
    return OpenClient(client_folder(client), lang)


def open_profile(client: str, lang: str) -> ProfilePage:
    """Open page 01."""
    return ProfilePage(_open(client, lang))


def open_flows(client: str, lang: str) -> FlowsPage:
    """Open page 02."""
    return FlowsPage(_open(client, lang))


def open_wordings(client: str, lang: str) -> WordingPage:
    """Open page 03."""
    return WordingPage(_open(client, lang))


def open_practices(client: str, lang: str) -> PracticesPage:
    """Open page 04."""
    return PracticesPage(_open(client, lang))


def open_review(client: str, lang: str) -> ReviewPage:
    """Open page 05."""
    return ReviewPage(_open(client, lang))
