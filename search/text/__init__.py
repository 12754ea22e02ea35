"""What a text is made of: stems, sentences, language; and what a person typed."""
