"""`python -m codecheck`."""

from codecheck.cli.app import main

main()
