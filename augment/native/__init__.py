"""Coming and leaving: pipelines of other libraries become specs, and specs become plain code of those libraries.

Every form of a pipeline (objects, configurations, data, source) is first read as `call.Source`: names and literal arguments, of
which nothing is ever executed. One function for each class of a library, in `tables`, says what it means in our ops; hints in
messages, the import, the verdicts of the export and the pages on migration all ask these functions.
"""
