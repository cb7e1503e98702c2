"""From documents and rules to findings: verdicts, observations and recommendations."""
