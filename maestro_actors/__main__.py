"""The entry of every `maestro` command.

Only the standard library is imported here: a renderer's child process imports its program's main module again, and
whatever that pulls in, every child pays for.
"""

import signal


def main() -> None:
    """Run the command line."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until a command knows better, Ctrl-C just ends it
    from maestro_actors.cli.command import maestro

    maestro(prog_name="maestro")


if __name__ == "__main__":
    main()
