"""The entry of every `maestro` command.

Only the standard library is imported here: a renderer's child process imports its program's main module again, and
whatever that pulls in, every child pays for.
"""


def main() -> None:
    """Run the command line."""
    from maestro_actors.cli.command import maestro

    maestro(prog_name="maestro")


if __name__ == "__main__":
    main()
