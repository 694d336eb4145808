"""``python -m augment``: the command line."""

from augment.cli import main

if __name__ == "__main__":
    main(prog_name="augment")
