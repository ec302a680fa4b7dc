"""The demo programme: made of the same verbs that people use, so that it proves itself.

Everything without a public source is an example and says so wherever it is shown. People are
roles, learners and registration numbers are invented.
"""
