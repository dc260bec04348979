"""The scenes by name. Each runs in a process of its own, with hosts of its own."""

scenes = {}


class Scene:
    def __init__(self, name, play, seconds, is_long):
        self.name, self.play, self.seconds, self.is_long = name, play, seconds, is_long


def add(name, function, *arguments, seconds=150, is_long=False):
    """`seconds` is what it may take; a long one runs only when it is asked for."""
    assert name not in scenes, name
    scenes[name] = Scene(name, lambda: function(*arguments), seconds, is_long)
