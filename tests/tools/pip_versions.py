"""Print the pip versions for which ansible-test wants a bootstrap script, spelled as in the names of its files."""

from __future__ import annotations

import re
from importlib import util
from pathlib import Path

package = util.find_spec("ansible_test")
source = Path(package.submodule_search_locations[0], "_internal", "python_requirements.py").read_text()
print(*sorted({version.replace(".", "_") for version in re.findall(r"pip='([\d.]+)'", source)}))
