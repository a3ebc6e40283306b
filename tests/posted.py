"""What a browser would post of the form of a record, and what the page says is wrong with it."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client


def opened(client: Client, path: str) -> dict[str, str]:
    """What a browser would post of the form as it is opened."""
    page = client.get(path).content.decode()
    return fields_of(page)


def fields_of(page: str) -> dict[str, str]:
    """The fields of the record's form of a page, as a browser would post them."""
    page = page[page.index("data-once") :].split("</form>")[0]
    values = {}
    for tag in re.findall(r"<input [^>]*>", page):
        given = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if "name" in given and (given.get("type") != "radio" or " checked" in tag):
            values[given["name"]] = unescape(given.get("value", ""))
    for name, text in re.findall(
        r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL
    ):
        values[name] = unescape(text)
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        values[name] = chosen[1] if chosen else ""
    values.pop("csrfmiddlewaretoken")  # another one with every page
    return values


def errors_of(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 422
    page = answer.content.decode()
    summary = page[page.index('class="errors"') : page.index("<form", page.index('class="errors"'))]
    return [
        unescape(text) for text in re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", summary)
    ]
