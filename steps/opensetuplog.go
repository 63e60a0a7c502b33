package steps

import (
	"context"
	"fmt"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

const (
	// logWait is how long a started installer may take to write its log before its process is asked instead.
	logWait = 20 * time.Second
	logPoll = 200 * time.Millisecond
)

func lookOpenSetupLog(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Needless() {
		return f
	}
	f.SetupLog = LookLog(l, f, f.Given.SetupLog, SetupLogName, "--setup-log") // what is in it is the next step's
	if f.Start.PID != 0 {
		f = lookWanted(ctx, l, f, e)
		f.Start.Since, f.Folder.Waited = waited(f.Start.Since, e.Now)
		var dir string
		dir, f.Folder.Unseen = wizardFolder(l.Disk(), f)
		f.Folder.Told = dir != ""
	}
	return f
}

// waited tells whether the installer has had its time since its start. The wait begins anew when the clock was set back.
func waited(since, now time.Time) (time.Time, bool) {
	if since.IsZero() || now.Before(since) {
		return now, false
	}
	return since, now.Sub(since) >= logWait
}

// lookSetup reads the set-up log. Lines beyond what was noted before the start are new. Looking again, it reads only what has been written
// since: this is done five times a second.
func lookSetup(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	before, after := f.SetupLog, f.Setup
	f.SetupLog = LookLog(l, f, f.Given.SetupLog, SetupLogName, "--setup-log")
	f.Setup = logscan.SetupLog{}
	if !f.SetupLog.Read {
		return f
	}
	if before.Path != f.SetupLog.Path {
		before.Info.ID = disk.ID{}
	}
	log, err := scanSetup(ctx, l, f, before.Info.ID, after, e)
	if err != nil {
		f.SetupLog.Read = false
		f.SetupLog.Trouble = logProblem(f.SetupLog.Path, SetupLogName, "--setup-log", err)
		return f
	}
	f.Setup = log
	return f
}

// scanSetup scans the set-up log, behind what was found in the file with this identity if it is that one still.
func scanSetup(ctx context.Context, l computer.Looker, f Facts, id disk.ID, after logscan.SetupLog, e Env) (logscan.SetupLog, error) {
	file, err := l.Disk().Open(f.SetupLog.Path, disk.ShareAll)
	if err != nil {
		return logscan.SetupLog{}, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return logscan.SetupLog{}, err
	}
	if id != info.ID || id == (disk.ID{}) || info.Size < after.Size {
		after = logscan.SetupLog{} // replaced, or cut
	}
	written := info.Written
	if f.About.Root == "" && e.Now.After(written) {
		written = e.Now // a live log: its stamps are of now at the latest
	}
	return logscan.ScanSetup(ctx, file, info.Size, logscan.SetupOptions{Written: written, Since: newFrom(f.Start, info.ID, info.Size), After: after,
		Progress: screen.CountBytes(e.report, "searching", info.Size)})
}

// newFrom is the byte from which a log is new: the length noted before the start, 0 when it has been replaced since or was not there, -1
// when nothing was noted.
func newFrom(s Start, id disk.ID, length int64) int64 {
	switch {
	case s.PID == 0 || s.LogSize < 0:
		return -1
	case s.LogID != id || length < s.LogSize:
		return 0
	}
	return s.LogSize
}

// newBytes tells whether the installer has written since the start; true where nothing was noted.
func newBytes(f Facts) bool {
	from := newFrom(f.Start, f.SetupLog.Info.ID, f.SetupLog.Info.Size)
	return f.SetupLog.Read && (from < 0 || f.SetupLog.Info.Size > from)
}

// unread is why a log could not be read, or why nobody could look for a later one elsewhere; nil when all was looked at.
func (lf LogFile) unread() *screen.Problem {
	if len(lf.Unseen) > 0 {
		return &lf.Unseen[0]
	}
	if t := lf.Trouble; t != nil && t.Code != screen.CodeLogMissing && t.Code != screen.CodeLogEmpty && t.Code != screen.CodeLogIsFolder && t.Code != screen.CodeLinkInPath {
		return t
	}
	return nil
}

// wizardGone tells that the wizard, once started or found, is not there any more.
func wizardGone(f Facts) bool {
	return f.Start.PID != 0 && len(f.Ours()) == 0 && f.WizardsUnseen == nil
}

// startAgain goes back to the start of the installer.
func startAgain(folder string) finding {
	return finding{state: screen.NeedsYou, problems: []screen.Problem{closedTooEarly(folder)},
		enter: &move{"back to step 6", "", func(f Facts) (Facts, next) {
			f = f.forgetSources()
			f.Start, f.Folder, f.Choices.Folder = Start{}, Folder{}, ""
			return f, next{jump: goBack, to: startInstaller}
		}}}
}

func judgeOpenSetupLog(f Facts, _ time.Time) finding {
	switch {
	case f.Needless():
		return finding{state: screen.Done}
	case newBytes(f):
		return finding{state: screen.Done}
	case wizardGone(f):
		return startAgain("")
	case f.Given.SetupLog != "" && f.SetupLog.Trouble != nil:
		return finding{state: screen.Failed, problems: []screen.Problem{*f.SetupLog.Trouble}}
	case f.Start.LogSize < 0, f.Folder.Waited && (f.Folder.Told || f.Choices.ByHand):
		return finding{state: screen.Done, problems: []screen.Problem{logSilent(f)}}
	case f.Folder.Waited:
		return keepLooking(f)
	}
	return finding{state: screen.Looking, says: "The installer is running; its log is not there yet.",
		poll: logPoll, limit: logWait, doing: "waiting for the installer to write " + SetupLogName}
}

// keepLooking waits on for an installer that runs and has told its folder neither by its log nor by where it runs from: it may first install
// what it needs itself. Starting it a second time would be the worst advice.
func keepLooking(f Facts) finding {
	if f.WizardsUnseen != nil {
		return finding{state: screen.Failed, problems: []screen.Problem{*f.WizardsUnseen}}
	}
	p := screen.Problem{Code: screen.CodeInstallerSlow,
		Message: fmt.Sprintf("the installer still runs, and in %d seconds nothing has told its folder: it may be installing what it needs first", int(logWait.Seconds())),
		Cure:    "nothing to do: marsfix looks on, leave the installer open", Offer: "if you see its folder"}
	if f.Folder.Unseen != nil {
		p.Message += fmt.Sprintf("; where it runs from nobody could look: %v", f.Folder.Unseen)
	}
	return finding{state: screen.NeedsYou, poll: wizardPoll, problems: []screen.Problem{p},
		other: &move{"choose folder", "", func(f Facts) (Facts, next) {
			f.Choices.ByHand = true
			return f, next{look: true}
		}}}
}

// logSilent says why the log does not help; the process of the installer is asked next.
func logSilent(f Facts) screen.Problem {
	p := screen.Problem{Code: screen.CodeErrlogSilent,
		Message: fmt.Sprintf("the installer has not written to %s for %d seconds", SetupLogName, int(logWait.Seconds())),
		Cure:    "nothing to do: the next step takes the folder from the running installer"}
	if t := f.SetupLog.Trouble; t != nil && t.Code == screen.CodeLogLocked {
		p.Message = "the installer keeps this log to itself"
	}
	return p
}

func showOpenSetupLog(f Facts) view {
	if f.Needless() {
		return needless(f)
	}
	v := logView(f.SetupLog)
	v.says, v.mood = setupSays(f)
	if f.SetupLog.Path != "" && !f.SetupLog.Read {
		v.rows[0].Note = "not there yet"
	}
	if from := newFrom(f.Start, f.SetupLog.Info.ID, f.SetupLog.Info.Size); from >= 0 && f.SetupLog.Read {
		v.rows = append(v.rows, screen.Row{Label: "new", Value: screen.Size(f.SetupLog.Info.Size-from) + " since the installer's start"})
	}
	return v
}

// setupSays is what the set-up log is good for, in a sentence.
func setupSays(f Facts) (string, screen.Tone) {
	switch {
	case !newBytes(f):
		return "The installer is running, but it has written no log.", screen.Warn
	case f.Start.PID != 0 && f.Start.LogSize >= 0:
		return "The installer has written its log.", screen.Good
	}
	return "The installer's log was found.", screen.Good
}

// bestLine is the line of the set-up log that counts: after a start of ours only a new one does.
func bestLine(f Facts) *logscan.FolderLine {
	noted := f.Start.PID != 0 && f.Start.LogSize >= 0
	for i := range f.Setup.Folders {
		if ln := &f.Setup.Folders[i]; ln.New || !noted {
			return ln
		}
	}
	return nil
}
