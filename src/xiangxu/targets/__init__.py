"""How tasks and targets stand on a day: decisions with their reasons, from what is known; nothing is stored here."""
