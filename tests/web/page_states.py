"""Every state of the page, by name, for tests that look at all of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.applications import Starlette

from newsindex import Article, Index
from newsindex.web import Limits, create_app

ARABIC = Article(
    "عاجل: زيارة إلى طنجة",
    "وصل الوفد إلى طنجة للقاء Interpol في المدينة.\n\nسطر آخر.",
    "هسبريس",
    date(2026, 1, 9),
    url="https://ar.example/a?b=c&d=é",
    section="سياسة",
    author="محمد",
    lang="ar",
    abstract="ملخص",
    id='ar "<&',
)
_PLAN = "Le ministre a annoncé mardi à Rabat un plan de douze milliards pour les barrages du royaume. " * 3
_LATER = date.today() + timedelta(days=900)


class State(NamedTuple):
    """One state: its address behind the slash, its status, and the name of the application that shows it."""

    address: str
    status: int = 200
    shown_by: str = "press"


STATES = {
    "home": State(""),
    "results": State("?q=interpol+marrakech"),
    "one result": State("?q=filomena"),
    "second page": State("?q=barrages&limit=2&after={next}"),
    "folded dispatches": State("?q=barrages"),
    "unfolded dispatches": State("?q=barrages&collapse=false&sort=newest"),
    "filters": State("?q=barrages&source=Un&source=Deux&since=2025&until=2027&operator=all"),
    "notes": State("?q=source:nulle+titi:x+%22abc+(neige+-le+*x"),
    "right to left": State("?q=طنجة"),
    "spelling": State("?q=barages+roiaume"),
    "nothing": State("?q=zzzzz+yyyyy&operator=all&source=Un"),
    "nothing with these filters": State("?q=barrages&source=Nulle"),
    "bad date": State("?q=neige&since=bientot&source=Un", 400),
    "too many patterns": State("?q=" + "a*+" * 11, 400),
    "cursor of another search": State("?q=neige&after=nonsense", 400),
    "long address": State("?q=" + "a" * 9_000, 414),
    "no page": State("nowhere", 404),
    "article": State("article?q=interpol&id=a"),
    "article from right to left": State(f"article?{urlencode({'q': 'طنجة', 'id': ARABIC.id})}"),
    "bare article": State("article?id=bare"),
    "copied article": State("article?id=Un"),
    "long article": State("article?id=a", shown_by="small"),
    "no article": State("article?id=nix", 404),
    "comparison form": State("compare"),
    "comparison": State("compare?q=barrages&q=interpol&q=%3Cb%3E&section=Monde&section=%D8%B3&show=share"),
    "comparison by day": State("compare?q=barrages&q=barrage&by=day&since=2025-01-01&until=2025-01-20"),
    "comparison of nothing": State("compare?q=zzzzz"),
    "too many compared": State("compare?q=a&q=b&q=c&q=d&q=e&q=f", 400),
    "words": State("words?q=barrages"),
    "no words": State("words?q=zzzzz"),
    "trends": State("trends?since=2025&source=Un"),
    "trends of a week": State("trends"),
    "trends of the future": State("trends?since=2999", 400),
    "alerts": State("alerts"),
    "alert": State("alerts?name=barrages"),
    "alert without news": State("alerts?name=neige+%26+pluie"),
    "no alert": State("alerts?name=x", 404),
    "empty index": State("", shown_by="empty"),
    "no alerts": State("alerts", shown_by="empty"),
    "too slow": State("?q=neige", 503, "slow"),
}
"""The states of the page over an index that :func:`fill` has filled."""


def address_of(state: State, index: Index) -> str:
    """The address of a state behind the slash."""
    if "{next}" not in state.address:
        return state.address
    found = index.search("barrages", limit=2, collapse=True)
    return state.address.format(next=found.next)


def fill(index: Index) -> None:
    """Add articles and alerts that bring every part of the page about."""
    index.add(
        [
            ARABIC,
            Article("Interpol à Marrakech", f"Les polices se réunissent.\n\nInterpol parle. {_PLAN}",
                    "Le Fanal", date(2026, 1, 1), url="https://fanal.example/a?b=c&d=é#f", section="Monde",
                    author="Nadia Alaoui", abstract="Une réunion.", lang="fr", id="a"),
            Article("La tempête <Filomena> & la neige", "Il neige.", "", date(2024, 2, 29), lang="zz-!"),
            Article("", "Un texte sans titre.", id="bare"),
            Article("Un salon", "Il aura lieu.", "Le Rif", _LATER),
            *(Article(f"Dépêche {i}", f"Un barrage {i} et la crue.", f"Source {i}", date(2025, 1, 1 + i))
              for i in range(12)),
            *(Article("Un plan pour les barrages", _PLAN, source, date(2026, 1, 3))
              for source in ("Deux", "Trois")),
            Article("Un plan pour les barrages", _PLAN, "Un", date(2026, 1, 3), id="Un"),
        ]
    )  # fmt: skip
    index.alerts.add("barrages", "barrages")
    index.alerts.add("neige & pluie", "neige OU pluie", section="Météo", since="2025", until="2999")
    index.add(
        [
            Article("Des barrages neufs", "Trois barrages.", "Deux", lang="fr"),
            Article("Les barrages <pleins>"),
        ]
    )


def applications(index: Index, empty: Index) -> dict[str, Starlette]:
    """The applications that show the states, by name."""
    return {
        "press": create_app(index, token="geheim"),
        "small": create_app(index, limits=Limits(article=100)),
        "slow": create_app(index, limits=Limits(seconds=1e-6)),
        "empty": create_app(empty),
    }
