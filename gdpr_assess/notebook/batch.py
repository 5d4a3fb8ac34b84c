"""Assesses and renders many clients; one that fails is reported and stops nobody else."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date

from gdpr_assess import pipeline
from gdpr_assess.issue import UserError
from gdpr_assess.lang.sentences import issue_sentence
from gdpr_assess.notebook.render import RenderError, render
from gdpr_assess.workspace import ClientFolder, os_problem


@dataclass(frozen=True)
class Done:
    """How one client ended: `problem` is None when all went well, `errors` the entries left out."""

    folder: str
    problem: str | None = None
    errors: int = 0


def one(folder: ClientFolder, as_of: date, lang: str | None) -> Done:
    """Assess and render one client; mistakes in its files and failed cells are returned, not raised."""
    name = str(folder.root)
    try:
        result = pipeline.assess_client(folder, as_of)
        pipeline.save(folder, result)
        for wanted in sorted({lang or "en", lang or result.client.report_language}):
            render(folder.run(as_of), wanted)
    except UserError as error:
        return Done(name, "; ".join(issue_sentence(issue, lang or "en") for issue in error.issues))
    except (RenderError, OSError) as error:
        return Done(name, os_problem(error) if isinstance(error, OSError) else str(error))
    return Done(name, errors=sum(issue.level == "error" for issue in result.issues))


def run_batch(folders: Sequence[ClientFolder], as_of: date, lang: str | None, workers: int) -> Iterator[Done]:
    """Yield how each client ended, as it ends; with one worker in the order given."""
    if workers == 1:
        for folder in folders:
            yield one(folder, as_of, lang)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(one, folder, as_of, lang) for folder in folders]
        for job in as_completed(jobs):
            yield job.result()
