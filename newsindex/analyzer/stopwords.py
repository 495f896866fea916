"""The stop words of French: words that say nothing of what an article is about.

They are articles, pronouns, prepositions, question words and forms of *être*, *avoir* and *faire*, without
the words that also name things in the news: ``or``, ``son``, ``été``, ``mai``, ``car``, ``avions``. They are
indexed like any other word, so that a phrase may hold them and a query of nothing else finds them; beside
other words a query leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from unidecode import unidecode

_WORDS: Final = """
le la les l un une des du de d au aux à
ce c cet cette ces cela ça ceci celui celle ceux celles
je j tu il ils elle elles on nous vous me m te t se s moi toi lui leur leurs eux y en
mon ma mes ton ta tes sa ses notre nos votre vos
qui que qu quoi dont où
quel quelle quels quelles lequel laquelle lesquels lesquelles comment combien pourquoi
et ou ni mais donc
dans par pour sur avec sans sous chez vers entre
ne n pas
si comme quand lorsque lorsqu puisque puisqu quoique quoiqu jusque jusqu
même mêmes aussi très plus
suis es est sommes êtes sont étais était étions étiez étaient serai seras sera serons serez seront
serais serait serions seriez seraient sois soit soyons soyez soient étant être
ai as a avons avez ont avais avait aviez avaient aurai auras aura aurons aurez auront
faire fais fait faites font faisait faisaient faisant
aurais aurait aurions auriez auraient aie aies ait ayons ayez aient ayant avoir eu
"""

STOP_WORDS: Final = frozenset(_WORDS.split())


class StopWords:
    """A set of stop words that also knows them without their accents.

    ``word in stop_words`` tells whether a lower-case word is one of them, all its accents written or none. An
    accent that is written counts: ``sur`` is a stop word and ``sûr`` is not.
    """

    def __init__(self, words: Iterable[str] = STOP_WORDS) -> None:
        self.words = frozenset(words)
        self._spellings = self.words | {str(unidecode(word)) for word in self.words}

    def __contains__(self, word: object) -> bool:
        return word in self._spellings
