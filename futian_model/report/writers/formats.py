"""What a report can be written as."""

FORMATS = ("html", "pdf", "docx", "xlsx")
