"""What a person takes along or walks through: sheet, PDF, browsing, guided questions."""
