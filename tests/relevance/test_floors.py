"""Search is as good as it was: the figures are those of ``python -m benchmarks.relevance``."""

from __future__ import annotations

import os

import pytest

from benchmarks.floors import Floors, raised, read_floors, write_floors
from benchmarks.judged import COLLECTIONS, load
from benchmarks.relevance import ask, compare, evaluate, means

SMALL = ("piaf", "cnil_faq")
ALL = os.environ.get("NEWSINDEX_RELEVANCE") == "all"


@pytest.mark.parametrize("name", COLLECTIONS)
def test_no_figure_falls_below_its_floor(data, name):
    if not (ALL or name in SMALL):
        pytest.skip(f"{name} takes a minute (set NEWSINDEX_RELEVANCE=all)")
    if not (data / "ir" / name).is_dir():
        pytest.skip(f"no {name} in {data}")
    judged = load(name, data)
    floors = read_floors()[name]
    if floors.digest != judged.digest:
        pytest.skip(f"the floors of {name} are of other data")
    figures = means(evaluate(ask("newsindex", judged), judged.answers))
    assert floors.missed(figures) == {}


def test_every_collection_has_floors():
    assert set(read_floors()) == set(COLLECTIONS)


def test_a_floor_rises_and_falls_only_where_that_is_accepted():
    known = Floors("data", {"nDCG@10": 0.5, "R@100": 0.9})
    figures = {"nDCG@10": 0.6128, "R@100": 0.8}
    assert raised(known, "data", figures, accept_lower=False).least == {"nDCG@10": 0.612, "R@100": 0.9}
    assert raised(known, "data", figures, accept_lower=True).least == {"nDCG@10": 0.612, "R@100": 0.8}


def test_floors_of_other_data_say_nothing():
    known = Floors("old data", {"nDCG@10": 0.9})
    assert raised(known, "new data", {"nDCG@10": 0.5}, accept_lower=False) == Floors(
        "new data", {"nDCG@10": 0.5}
    )


def test_floors_are_read_as_they_were_written(tmp_path):
    floors = {"questions": Floors("data", {"nDCG@10": 0.612})}
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors


def test_a_figure_counts_the_questions_without_an_answer():
    answers = {"first": {"a": 1}, "second": {"b": 1}, "third": {"c": 1}}
    figures = evaluate({"first": ["a"], "second": ["x", "b"], "third": []}, answers)
    assert means(figures)["RR@10"] == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert means(figures)["R@100"] == pytest.approx(2 / 3)


def test_the_best_peer_is_the_one_with_the_highest_mean():
    own, good, bad = (
        {"RR@10": values} for values in ({"p": 1.0, "q": 0.5}, {"p": 0.5, "q": 0.5}, {"p": 0.1, "q": 0.2})
    )
    compared = compare({"newsindex": own, "bad": bad, "good": good}, "RR@10")
    assert (compared.peer, compared.gain) == ("good", 0.25)
