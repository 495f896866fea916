"""An index of a few articles of three sources, two of which ran the same dispatch."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsindex import Article

DISPATCH = (
    "Le barrage de Sidi Driss a retrouvé son niveau de 2019 après trois semaines de pluie, a annoncé "
    "l'agence du bassin. Les agriculteurs de la plaine attendent l'ouverture des vannes, prévue lundi."
)
ARTICLES = [
    Article("Le barrage se remplit", DISPATCH, "L'Écho", datetime(2026, 3, 2, 23, 30, tzinfo=UTC),
            url="https://echo.example/barrage?a=1&b=(2)", id="a", section="Eau", author="A. Idrissi"),
    Article("Le barrage se remplit", DISPATCH, "Le Phare", date(2026, 3, 2),
            url="https://phare.example/barrage", id="b", section="Eau"),
    Article("Barrage : les riverains inquiets", "Le barrage fuit.\n\nLes riverains le disent.", "Le Phare",
            date(2026, 3, 1), id="c", section="Société"),
    Article("", "Un barrage sans titre ni date.", id="d", url="javascript:alert(1)"),
]  # fmt: skip


@pytest.fixture
def index(make_index):
    return make_index(ARTICLES)
