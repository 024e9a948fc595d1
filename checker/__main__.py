"""`python3 -m checker`: sets up `.venv` in a clone the first time, then goes on in it as `kata`.

This file and `checker.bootstrap*` use the standard library only, in syntax that Python 3.6 reads: an old
Python must get as far as saying that it is too old.
"""

import sys

from checker.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
