"""Places: which there are, and how texts and queries name them."""
