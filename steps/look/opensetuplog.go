package look

import (
	"context"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// LogWait is how long a started installer has to write its log before its process is asked for the folder instead.
const LogWait = 20 * time.Second

// OpenSetupLog looks whether the installer has written its log (step 7).
func OpenSetupLog(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f.SetupLog = Log(l, f, SetupLogName) // what is in it is the next step's
	if f.Start.PID != 0 {
		f = lookWizardsKept(ctx, l, f, e)
		f.Start.Since, f.Folder.Waited = waited(f.Start.Since, e.Now)
		var dir string
		dir, f.Folder.Unseen = wizardFolder(l.Disk(), f)
		f.Folder.Told = dir != ""
	}
	return f
}

// waited reports whether the installer has had its time since its start, and that start: it begins anew when the clock
// was set back.
func waited(since, now time.Time) (time.Time, bool) {
	if since.IsZero() || now.Before(since) {
		return now, false
	}
	return since, now.Sub(since) >= LogWait
}

// SetupLines reads the set-up log. Lines beyond what was noted before the start are new. Looking again, it reads only
// what has been written since: this is done five times a second.
func SetupLines(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	before, after := f.SetupLog, f.Setup
	f.SetupLog, f.Setup = Log(l, f, SetupLogName), logscan.SetupLog{}
	if !f.SetupLog.Read {
		return f
	}
	file, info, err := f.Given.Open(l.Disk(), f.SetupLog.Path)
	if err != nil {
		return setupUnread(f, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	same := before.Path == f.SetupLog.Path && before.Info.ID == info.ID && info.ID != (disk.ID{})
	if !same || info.Size < after.Size {
		after = logscan.SetupLog{} // replaced, or cut
	}
	written := info.Written
	if f.About.Root == "" && e.Now.After(written) {
		written = e.Now // a live log: its stamps are of now at the latest
	}
	log, err := logscan.ScanSetup(ctx, file, info.Size, logscan.SetupOptions{Written: written, After: after,
		Since: NewFrom(f.Start, info.ID, info.Size), Progress: screen.CountBytes(e.Report, "searching", info.Size)})
	if err != nil {
		return setupUnread(f, err)
	}
	f.Setup = log
	return f
}

// setupUnread notes that the set-up log was found but could not be read to its end.
func setupUnread(f Facts, err error) Facts {
	f.SetupLog.Read, f.SetupLog.Trouble = false, logProblem(f.SetupLog.Path, SetupLogName, err)
	return f
}

// NewFrom is the byte from which a log is new: the length noted before the start, 0 when it has been replaced since or
// was not there, -1 when nothing was noted.
func NewFrom(s Start, id disk.ID, length int64) int64 {
	switch {
	case s.PID == 0 || s.LogSize < 0:
		return -1
	case s.LogID != id || length < s.LogSize:
		return 0
	}
	return s.LogSize
}

// Unread is why the log could not be read, or why a place where a later one may be could not be examined; nil when
// everything was looked at.
func (lf LogFile) Unread() *screen.Problem {
	if len(lf.unseen) > 0 {
		return &lf.unseen[0]
	}
	if t := lf.Trouble; t != nil && t.Code != screen.CodeLogMissing && t.Code != screen.CodeLogEmpty &&
		t.Code != screen.CodeLogIsFolder && t.Code != screen.CodeLinkInPath {
		return t
	}
	return nil
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
