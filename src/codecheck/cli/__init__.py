"""The command line."""

import os

# The second reader's products are too small to share: with a thread for each core a run takes as long, and more
# processor time. numpy asks once, when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
