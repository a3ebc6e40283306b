"""Codes in addresses: digits only, of the length of a level (security: no NUL, no letters)."""

from django.urls import register_converter


class DivisionCode:
    regex = "[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CommunityCode(DivisionCode):
    regex = "[0-9]{12}"


register_converter(CommunityCode, "community")
register_converter(DivisionCode, "division")
