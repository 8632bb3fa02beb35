"""One file per actor; `messages` is what they tell each other."""
