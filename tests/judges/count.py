"""Refuses reports of Schemathesis that ended early, found a failure, or are of too few calls in all."""

import json
import sys

least, *reports = sys.argv[1:]
calls = 0
for path in reports:
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    found = report["failures"] + report["errors"]
    if not report["complete"] or report["exit_code"] or found or report["operations"]["tested"] != report["operations"]["total"]:
        sys.exit(f"{path}: {found or report['stop_reason']}")
    print(f"{path}: {report['test_cases']['generated']} calls")
    calls += report["test_cases"]["generated"]
if calls < int(least):
    sys.exit(f"{calls} calls are too few: {least} are wanted")
print(f"{calls} calls, no failure.")
