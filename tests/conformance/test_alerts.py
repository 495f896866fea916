"""Alerts tell each new article once, keep what was not acknowledged, and are checked as searches are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from newsindex import AlertExists, AlertNotFound, Article, QueryError
from newsindex.query.similarity.near_duplicates import DuplicateGroups

from .press import DISPATCH


def article(article_id, body="eau à Tiznit", **fields):
    return Article(fields.pop("headline", f"Titre {article_id}"), body, id=article_id, **fields)


def new(index, name="eau"):
    return [match.hit.article.id for match in index.alerts.new(name)]


@pytest.fixture
def index(make_index):
    index = make_index([article("ancien")])
    index.alerts.add("eau", "eau AND tiznit")
    return index


def test_alerts_are_a_mapping_of_names(place, index):
    index.alerts.add(
        "autre", "maroc", source=["Hespress", "Le Monde"], since="2026-01", until=date(2026, 3, 1)
    )
    for alerts in (index.alerts, place.open(index).alerts):
        assert list(alerts) == ["autre", "eau"]
        assert len(alerts) == 2
        assert "eau" in alerts
        assert 3 not in alerts
        alert = alerts["autre"]
        assert (alert.name, alert.query, alert.operator, alert.error) == ("autre", "maroc", "any", None)
        expected = {"source": ("Hespress", "Le Monde"), "since": "2026-01", "until": date(2026, 3, 1)}
        assert dict(alert.filters) == expected
        assert datetime.now(UTC) - alert.created < timedelta(minutes=5)
        assert alert.seen is None
        assert alerts.get("eau").name == "eau"
        assert alerts.get("rien") is None
        assert [name for name, _ in alerts.items()] == ["autre", "eau"]
        assert "autre, eau" in repr(alerts)


def test_an_alert_that_exists_is_only_replaced_on_request(index):
    with pytest.raises(AlertExists, match="eau"):
        index.alerts.add("eau", "maroc")
    index.add([article("a")])
    assert index.alerts.add("eau", "eau AND tiznit", replace=True).query == "eau AND tiznit"
    assert new(index) == ["a"], "the same search goes on"
    index.alerts.add("eau", "maroc", replace=True)
    assert new(index) == []


def test_several_changes_are_one_commit(index):
    with index.alerts.writer() as alerts:
        alerts.add("a", "maroc")
        alerts.add("b", "algérie", replace=True)
        alerts.remove("eau")
        assert list(alerts) == ["a", "b"]
        assert list(index.alerts) == ["eau"]
    assert list(index.alerts) == ["a", "b"]

    def fails():
        with index.alerts.writer() as alerts:
            alerts.add("c", "tunisie")
            alerts.add("a", "maroc")

    with pytest.raises(AlertExists):
        fails()
    assert list(index.alerts) == ["a", "b"]


def test_a_removed_alert_tells_nothing_and_its_name_is_free(index):
    index.add([article("a")])
    index.alerts.remove("eau")
    assert list(index.alerts) == []
    with pytest.raises(AlertNotFound, match="there is none"):
        index.alerts.new("eau")
    index.alerts.add("eau", "eau")
    assert new(index) == []


def test_an_unknown_name_is_told_with_the_known_ones(index):
    assert "\ud800" not in index.alerts
    for call in (
        lambda alerts: alerts["x"], lambda alerts: alerts.remove("x"), lambda alerts: alerts.new("x"),
        lambda alerts: alerts.acknowledge("x"), lambda alerts: alerts.latest("x"),
    ):  # fmt: skip
        with pytest.raises(AlertNotFound, match="'x': the alerts are eau"):
            call(index.alerts)


def test_queries_and_names_that_cannot_be_alerts_are_refused_at_once(index):
    for query, message in (
        ("", "needs a query or a filter"), ("  ", "needs a query or a filter"), ("le la les", "tells more"),
        ("de SAUF maroc", "tells more"), ("!!!", "no word"), ("mot " * 25_000, "shorten"),
        ("a" * 100_000, "shorten"), ("\ud800", "Unicode"), ("date:hierr", "hierr"),
        ("eau date:2026-02 à 2026-01", "ends before"),
    ):  # fmt: skip
        with pytest.raises(QueryError, match=message):
            index.alerts.add("x", query)
    for dates in ({"since": "2026", "until": "2025"}, {"since": date(2026, 1, 1), "until": "2025"}):
        with pytest.raises(QueryError, match="ends before it begins"):
            index.alerts.add("x", "maroc", **dates)
    for name in ("", " ", " eau ", "a/b", "a\nb", "..", "x" * 201):
        with pytest.raises(QueryError, match="name"):
            index.alerts.add(name, "maroc")
    with pytest.raises(TypeError):
        index.alerts.add("x", "maroc", sources="Hespress")
    assert list(index.alerts) == ["eau"]


@pytest.mark.parametrize(
    ("query", "dates"),
    [
        ("maroc", {"since": "demain", "until": "hier"}),
        ("maroc", {"since": "hier", "until": "2020"}),
        ("maroc", {"since": "9998", "until": "hier"}),
        ("maroc date:[demain TO hier]", {}),
        ("maroc date:demain à hier", {}),
        ("maroc date:[hier TO 2020]", {}),
        ("maroc date:d'hier au 3 mars 2020", {}),
    ],
)
def test_a_period_with_a_relative_date_can_be_saved_on_every_day(index, query, dates):
    index.alerts.add("x", query, **dates)
    assert index.alerts["x"].error is None
    index.add([article("maroc", "Le Maroc")])
    assert new(index, "x") == []


# What is new


def test_what_is_there_already_is_not_new_and_what_comes_is_told_in_order(index):
    report = index.add([article("b", published=date(2026, 2, 2)), article("a", published=date(2026, 1, 1))])
    assert new(index) == ["a", "b"]
    told = [(match.alert.name, match.hit.article.id) for match in report.alerts]
    assert told == [("eau", "a"), ("eau", "b")]
    index.add([article("tard", published=date(2020, 1, 1)), article("rien", "maroc")])
    assert new(index) == ["a", "b", "tard"]
    assert "<mark>eau</mark>" in index.alerts.new("eau")[0].hit.snippet.html


def test_a_callback_is_called_after_the_commit(index):
    told = []
    index.add(
        [article("a"), article("b")],
        commit_every=1,
        alerts=lambda match: told.append((match.hit.article.id, match.hit.article.id in index)),
    )
    assert told == [("a", True), ("b", True)]


@pytest.mark.parametrize(
    ("query", "filters", "told", "silent"),
    [
        ("eau tiznit", {"operator": "all"}, "de l'eau à Tiznit", "de l'eau à Agadir"),
        ('"coopération policière"', {}, "une coopération policière", "une coopération et une policière"),
        ('"accord policière"~4', {}, "accord de coopération policière", f"accord {'mot ' * 9} policière"),
        ("gouvern*", {}, "le gouvernement", "le ministère"),
        ("tebboun~", {}, "Tebboune parle", "le président parle"),
        ("=péché", {}, "le péché", "la pêche"),
        ("titre:barrage", {}, "", "un barrage dans le texte"),
        ("eau NOT maroc", {}, "de l'eau", "l'eau du Maroc"),
        ("maroc -eau", {}, "le Maroc", "l'eau au Maroc"),
        ("", {"source": "hespress"}, "un texte", ""),
        ("eau", {"since": "2026", "until": "2026-06"}, "l'eau", ""),
    ],
)  # fmt: skip
def test_an_alert_finds_what_a_search_finds(make_index, query, filters, told, silent):
    index = make_index([article("ancien", "un texte", source="Hespress")])
    index.alerts.add("essai", query, **filters)
    given = {"source": "Hespress", "published": date(2026, 3, 3)}
    other = {} if silent == "" else given
    index.add([article("oui", told, headline="Le barrage" if not told else "Titre", **given),
               article("non", silent, headline="Autre titre", **other)])  # fmt: skip
    assert new(index, "essai") == ["oui"]
    found = {hit.article.id for hit in index.search(query, **filters)}
    assert found - {"ancien"} == {"oui"}


def test_many_alerts_are_asked_at_once(make_index):
    index = make_index([article("ancien", "le maroc et la mer", headline="Le port")])
    with index.alerts.writer() as alerts:
        for number in range(60):
            alerts.add(f"a{number:02}", f"maroc AND mot{number}")
        alerts.add("toujours", "NOT rien")
    report = index.add([article("b", "le maroc a un mot7"), article("c", "rien")])
    assert [match.alert.name for match in report.alerts] == ["a07", "toujours"]


def test_relative_dates_count_from_the_moment_of_the_commit(make_index):
    index = make_index([])
    index.alerts.add("hier", "depuis:hier")
    index.alerts.add("filtre", "", since="hier")
    today = date.today()
    index.add([article("neuf", published=today), article("vieux", published=today - timedelta(days=30))])
    assert new(index, "hier") == new(index, "filtre") == ["neuf"]


def test_an_update_is_told_where_it_begins_to_fit(index):
    index.add([article("a", "maroc"), article("b")])
    index.alerts.acknowledge("eau")
    index.add(
        [article("a", "eau à Tiznit"), article("b", "eau à Tiznit encore"), article("ancien", "eau tiznit !")]
    )
    assert new(index) == ["a"]
    index.add([article("b", "rien")])
    index.add([article("b", "eau à Tiznit de nouveau")])
    assert new(index) == ["a", "b"], "an earlier version did not fit"


def test_a_deleted_article_is_not_new_any_more(index):
    index.add([article("a"), article("b")])
    index.delete("a")
    assert new(index) == ["b"]
    index.alerts.acknowledge("eau")
    index.delete("b")
    index.add([article("a"), article("b")])
    assert new(index) == ["a"], "b was told"


@pytest.mark.parametrize("other", ["", "maroc"])
def test_an_article_that_comes_back_and_does_not_fit_is_told_once_it_fits_again(index, other):
    """Whether another alert matches what came back makes no difference."""
    if other:
        index.alerts.add("autre", other)
    index.add([article("a")])
    index.alerts.acknowledge("eau")
    index.delete("a")
    index.add([article("a", "le Maroc")])
    assert index.alerts.latest("eau") == []
    assert new(index) == []
    index.add([article("a", "eau à Tiznit, encore")])
    assert new(index) == ["a"]


def test_a_commit_that_fails_tells_nothing(index):
    def articles():
        yield article("a")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.add(articles())
    assert new(index) == []


# Acknowledging


def test_two_programs_see_the_same(place, index):
    other = place.open(index)
    index.add([article("a"), article("b")])
    matches = other.alerts.new("eau")
    assert [match.hit.article.id for match in matches] == ["a", "b"]
    other.alerts.acknowledge("eau", matches[0])
    assert new(index) == ["b"]
    assert index.alerts.new("eau")[0] == matches[1]
    index.alerts.acknowledge("eau", matches[1])
    other.alerts.acknowledge("eau", matches[0])
    assert new(other) == [], "an older acknowledgement brings nothing back"


def test_acknowledging_is_checked(index):
    index.alerts.add("autre", "tiznit")
    index.add([article("a")])
    (match,) = index.alerts.new("autre")
    with pytest.raises(QueryError, match="'autre', not of 'eau'"):
        index.alerts.acknowledge("eau", match)
    with pytest.raises(QueryError, match="no match has the number 99"):
        index.alerts.acknowledge("eau", 99)
    with pytest.raises(TypeError):
        index.alerts.acknowledge("eau", "tout")
    index.alerts.acknowledge("autre", match.sequence)
    assert index.alerts.counts() == {"autre": 0, "eau": 1}
    assert index.alerts["autre"].seen is not None


def test_all_alerts_together_are_in_the_order_of_their_coming(index):
    index.alerts.add("autre", "maroc")
    before = index.alerts.state()
    index.add([article("a")])
    index.add([article("b", "maroc")])
    index.add([article("c")])
    assert index.alerts.state() != before
    assert [match.hit.article.id for match in index.alerts.new()] == ["a", "b", "c"]
    assert [match.hit.article.id for match in index.alerts.new(limit=2)] == ["a", "b"]
    index.alerts.acknowledge("eau")
    assert [match.hit.article.id for match in index.alerts.latest("eau")] == ["c", "a"]
    assert index.alerts.latest("eau", 10**30) == index.alerts.latest("eau")
    assert [match.hit.article.id for match in index.alerts.new()] == ["b"]


def test_deliveries_are_remembered_for_each_target(index):
    index.add([article("a"), article("b")])
    first, second = index.alerts.undelivered(b"cible")
    index.alerts.set_delivered(b"cible", first)
    assert index.alerts.undelivered(b"cible") == [second]
    assert index.alerts.undelivered(b"autre") == [first, second]


# Copies


def test_a_copy_is_folded_under_what_it_copies(index):
    index.add(
        [article("afp", DISPATCH, source="AFP"), article("copie", DISPATCH + " (AFP)", source="Le Monde")]
    )
    (match,) = index.alerts.new("eau")
    assert {match.hit.article.id, *[one.id for one in match.hit.duplicates]} == {"afp", "copie"}
    assert index.alerts.counts() == {"eau": 1}
    index.alerts.acknowledge("eau", match)
    index.add([article("tard", DISPATCH.replace("vendredi", "samedi"))])
    assert new(index) == [], "what it copies was told"


@pytest.mark.parametrize("days", [(1, 2, 3), (3, 2, 1), (2, 1, 3)])
def test_a_copy_is_told_where_all_before_it_change_at_once(index, days):
    first, second, third = (date(2026, 1, day) for day in days)
    index.add([article("a", DISPATCH, published=first)])
    index.add([article("b", DISPATCH, published=second)])
    index.add([article("c", DISPATCH, published=third)])
    assert new(index) == ["a"]
    index.add([article("a", "rien", published=first), article("b", "rien", published=second)])
    assert new(index) == ["c"]


def test_two_texts_are_compared_once_for_all_alerts(index, monkeypatch):
    for number in range(10):
        index.alerts.add(f"eau {number}", "eau")
    index.add([article("a", DISPATCH)])
    compared = []
    compare = DuplicateGroups.are_near_duplicates

    def counting(groups, one, other):
        compared.append((one, other))
        return compare(groups, one, other)

    monkeypatch.setattr(DuplicateGroups, "are_near_duplicates", counting)
    index.add([article("b", DISPATCH + " (AFP)")])
    assert len(compared) == 1
    (match,) = index.alerts.new("eau 9")
    assert [copy.id for copy in match.hit.duplicates] == ["b"]


@pytest.mark.parametrize("days", [(1, 2, 3), (3, 2, 1), (2, 1, 3)])
def test_copies_stay_together_where_the_first_goes_and_the_next_one_changes(index, days):
    first, second, third = (date(2026, 1, day) for day in days)
    index.add([article("a", DISPATCH, published=first)])
    index.add([article("b", DISPATCH, published=second)])
    index.add([article("c", DISPATCH, published=third)])
    index.add([article("a", "rien", published=first), article("b", DISPATCH + " (AFP)", published=second)])
    (match,) = index.alerts.new("eau")
    assert (match.hit.article.id, [copy.id for copy in match.hit.duplicates]) == ("b", ["c"])


def test_of_several_originals_a_copy_is_folded_under_the_one_that_was_told_first(index):
    index.add([article("a", DISPATCH, published=date(2026, 1, 3))])
    index.add([article("b", "L’eau revient à Tiznit.", published=date(2026, 1, 2))])
    index.add([article("b", DISPATCH + " (AFP)", published=date(2026, 1, 2))])
    index.add([article("a", DISPATCH + " Mis à jour.", published=date(2026, 1, 3))])
    index.add([article("c", DISPATCH + " (Reuters)", published=date(2026, 1, 1))])
    told = [
        (match.hit.article.id, [copy.id for copy in match.hit.duplicates]) for match in index.alerts.new()
    ]
    assert told == [("a", ["c"]), ("b", [])]


def test_the_copy_takes_the_place_of_what_goes(index):
    index.add([article("afp", DISPATCH)])
    index.add([article("copie", DISPATCH + " (AFP)"), article("autre", DISPATCH + " (Reuters)")])
    assert new(index) == ["afp"]
    index.delete("afp")
    (match,) = index.alerts.new("eau")
    assert {match.hit.article.id, *[one.id for one in match.hit.duplicates]} == {"copie", "autre"}
    index.add([article("copie", "rien du tout")])
    assert new(index) == ["autre"]


@pytest.mark.parametrize(("last", "told"), [("eau, vergers et marchés de Tiznit", ["a"]), (DISPATCH, [])])
def test_an_article_that_fits_again_is_told_unless_its_copy_was(index, last, told):
    index.add([article("a", DISPATCH)])
    index.add([article("b", DISPATCH + " (AFP)")])
    index.alerts.acknowledge("eau")
    index.add([article("a", "rien")])
    index.add([article("a", last)])
    assert new(index) == told


def test_a_copy_that_becomes_another_article_is_told(index):
    index.add([article("afp", DISPATCH)])
    index.add([article("copie", DISPATCH + " (AFP)")])
    index.add([article("copie", "À Tiznit, l’eau manque : un reportage tout autre.")])
    assert new(index) == ["afp", "copie"]


def test_a_copy_is_told_where_the_original_becomes_another_article(index):
    index.add([article(name, DISPATCH) for name in "abc"])
    index.add([article("a", DISPATCH + " Mis à jour.")])
    assert new(index) == ["a"], "it is still like its copies"
    index.add(
        [article("a", "Les agriculteurs de la plaine de Tiznit demandent de l’eau pour leurs vergers.")]
    )
    first, second = index.alerts.new("eau")
    assert (first.hit.article.id, first.hit.duplicates) == ("a", ())
    assert (second.hit.article.id, [copy.id for copy in second.hit.duplicates]) == ("b", ["c"])
    index.alerts.acknowledge("eau")
    index.add([article("b", "L’eau revient à Tiznit après trois semaines de travaux dans la vieille ville.")])
    assert new(index) == [], "what was acknowledged was told"


# Upkeep


def test_a_rebuild_loses_nothing_and_tells_nothing_twice(index):
    told = [article("a"), article("b", DISPATCH, source="AFP"), article("c", DISPATCH, source="Reuters")]
    index.add(told)
    index.alerts.acknowledge("eau", index.alerts.new("eau")[0])
    held = index.alerts.new("eau")
    index.optimize(rebuild=True)
    (match,) = index.alerts.new("eau")
    assert match == held[0]
    assert (match.hit.article.id, [copy.id for copy in match.hit.duplicates]) == ("b", ["c"])
    assert held[0].hit.article.id == "b", "a match that was not looked at shows its article after a rebuild"
    seen = index.alerts["eau"].seen
    index.add([*told, article("d", "eau à Tiznit, encore")])
    assert new(index) == ["b", "d"]
    assert index.alerts["eau"].seen == seen
