"""Which findings a landlord has accepted or knows already: they are shown, and do not count."""
