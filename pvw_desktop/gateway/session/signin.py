"""Sign-in codes of one session and who is signed in to it. No HTTP.

A code is good for one use within ten minutes. It becomes a cookie whose value names an entry in a table here, so that
any sign-in can be taken back. Only digests are kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
import secrets
import time
from collections.abc import Callable

CODE_SECONDS = 600.0
MAX_CODES = 64
MAX_SIGN_INS = 1000


@dataclasses.dataclass(frozen=True)
class SignIn:
    """Somebody who is signed in. `key` names it and is no secret."""

    key: str
    role: str


class SignInTable:
    """Codes that wait to be used, and sign-ins that came of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._codes: dict[bytes, tuple[float, str]] = {}
        self._sign_ins: dict[bytes, SignIn] = {}

    def new_code(self, role: str = "host") -> str:
        """A fresh code; past MAX_CODES the oldest one stops working."""
        code = secrets.token_urlsafe(24)
        while len(self._codes) >= MAX_CODES:
            self._codes.pop(next(iter(self._codes)))
        self._codes[_digest(code)] = (self._clock() + CODE_SECONDS, role)
        return code

    def redeem(self, code: str) -> str | None:
        """The cookie's value for a code that is still good; None for any other."""
        # Looking a digest up tells nothing by its timing about the code it is made from.
        found = self._codes.pop(_digest(code), None)
        if found is None or found[0] < self._clock():
            return None
        cookie = secrets.token_urlsafe(32)
        while len(self._sign_ins) >= MAX_SIGN_INS:
            self._sign_ins.pop(next(iter(self._sign_ins)))
        self._sign_ins[_digest(cookie)] = SignIn(secrets.token_hex(8), found[1])
        return cookie

    def find(self, cookie: str) -> SignIn | None:
        """Who this cookie stands for."""
        return self._sign_ins.get(_digest(cookie))

    def holds(self, key: str) -> bool:
        """Whether this sign-in is good still."""
        return any(item.key == key for item in self._sign_ins.values())

    def clear(self) -> None:
        """Takes all codes and sign-ins back."""
        self._codes.clear()
        self._sign_ins.clear()

    def revoke(self, key: str) -> bool:
        """Takes a sign-in back; False where there is none."""
        for digest, item in self._sign_ins.items():
            if item.key == key:
                del self._sign_ins[digest]
                return True
        return False


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
