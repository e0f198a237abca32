"""What notebooks of several languages made, as the files of one report."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from futian_model import report
from futian_model.batch.jobs import Made, Outcome
from futian_model.batch.settings import DICTIONARY, PARQUET, RESULTS
from futian_model.files import csv_file
from futian_model.report.page.dictionary import dictionary
from futian_model.report.page.results_files import csv_of, parquet

OTHERWISE = "the scenario or the data changed while the report was made"


def timed(outcome: Outcome, by_lang: Mapping[str, Made]) -> Outcome:
    """An outcome with the time that its languages took and the warnings that they left."""
    return replace(
        outcome,
        seconds=sum(product.seconds for product in by_lang.values()),
        executing=sum(product.executing for product in by_lang.values()),
        attempts=max(product.attempts for product in by_lang.values()),
        warnings=tuple(dict.fromkeys(text for texts in warnings_of(by_lang).values() for text in texts)),
    )


def failed(outcome: Outcome, fault: str) -> Outcome:
    """An outcome that came to nothing."""
    return replace(outcome, fault=fault, status="failed")


def fault_of(by_lang: Mapping[str, Made], stated: Mapping[str, Any]) -> str:
    """Why languages must not go out together: their own faults, or that they say different things.

    Parameters
    ----------
    by_lang : mapping of str to Made
        By language.
    stated : mapping
        Inputs that every language must have been made from.
    """
    faults: dict[str, list[str]] = {}
    for lang, product in by_lang.items():
        for fault in product.faults:
            faults.setdefault(fault, []).append(lang)
    if faults:
        return "; ".join(f"{', '.join(langs)}: {fault}" for fault, langs in faults.items())
    first, *others = [product.record for product in by_lang.values()]
    same = all(
        other["inputs"] == first["inputs"] and other["results"] == first["results"] for other in others
    )
    return "" if same and {**first["inputs"], **stated} == first["inputs"] else OTHERWISE


def files_of(by_lang: Mapping[str, Made]) -> dict[str, bytes]:
    """Files of all languages, and the tables of the results that they share."""
    record = next(iter(by_lang.values())).record
    table = report.results_from(record["results"])
    named = dictionary(table, record["names"]).to_csv(index=False, lineterminator="\n")
    return {name: content for product in by_lang.values() for name, content in product.files.items()} | {
        RESULTS: csv_file(csv_of(record["results"])),
        PARQUET: parquet(table),
        DICTIONARY: csv_file(named),
    }


def warnings_of(by_lang: Mapping[str, Made]) -> dict[str, list[str]]:
    """By file name, what a reader should know about how it came out."""
    return {name: texts for product in by_lang.values() for name, texts in product.warnings.items()}
