# Keeps what `marsfix diagnose --json` has printed on a host as a file of the controller, once it is known to be an answer.
# It runs on the controller itself and starts nothing, so a thousand hosts cost it seconds.
#
#   run   the registered result of the command
#   dest  the file, which must not be there yet
#
# It sets the fact marsfix_verdict. It fails when the exit code is no verdict, when the output is not the object that belongs to the
# exit code (win_command tells 2 of a program that it cannot find), and when the file cannot be written.
import json
import os

from ansible.plugins.action import ActionBase

VERDICTS = ("healthy", "repair-needed", "unclear")  # by exit code


class ActionModule(ActionBase):
    TRANSFERS_FILES = False

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        run = self._task.args["run"]
        try:
            found = verdict(run)
            keep(self._task.args["dest"], run["stdout"])
        except (ValueError, OSError) as err:
            return dict(result, failed=True, msg=str(err))
        return dict(result, ansible_facts={"marsfix_verdict": found})


def verdict(run):
    code = run.get("rc")
    if code not in range(len(VERDICTS)):
        raise ValueError("exit code %s is no verdict%s" % (code, said(run)))
    try:
        found = json.loads(run["stdout"])["verdict"]
    except (ValueError, TypeError, KeyError):
        raise ValueError("exit code %s without an answer%s" % (code, said(run)))
    if found != VERDICTS[code]:
        raise ValueError("exit code %s contradicts the verdict %r" % (code, found))
    return found


def said(run):
    for key in ("stderr", "msg"):
        if run.get(key, "").strip():
            return ": " + run[key].strip()
    return ""


def keep(dest, text):
    with open(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "w", encoding="utf-8") as file:
        file.write(text.rstrip() + "\n")
