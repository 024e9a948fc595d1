"""Records what really runs, in a process of its own: an event loop, fixtures, a database's transactions, a request.

What was recorded leaves as JSON; `checker.drawing` makes pictures of it.
"""
