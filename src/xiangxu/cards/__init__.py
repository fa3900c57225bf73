"""Policy cards: read, checked, merged over the layers. No other module opens a card's file.

A card is one YAML file with a shared head and a body by kind (`kinds`). Its layers are found in `layers`, merged in `merge`;
`packs.Packs` reads everything and gives the cards of a place. What formulas and references between cards ask for is checked one
floor up, in `review`.
"""

from xiangxu.cards.faults import Fault, FaultyCards
from xiangxu.cards.packs import Explanation, Packs, View

__all__ = ["Explanation", "Fault", "FaultyCards", "Packs", "View"]
