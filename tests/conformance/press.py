"""The articles that the read-only tests search: a few of each kind that a query tells apart."""

from __future__ import annotations

from datetime import UTC, date, datetime

from newsindex import Article

DISPATCH = (
    "La police judiciaire a démantelé vendredi à Tiznit un réseau de trafic d’eau minérale, saisissant plus "
    "de mille bouteilles dans un entrepôt du centre ville, a annoncé la préfecture dans un communiqué."
)
"""The text of the articles ``copie-1`` to ``copie-3``, the last with other words at its end."""

LONG_ID = "https://www.longue.example/" + "chemin/" * 90
"""An id of more than 512 bytes."""

PRESS = (
    Article("Interpol à Marrakech", "L'assemblée d'Interpol s'ouvre à Marrakech.", "Hespress",
            date(2025, 11, 24), section="Sécurité", author="A. Un", lang="fr", id="interpol"),
    Article("CAN 2025 : le Maroc en finale", "Le Maroc rencontre le Sénégal à 20h30.", "L'Écho",
            date(2026, 1, 16), section="Sport", id="can"),
    Article("L'or au plus haut", "Le cours de l'or monte encore, son prix aussi.", "L'Écho",
            date(2025, 11, 3), section="Économie", author="B. Deux", lang="fr", id="or"),
    Article("Pluies à Marrakech", "", "Hespress", date(2026, 1, 2), section="Météo", id="pluies"),
    Article("Une œuvre rare", "Le musée expose une œuvre de jeunesse du peintre.", id="oeuvre"),
    Article("La pêche au thon", "La saison de pêche commence.", "Le Rif",
            datetime(2025, 12, 31, 23, 30, tzinfo=UTC), id="peche"),
    Article("Le péché d'orgueil", "Un roman sur le péché et la faute.", "Le Rif", date(2024, 5, 5),
            section="Culture", author="B. Deux", id="peche-orgueil"),
    Article("Coopération policière renforcée",
            "Rabat et Madrid signent un accord de coopération policière et douanière.", "L'Écho",
            date(2025, 6, 1), section="Sécurité", author="A. Un", lang="fr", id="cooperation"),
    Article("La coopération des régions", "Une brigade policière assiste à la réunion.", "Le Rif",
            date(2025, 6, 2), section="Régions", lang="fr", id="regions"),
    Article("Le gouvernement se réunit", "La gouvernance du port est revue par le gouverneur.", "Hespress",
            date(2023, 3, 3), section="Politique", lang="fr", id="gouvernement"),
    Article("Le président Tebboune à Oran", "Abdelmadjid Tebboune inaugure une école.", "Le Fanal",
            date(2024, 9, 9), section="Politique", lang="fr", id="tebboune"),
    Article("Teboune : une visite", "Teboune visite le chantier.", "Le Fanal", date(2024, 9, 10),
            section="Politique", id="teboune"),
    Article("L'Office national de l'électricité et de l'eau (ONEE) investit",
            "L'Office national de l'électricité et de l'eau (ONEE) annonce un barrage.", "L'Écho",
            date(2025, 2, 1), section="Économie", lang="fr", id="onee"),
    Article("Un barrage attendu", "L'ONEE promet un barrage avant l'été.", "Hespress", date(2025, 2, 10),
            section="Économie", lang="fr", id="onee-seul"),
    Article("Un plan pour l'eau", "L'Office national de l'électricité et de l'eau présente son plan.",
            "Le Rif", date(2025, 2, 12), section="Économie", lang="fr", id="onee-nom"),
    Article("La COP28 s'ouvre", "Les délégués de la COP 28 arrivent.", "Le Fanal", date(2023, 11, 30),
            section="Climat", lang="fr", id="cop"),
    Article("Trafic d'eau à Tiznit", DISPATCH, "AFP", date(2026, 2, 1), section="Société", id="copie-1"),
    Article("Tiznit : un trafic d'eau démantelé", DISPATCH, "Reuters", date(2026, 2, 2), section="Société",
            id="copie-2"),
    Article("Trafic d'eau minérale à Tiznit", DISPATCH.replace("dans un communiqué", "samedi matin"),
            "Hespress", date(2026, 2, 3), section="Société", id="copie-3"),
    Article("Market report", "The market in Tangier rises.", "The Post", date(2025, 7, 7), lang="en",
            id="english"),
    Article("Le tourisme et le journalisme", "Les deux métiers recrutent.", "Le Rif", date(2022, 2, 2),
            section="Économie", lang="fr", id="metiers"),
    Article("<b>Balises & signes</b>", "Un texte avec <script>alert(1)</script> et des « guillemets ».",
            "Le Fanal", date(2021, 1, 1), id="balises"),
    Article("Une adresse trop longue", "Son identifiant dépasse la limite du moteur.", "Le Fanal",
            date(2021, 2, 2), url=LONG_ID),
    Article("Sans rubrique ni date", "Le chat dort sur le canapé.", id="sans", abstract="Un chapô.",
            extra={"page": "3", "édition": "soir"}),
)  # fmt: skip
"""Each id names what the article is there for."""
