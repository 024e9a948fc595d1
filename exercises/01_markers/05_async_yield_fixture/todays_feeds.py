"""What the publisher has to say today."""

FEEDS: dict[str, list[str]] = {
    "city": ["Bridge reopens", "Market moves", "Library extends its hours"],
    "weather": ["Rain until noon", "Sun from Thursday on"],
    "sports": ["Home team draws"],
}
