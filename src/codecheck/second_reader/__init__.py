"""The second reader: a small network, trained on examples, that says how far a passage makes each point of the Code."""
