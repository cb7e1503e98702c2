"""The configuration: `codecheck.toml`, or `[tool.codecheck]` in `pyproject.toml`."""
