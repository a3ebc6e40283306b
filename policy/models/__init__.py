"""Policy texts, yearly figures, exemptions, and the stamps that tell whether any has changed."""

from policy.models.exemptions import Exemption
from policy.models.series import IndexValue
from policy.models.texts import PolicySubject, PolicyText
from policy.models.versions import PolicyVersion

__all__ = ["Exemption", "IndexValue", "PolicySubject", "PolicyText", "PolicyVersion"]
