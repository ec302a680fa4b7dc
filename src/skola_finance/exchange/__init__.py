"""Outside formats: the claim workbook in and out, and the file of payments for the bank.

May import everything below it (`claims` and lower), and the libraries of file formats; knows
nothing of web, of storage and of who is asking. The clock is never read: what a file says of its
own day is handed in.

It promises: whatever a file holds, reading ends in a claim with problems or in one problem that
says why the file is unusable, never in a traceback; what is written appears whole or not at all.
"""
