"""Use cases: what a face calls. Each runs in one transaction: load, check sight, decide, append, project, outbox.

Start here: `filing.file_case`, `running.run`, `loading.load_case`, `lists.list_cases`, `lists.my_turns`,
`story.story`, `tracking.track`, `sweeping.sweep`, `working.work_once`.
"""
