"""Documents in: files of several formats become one model, a document of clauses."""
