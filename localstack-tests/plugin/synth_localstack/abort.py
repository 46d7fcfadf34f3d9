"""Ends LocalStack when it cannot be what it was started for.

LocalStack logs a plugin's failure at most and goes on without it; whoever waits for it would test
something else. The codes are those of sysexits.h.
"""

import os
import sys
from typing import NoReturn

#: `EX_UNAVAILABLE`: the address that it was given is taken.
CANNOT_LISTEN = 69
#: `EX_CONFIG`: an environment variable has a value that cannot be used.
UNUSABLE_SETTING = 78


def abort(code: int, message: str) -> NoReturn:
    """Says why on standard error and ends the process."""
    sys.stderr.write(f"synth-localstack: {message}\n")
    sys.stderr.flush()
    # Not sys.exit: LocalStack's own exit waits for threads that are up already, and for a server
    # that never ran.
    os._exit(code)
