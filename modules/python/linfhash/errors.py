"""The exceptions of this package. Their messages are the sentences of the program."""


class LinfhashError(Exception):
    """The base class of all exceptions of this package."""


class ProgramMissingError(LinfhashError):
    """The program linfhash was not found."""


class InputError(LinfhashError, ValueError):
    """An argument or an array is wrong; exit code 2 of the program."""


class CheckFailedError(LinfhashError):
    """A check failed; exit code 3 of the program. `report` contains all its numbers."""

    def __init__(self, message: str, report: dict):
        super().__init__(message)
        self.report = report

    def __reduce__(self):
        return type(self), (str(self), self.report)


class ProgramFailedError(LinfhashError):
    """The program failed, for example because memory ran out; all other exit codes."""
