"""The claim workbook: read with python-calamine (fast), written with openpyxl.

Reading: `read.read_claim`. A file is scanned before calamine sees it (`package`, `scan`), its
cells are read column by column (`cells`, `numbers`, `moments`, `codes`), sheets are joined
(`join`). Writing: `template.write_template`, `template.write_claim`, `annotate.annotate`.

Reading never imports openpyxl: it takes longer to load than a small claim takes to read.
"""
