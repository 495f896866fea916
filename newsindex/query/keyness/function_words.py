"""The words that hold sentences together: they stand out for how articles are written, not for a subject.

They are prepositions, adverbs, numerals, indefinite words and modal verbs. A search looks for them, for which
reason they are no stop words (``analyzer/stopwords.py``): ``son`` and ``été`` are also a sound and a season,
and ``contre`` tells two headlines apart.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
après avant depuis pendant durant lors selon contre devant derrière malgré sauf hors dès près parmi envers
outre encore déjà toujours jamais alors ainsi enfin ensuite puis plutôt surtout notamment également environ
presque seulement vraiment trop peu moins beaucoup assez bien mieux non oui ici là ailleurs autour voici voilà
rien ex
parce cependant toutefois pourtant afin tandis
son été tout toute tous toutes autre autres chaque plusieurs certain certaine certains certaines
quelque quelques aucun aucune tel telle tels telles
peut peuvent pouvait pourrait pourraient pourra doit doivent devait devrait devraient devra faut va vont
deux trois quatre cinq six sept huit neuf dix
the of and
"""

FUNCTION_WORDS: Final = frozenset(_WORDS.split())
"""In lower case with their accents."""
