"""The Code's self-assessment form (Appendix A): what a landlord answered, its evidence, and what the evidence cites."""

from codecheck.forms.citations import Citation, cited_sections
from codecheck.forms.form import Answer, Edition, FormEntry, SelfAssessmentForm
from codecheck.forms.read import is_form, read_form
from codecheck.forms.wording import altered, likeness

__all__ = [
    "Answer",
    "Citation",
    "Edition",
    "FormEntry",
    "SelfAssessmentForm",
    "altered",
    "cited_sections",
    "is_form",
    "likeness",
    "read_form",
]
