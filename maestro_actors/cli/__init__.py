"""The command line: `command` has the commands, the rest is what they do and how it looks."""
