"""The way to the page of a community or a division, for the breadcrumbs."""

from communities.views.responses import within


def community_trail(frame, code, name):
    street = code[:9]
    names = {place.code: place.name for place in frame.trail}
    return [
        {"label": "社区台账", "url": f"/communities/?year={frame.year}"},
        {
            "label": names.get(street, street),
            "url": f"/communities/?street={street}&year={frame.year}",
        },
        {"label": name, "url": ""},
    ]


def district_trail(request, frame, code):
    """The way to a division; those outside the user's scope are named without a link."""
    return [
        {
            "label": place.name,
            "url": ""
            if place.code == code or not within(request, place.code)
            else f"/districts/{place.code}/?year={frame.year}",
        }
        for place in frame.trail
    ]
