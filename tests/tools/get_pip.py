"""Stand-in for the get-pip script that ansible-test downloads: works where only a package index is reachable."""

from __future__ import annotations

import subprocess
import sys

# As a program of its own, since ensurepip switches pip's configuration off in the process that it runs in.
subprocess.check_call([sys.executable, "-m", "ensurepip"], stdout=subprocess.DEVNULL)
packages = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
sys.exit(subprocess.call([sys.executable, "-m", "pip", "install", "-qq", *packages]))
