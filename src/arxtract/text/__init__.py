"""Raw text to a working document: normaliser, body finder, sentences, tokens, clitics."""
