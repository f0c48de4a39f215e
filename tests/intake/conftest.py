"""The sample files are built beside the tests: `from samples import GOLD, word_file`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
