"""An index and clients of applications over it."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.testclient import TestClient

from newsindex import Article
from newsindex.web import create_app

ARTICLES = [
    Article("Neige à Ifrane", "Il a neigé sur le Moyen Atlas.", source="L'Écho", published=date(2026, 1, 2),
            url="https://echo.example/neige?page=1&b=2", section="Météo", author="A. Idrissi", lang="fr"),
    Article("La neige coupe la route", "La route d'Azrou est fermée.", source="L'Écho",
            published=date(2026, 1, 5), url="https://echo.example/route"),
    Article("Pluie sur Fès", "Il pleut, sans neige.", source="Le Phare", published=date(2025, 12, 1),
            id="pluie/1"),
    Article("Sans date", "Un article sans date ni source.", id="sans date"),
]  # fmt: skip


@pytest.fixture
def index(make_index):
    return make_index(ARTICLES)


@pytest.fixture
def client(index):
    return TestClient(create_app(index))


@pytest.fixture
def problem():
    """Whether a response is a problem of a status; gives its detail."""

    def problem(response, status):
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"
        told = response.json()
        assert told["status"] == status
        assert told["title"]
        assert response.headers["cache-control"] == "no-store"
        return told["detail"]

    return problem
