"""A search engine as one would write it on a blackboard, which reads every document for every query.

It shares nothing with the fast path but the analysis of words (Whoosh's chain) and the query tree.
"""

from __future__ import annotations

import fnmatch
import itertools
import math
from functools import cache

from unidecode import unidecode

import newsindex
from newsindex.analyzer import analyze
from newsindex.query.syntax import nodes as q

FIELDS = {"text": ("headline", "body"), "headline": ("headline",), "body": ("body",)}


class ReferenceEngine:
    def __init__(self, articles, k1=1.0, headline=(4.5, 0.5), body=(1.0, 0.75)):
        analyzer = newsindex.FrenchAnalyzer(stop_words=())
        self.spellings = {
            a.id: {w.spelling for t in (a.headline, a.body) for w in analyze(t)} for a in articles
        }
        self.documents = {
            a.id: {"headline": [t.text for t in analyzer(a.headline)],
                   "body": [t.text for t in analyzer(a.body)]}
            for a in articles
        }  # fmt: skip
        self.words = {a.id: {"headline": analyze(a.headline), "body": analyze(a.body)} for a in articles}
        self.k1, self.settings = k1, {"headline": headline, "body": body}
        self.average = {}
        for f in ("headline", "body"):
            lengths = [len(d[f]) for d in self.documents.values() if d[f]]
            self.average[f] = sum(lengths) / max(len(lengths), 1)

    def search(self, tree):
        """Scores by article id, where the second stage sorts all matches anew."""
        return {i: score * self.lead_factor(i, tree) for i, score in self.first_stage(tree).items()}

    def lead_factor(self, i, tree):
        """What the second stage makes of the score of an article, by how early it has the words."""
        document = self.documents[i]["headline"] + self.documents[i]["body"]
        idf = {}
        for term, boost in lead_terms(tree):
            idf[term] = max(idf.get(term, 0.0), boost * self._idf(term, "text"))
        total = sum(math.sqrt(value) for value in idf.values())
        factor = 1.0
        for term, value in idf.items():
            if term in document:
                factor += math.sqrt(value) / total * 40 / (40 + document.index(term))
        return factor

    def first_stage(self, tree):
        """Scores by article id, before the second stage."""
        words = list(positive_words(tree))
        pairs = list(following(tree))
        stops = [self._scores(stop) for word in words for stop in word.stop_words]
        quoted = [self._scores(inner) for word in words for inner in word.phrase_words]
        return {
            i: score
            + sum(self._pair(i, *pair) for pair in pairs)
            + 0.2 * sum(s.get(i, 0.0) for s in stops)
            + sum(s.get(i, 0.0) for s in quoted)
            for i, score in self._scores(tree).items()
        }

    def _pair(self, i, first, second):
        """What it is worth that two words stand in an article as in the query."""
        distance = second.position - first.position
        for field in FIELDS["text"]:
            words = self.documents[i][field]
            if any(pair == (first.term, second.term) for pair in zip(words, words[distance:], strict=False)):
                idfs = [word.boost * self._idf(word.term, "text") for word in (first, second)]
                return 0.1 * sum(idfs) / 2
        return 0.0

    def _scores(self, node):
        match node:
            case q.ExactWordQuery():
                return self._written(node, lambda spelling: spelling.removeprefix("#") == node.spelling)
            case q.WildcardQuery():
                return self._written(
                    node, lambda spelling: fnmatch.fnmatch(unidecode(spelling), node.pattern)
                )
            case q.FuzzyQuery():
                return self._written(
                    node, lambda spelling: distance(unidecode(spelling), node.word) <= node.distance
                )
            case q.WordQuery():
                scores = self._bm25f([node.term], node.field, 1, node.boost)
                return {i: score * self._worth(i, node) for i, score in scores.items()}
            case q.PhraseQuery():
                return self._bm25f(node.terms, node.field, node.slop, node.boost)
            case q.EveryQuery():
                return dict.fromkeys(self.documents, 0.0)
            case q.AndQuery() | q.OrQuery():
                parts = [self._scores(part) for part in node.clauses]
                wanted = set.intersection if isinstance(node, q.AndQuery) else set.union
                ids = wanted(*map(set, parts))
                return {i: node.boost * sum(p.get(i, 0.0) for p in parts) for i in ids}
            case q.NotQuery():
                return dict.fromkeys(set(self.documents) - set(self._scores(node.clause)), 0.0)
            case q.AndNotQuery():
                without = self._scores(node.negative)
                return {i: s for i, s in self._scores(node.positive).items() if i not in without}
            case q.AndMaybeQuery():
                maybe = self._scores(node.optional)
                return {i: s + maybe.get(i, 0.0) for i, s in self._scores(node.required).items()}
        assert isinstance(node, q.NoQuery), node
        return {}

    def _worth(self, i, node):
        """What the spelling makes of the score of a word, as a factor."""
        form = unidecode(node.spelling)
        alike = {s for own in self.spellings.values() for s in own if unidecode(s).lstrip("#") == form}
        frequency = sum(len(alike & own) for own in self.spellings.values())
        stem_frequency = sum(any(node.term in d[f] for f in FIELDS["text"]) for d in self.documents.values())
        form_idf = self._idf_of(min(frequency, stem_frequency)) if frequency else 0.0
        more = 0.5 * bool(alike & self.spellings[i]) + 0.1 * (node.spelling in self.spellings[i])
        return 1 + more * form_idf / self._idf(node.term, node.field)

    def _written(self, node, is_meant):
        """Some spellings as one word: documents that have one, scored by all inflections of those words."""
        weights = {}
        for i, document in self.words.items():
            terms = {w.term for f in FIELDS[node.field] for w in document[f] if is_meant(w.spelling)}
            weight = 0.0
            for f in FIELDS[node.field]:
                w, norm = self._norm(f, self.documents[i])
                weight += w * sum(word.term in terms for word in document[f]) / norm
            if terms:
                weights[i] = weight
        idf = self._idf_of(len(weights))
        return {i: node.boost * idf * weight / (self.k1 + weight) for i, weight in weights.items()}

    def _norm(self, field, document):
        w, b = self.settings[field]
        return w, 1 - b + b * typical(field, len(document[field])) / (self.average[field] or 1.0)

    def _bm25f(self, words, field, slop, boost):
        idf = sum(self._idf(word, field) for word in words)
        scores = {}
        for i, document in self.documents.items():
            weight = 0.0
            for f in FIELDS[field]:
                w, norm = self._norm(f, document)
                weight += w * len(self._ends(words, document[f], slop)) / norm
            if weight:
                scores[i] = boost * idf * weight / (self.k1 + weight)
        return scores

    def _idf(self, word, field):
        return self._idf_of(sum(any(word in d[f] for f in FIELDS[field]) for d in self.documents.values()))

    def _idf_of(self, df):
        return math.log(1 + (len(self.documents) - df + 0.5) / (df + 0.5))

    def _ends(self, words, tokens, slop):
        """The places where the words, in order and each near the one before, end."""
        ends = [i for i, token in enumerate(tokens) if token == words[0]]
        for word in words[1:]:
            places = [i for i, token in enumerate(tokens) if token == word]
            ends = [i for i in places if any(0 < i - before <= max(slop, 1) for before in ends)]
        return ends


def children(node):
    """The clauses of a group, in the order of the query."""
    return (node.required, node.optional) if isinstance(node, q.AndMaybeQuery) else node.clauses


def positive_words(node):
    """The words of text of a query, those under a NOT left out."""
    if type(node) is q.WordQuery and node.field == "text":
        yield node
    elif isinstance(node, q.AndNotQuery):
        yield from positive_words(node.positive)
    elif isinstance(node, q.AndQuery | q.OrQuery | q.AndMaybeQuery):
        for child in children(node):
            yield from positive_words(child)


def lead_terms(node):
    """The terms that the second stage looks for, with their weights; those under a NOT left out."""
    if type(node) is q.WordQuery and node.field == "text":
        yield node.term, node.boost
    elif type(node) is q.PhraseQuery and node.field == "text":
        yield from ((term, node.boost) for term in node.terms)
    elif isinstance(node, q.AndNotQuery):
        yield from lead_terms(node.positive)
    elif isinstance(node, q.AndQuery | q.OrQuery | q.AndMaybeQuery):
        for child in children(node):
            yield from lead_terms(child)


def following(node):
    """The words of text that follow each other in the groups of a query, those under a NOT left out: one of
    them may be a stop word where they stand side by side."""
    if type(node) is q.WordQuery and node.field == "text" and node.position is not None:
        yield from neighbours([node])
    elif isinstance(node, q.AndNotQuery):
        yield from following(node.positive)
    elif isinstance(node, q.AndQuery | q.OrQuery | q.AndMaybeQuery):
        run = []
        for child in [*children(node), q.NoQuery()]:
            if type(child) is q.WordQuery and child.field == "text" and child.position is not None:
                run.append(child)
            else:
                yield from neighbours(run)
                run = []
                yield from following(child)


def neighbours(words):
    stops = [stop for word in words for stop in word.stop_words]
    words = sorted(
        [*words, *(inner for word in words for inner in word.phrase_words)], key=lambda word: word.position
    )
    yield from itertools.pairwise(words)
    for first in [*words, *stops]:
        for second in [*words, *stops]:
            are_mixed = (first in stops) != (second in stops)
            if are_mixed and second.position - first.position == 1:
                yield first, second


@cache
def typical(field, length):
    """The length that a field of so many words counts as: the middle of its class."""
    starts = [0, 7, 11, 16] if field == "headline" else [0, *(round(8 * 1.12**i) for i in range(63))]
    start = max(start for start in starts if start <= length)
    after = [other for other in starts if other > start]
    end = after[0] if after else round(start * 1.12)
    return (start + end - 1) / 2


@cache
def distance(a, b):
    """The letters added, left out, changed or swapped with their neighbour that make b of a."""
    if not a or not b:
        return len(a) + len(b)
    ways = [distance(a[1:], b) + 1, distance(a, b[1:]) + 1, distance(a[1:], b[1:]) + (a[0] != b[0])]
    if a[:2] == b[1::-1] and len(a) > 1 and len(b) > 1:
        ways.append(distance(a[2:], b[2:]) + 1)
    return min(ways)
