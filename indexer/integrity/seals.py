"""Files that carry their own checksum: those that any reader may make anew."""

from hashlib import sha256

_LENGTH = 32  # bytes of a SHA-256


def sealed(content: bytes) -> bytes:
    """The content with its hash behind it."""
    return content + sha256(content).digest()


def unsealed(packed: bytes) -> bytes:
    """What was ``sealed``; raises ``ValueError`` where it is no longer so."""
    content, digest = packed[:-_LENGTH], packed[-_LENGTH:]
    if sha256(content).digest() != digest:
        raise ValueError("its seal is broken")
    return content
