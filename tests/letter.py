"""A letter with three concerns, each about an axis of the counting encoder."""

from __future__ import annotations

TRUST = "Nobody here has any trust in what the others promise, and we do not know how that came to be."
GARDEN = "We want a garden behind the station but nobody tells us whom to ask, nor what it would cost."
MONEY = "There is no money left for the summer, and without it the whole programme would have to stop."
LETTER = f"Dear friends,\n\nI'm Ana, and I live by the river. {TRUST}\n{GARDEN}\n{MONEY} " + (
    "I have lived here for eleven years. The weather was fine in May. Our street has sixty houses. The bakery opens "
    "at six. The square has two fountains.\n\nThank you for your time,\nAna"
)
