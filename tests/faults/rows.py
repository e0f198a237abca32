"""Rows added to a project's data."""

from futian_model.project import Project


def add(project: Project, row: str, file: str = "observations.csv") -> int:
    """Append a row; its line."""
    path = project.data / file
    text = path.read_text("utf-8") + row + "\n"
    path.write_text(text, "utf-8")
    return text.count("\n")
