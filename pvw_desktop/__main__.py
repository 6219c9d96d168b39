"""`python -m pvw_desktop` is the command `pvw-desktop`."""

import sys

from pvw_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
