"""What Hypothesis may draw for a kitty. Use these, change them with `.map`, or write your own."""

from hypothesis import strategies as st

names = st.lists(st.sampled_from("bZ 7é東語🚲"), min_size=1, max_size=4).map("".join)
"""Short names, in characters from near and far."""

cents = st.integers(min_value=1, max_value=99)
"""An amount of money."""

expenses = st.dictionaries(names, cents, max_size=8)
"""What was paid for, and how much: between none and eight expenses."""

people = st.lists(names, min_size=1, max_size=6, unique=True)
"""Between one and six travellers."""
