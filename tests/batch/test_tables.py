"""The results of a whole batch in one table: what is in it, what is not, and that it can be checked."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from futian_model.batch import Settings, standing, verify_table
from futian_model.batch.folder import manifest_of
from futian_model.batch.settings import PACKAGE, TABLES
from futian_model.cli import main
from futian_model.errors import InputError
from futian_model.evidence import load_evidence
from futian_model.project import Project

from .conftest import Notebook, RunBatch

READ = """
import sys, pandas, pyam
held = pyam.IamDataFrame(sys.argv[1])
held.data.to_csv(sys.argv[2], index=False)
"""


def read(project: Project, name: str = "results.csv") -> pd.DataFrame:
    return pd.read_csv(
        project.outputs / name, encoding="utf-8-sig", keep_default_na=False, na_values={"value": [""]}
    )


def test_a_batch_leaves_the_results_of_all_its_reports_in_one_table(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook()
    run_batch("stagnation", "plan_targets", langs=("zh", "en"))
    whole = read(project)
    own = [read(project, f"{name}/results.csv") for name in ("stagnation", "plan_targets")]
    pd.testing.assert_frame_equal(whole, pd.concat(own, ignore_index=True))
    assert whole["run"].nunique() == 2
    for name in ("results.csv", "dictionary.csv", "iamc.csv", "stagnation/results.csv"):
        assert (project.outputs / name).read_bytes().startswith(b"\xef\xbb\xbf")
    typed = pd.read_parquet(project.outputs / "results.parquet")
    assert len(typed) == len(whole)
    assert list(typed) == list(whole)
    assert (typed["value"].fillna(0) == whole["value"].fillna(0)).all()
    named = read(project, "dictionary.csv")
    assert not named.duplicated(["kind", "reading", "code"]).any()
    for kind in ("indicator", "place", "case", "unit"):
        codes = set(named.loc[named["kind"] == kind, "code"])
        assert codes == set(whole[kind]) - {""}
    assert named.loc[named["code"] == "real_gdp", ["name_zh", "name_en"]].ne("").all(axis=None)
    package = json.loads((project.outputs / PACKAGE).read_text("utf-8"))
    for resource in package["resources"]:
        table = read(project, resource["path"])
        fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        assert list(fields) == list(table)
        for name, kind in fields.items():
            if kind == "integer":
                assert table[name].astype(str).str.fullmatch(r"\d*").all()
            else:
                assert (kind == "number") == (name == "value" and pd.api.types.is_float_dtype(table[name]))
    assert {"year", "horizon", "value"} <= {
        field["name"] for field in package["resources"][0]["schema"]["fields"]
    }
    index = (project.outputs / "index.html").read_text("utf-8")
    assert [name for name in TABLES if f'<a href="{name}">' not in index] == []


def test_what_failed_is_not_in_it_and_named_as_missing_until_it_is_made(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("if 'plan' in scenario: raise ValueError('too much')")
    run_batch("plan_targets", "stagnation", "evidence_trend")
    assert set(pd.read_parquet(project.outputs / "results.parquet")["run"]) == set(read(project)["run"])
    manifest = manifest_of(project.outputs)
    assert manifest is not None
    assert list(manifest["scenarios"]) == ["stagnation", "evidence_trend"]
    assert list(manifest["scenarios"].values()) == list(read(project)["run"].unique())
    assert list(manifest["missing"]) == ["plan_targets"]
    assert "ValueError: too much" in manifest["missing"]["plan_targets"]
    notebook()
    run_batch("plan_targets")
    manifest = manifest_of(project.outputs)
    assert manifest is not None
    assert list(manifest["scenarios"]) == ["plan_targets", "evidence_trend", "stagnation"]
    assert manifest["missing"] == {}
    assert len(read(project)) == sum(
        len(read(project, f"{name}/results.csv")) for name in manifest["scenarios"]
    )


def test_a_batch_of_failures_leaves_no_table(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("raise ValueError('no')")
    run_batch("stagnation")
    assert [name for name in TABLES if (project.outputs / name).exists()] == []
    assert json.loads((project.outputs / "manifest.json").read_text("utf-8"))["scenarios"] == {}


def test_a_table_that_somebody_changed_is_kept_and_no_batch_stands_on_it(
    project: Project, notebook: Notebook, run_batch: RunBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook()
    monkeypatch.chdir(project.root)
    assert main(["run", "stagnation", "--draws", "20", "--lang", "zh", "--format", "html"]) == 0
    settings = Settings(project.outputs, ("zh",))
    (last,) = (
        told
        for told in map(json.loads, (project.outputs / "run_log.jsonl").read_text("utf-8").splitlines())
        if told["event"] == "end"
    )
    assert standing(settings, last["stamp"]) is not None
    made = (project.outputs / "results.csv").read_bytes()
    (project.outputs / "results.csv").write_text("mine", "utf-8")
    assert standing(settings, last["stamp"]) is None
    assert main(["run", "stagnation", "--draws", "20", "--lang", "zh", "--format", "html"]) == 0
    assert (project.outputs / "results.csv").read_bytes() == made
    assert (project.outputs / "results.kept-1.csv").read_text("utf-8") == "mine"


def test_a_table_is_checked_against_the_reports_beside_it(
    project: Project, notebook: Notebook, run_batch: RunBatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook()
    run_batch("stagnation")
    evidence = load_evidence(project)
    count = len(read(project))
    for name in ("results.csv", "results.parquet", "iamc.csv", "stagnation/results.csv"):
        verdict = verify_table(project.outputs / name, evidence)
        assert (verdict.sound, verdict.rerun) == (True, count)
    assert verify_table(project.outputs / "dictionary.csv", evidence).sound
    file = project.outputs / "results.csv"
    lines = file.read_text("utf-8-sig").splitlines()
    at = next(at for at, line in enumerate(lines) if ",real_gdp,,亿元,constant,2035,,central," in line)
    lines[at] = lines[at].rpartition(",")[0] + ",12345.5"
    file.write_text("\n".join(lines) + "\n", "utf-8-sig")
    verdict = verify_table(file, evidence)
    assert len(verdict.edited) == 1
    assert len(verdict.apart) == 1
    assert "real_gdp 2035 central: 12345.5 in the file" in verdict.apart[0]
    with pytest.raises(InputError, match=r"beside the manifest\.json that it was written with"):
        verify_table(project.root / "data" / "results.csv", evidence)


def test_pyam_reads_every_value(project: Project, notebook: Notebook, run_batch: RunBatch, pyam: str) -> None:
    notebook()
    run_batch("stagnation", "plan_targets")
    held = project.root / "held.csv"
    # in a process of its own, as what it imports warns; without units that another checkout has kept
    own_cache = os.environ | {"XDG_CACHE_HOME": str(project.root / "cache")}
    command = [sys.executable, "-c", READ, str(project.outputs / "iamc.csv"), str(held)]
    subprocess.run(command, check=True, env=own_cache)
    told = pd.read_csv(held).dropna(subset="value")
    own = read(project).replace({"year": {"": None}}).dropna(subset=["value", "year"])
    parts = own[["indicator", "reading", "statistic", "case"]].to_numpy().tolist()
    own = own.assign(
        variable=["|".join(filter(None, row)) for row in parts],
        region=own["place"],
        year=own["year"].astype(int),
    )
    own = own.drop_duplicates(["scenario", "region", "variable", "year"])
    both = own.merge(told, on=["scenario", "region", "variable", "year"], validate="one_to_one")
    assert len(both) == len(own) == len(told)
    assert (both["value_x"] == both["value_y"]).all()
