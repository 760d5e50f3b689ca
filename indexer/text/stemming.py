"""Light stemming: take off the particles and endings that Arabic writes onto a word."""


def stem(word: str) -> str:
    """Return the light stem of one normalised word: a piece of it, never empty."""
    for letters in ("وال", "بال", "كال", "فال", "لل", "ال", "و"):
        if word.startswith(letters) and len(word) >= len(letters) + 3:
            word = word.removeprefix(letters)
            break
    for letters in ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"):
        if word.endswith(letters) and len(word) >= len(letters) + 3:
            word = word.removesuffix(letters)
            break
    return word
