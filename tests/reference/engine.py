"""Search as one would write it on a blackboard: every document read for every query, nothing shared with
the fast path but the analysis of words (Whoosh's chain) and the query tree."""

from __future__ import annotations

import fnmatch
import itertools
import math
from functools import cache

from unidecode import unidecode
from whoosh import query as q

import newsindex
from newsindex.analyzer import analyze
from newsindex.query.syntax.nodes import ExactWordQuery, WordQuery

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
        """Scores by article id."""
        words = list(positive_words(tree))
        pairs = list(following(tree))
        stops = [self._scores(stop) for word in words for stop in word.beside]
        quoted = [self._scores(inner) for word in words for inner in word.quoted]
        return {
            i: score
            + sum(self._pair(i, *pair) for pair in pairs)
            + 0.2 * sum(s.get(i, 0.0) for s in stops)
            + sum(s.get(i, 0.0) for s in quoted)
            for i, score in self._scores(tree).items()
        }

    def _pair(self, i, first, second):
        """What it is worth that two words stand in an article as in the query."""
        distance = second.place - first.place
        for field in FIELDS["text"]:
            words = self.documents[i][field]
            if any(pair == (first.text, second.text) for pair in zip(words, words[distance:], strict=False)):
                idfs = [word.boost * self._idf(word.text, "text") for word in (first, second)]
                return 0.1 * sum(idfs) / 2
        return 0.0

    def _scores(self, node):
        match node:
            case ExactWordQuery():
                return self._written(node, lambda spelling: spelling == node.spelling)
            case q.Wildcard():
                return self._written(node, lambda spelling: fnmatch.fnmatch(unidecode(spelling), node.text))
            case q.FuzzyTerm():
                return self._written(
                    node, lambda spelling: distance(unidecode(spelling), node.text) <= node.maxdist
                )
            case q.Term():
                scores = self._bm25f([node.text], node.fieldname, 1, node.boost)
                return {i: score * self._worth(i, node) for i, score in scores.items()}
            case q.Phrase():
                return self._bm25f(node.words, node.fieldname, node.slop, node.boost)
            case q.Every():
                return dict.fromkeys(self.documents, 0.0)
            case q.And() | q.Or():
                parts = [self._scores(part) for part in node.subqueries]
                wanted = set.intersection if isinstance(node, q.And) else set.union
                ids = wanted(*map(set, parts))
                return {i: node.boost * sum(p.get(i, 0.0) for p in parts) for i in ids}
            case q.Not():
                return dict.fromkeys(set(self.documents) - set(self._scores(node.query)), 0.0)
            case q.AndNot():
                without = self._scores(node.b)
                return {i: s for i, s in self._scores(node.a).items() if i not in without}
            case q.AndMaybe():
                maybe = self._scores(node.b)
                return {i: s + maybe.get(i, 0.0) for i, s in self._scores(node.a).items()}
        assert node is q.NullQuery, node
        return {}

    def _worth(self, i, node):
        """What the spelling makes of the score of a word, as a factor."""
        form = unidecode(node.spelling)
        alike = {s for own in self.spellings.values() for s in own if unidecode(s) == form}
        frequency = sum(len(alike & own) for own in self.spellings.values())
        stem_frequency = sum(any(node.text in d[f] for f in FIELDS["text"]) for d in self.documents.values())
        form_idf = self._idf_of(min(frequency, stem_frequency)) if frequency else 0.0
        more = 0.5 * bool(alike & self.spellings[i]) + 0.1 * (node.spelling in self.spellings[i])
        return 1 + more * form_idf / self._idf(node.text, node.fieldname)

    def _written(self, node, is_meant):
        """Some spellings as one word: documents that have one, scored by all inflections of those words."""
        weights = {}
        for i, document in self.words.items():
            terms = {w.term for f in FIELDS[node.fieldname] for w in document[f] if is_meant(w.spelling)}
            weight = 0.0
            for f in FIELDS[node.fieldname]:
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


def positive_words(node):
    """The words of text of a query, those under a NOT left out."""
    if type(node) is WordQuery and node.fieldname == "text":
        yield node
    elif isinstance(node, q.AndNot):
        yield from positive_words(node.a)
    elif isinstance(node, q.And | q.Or | q.AndMaybe):
        for child in node.children():
            yield from positive_words(child)


def following(node):
    """The words of text that follow each other in the groups of a query, those under a NOT left out: one of
    them may be a stop word where they stand side by side."""
    if type(node) is WordQuery:
        yield from neighbours([node])
    elif isinstance(node, q.AndNot):
        yield from following(node.a)
    elif isinstance(node, q.And | q.Or | q.AndMaybe):
        run = []
        for child in [*node.children(), q.NullQuery]:
            if type(child) is WordQuery and child.fieldname == "text" and child.place is not None:
                run.append(child)
            else:
                yield from neighbours(run)
                run = []
                yield from following(child)


def neighbours(words):
    stops = [stop for word in words for stop in word.beside]
    words = sorted([*words, *(inner for word in words for inner in word.quoted)], key=lambda word: word.place)
    yield from itertools.pairwise(words)
    for first in [*words, *stops]:
        for second in [*words, *stops]:
            are_mixed = (first in stops) != (second in stops)
            if are_mixed and second.place - first.place == 1:
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
