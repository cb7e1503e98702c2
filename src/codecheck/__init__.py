"""codecheck: a policy-compliance linter for the Housing Ombudsman's Complaint Handling Code."""

__version__ = "0.1.0"
