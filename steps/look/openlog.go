package look

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// The names of the two logs (the article's steps 2 and 7).
const (
	PatchLogName = "OBPatch.log"
	SetupLogName = "OBInstaller0Curr.errlog"
)

// logFlags are the flags with which the command line names a log outright.
var logFlags = map[string]string{PatchLogName: "--patch-log", SetupLogName: "--setup-log"}

// log is the path that the command line names for a log; empty: marsfix looks itself.
func (g Given) log(name string) string {
	return map[string]string{PatchLogName: g.PatchLog, SetupLogName: g.SetupLog}[name]
}

// Open opens a log. Where marsfix finds logs every user of the computer can put a link, to a file that only the
// engineer may read or to a share of that user: a log that is one is opened only where the command line names it.
func (g Given) Open(d disk.Reader, path string) (disk.File, disk.Info, error) {
	share := disk.ShareNoLink
	if path == g.PatchLog || path == g.SetupLog {
		share = disk.ShareAll
	}
	return disk.WithInfo(d.Open(path, share))
}

// findPatchLog finds OBPatch.log. Of several the one with the latest session counts.
func findPatchLog(ctx context.Context, l computer.Looker, f Facts) LogFile {
	return findLog(l, f, PatchLogName, sessionLater(ctx, l.Disk(), f.Given))
}

// Log finds a log without sessions. Of several the one written last counts.
func Log(l computer.Looker, f Facts, name string) LogFile {
	return findLog(l, f, name, func(a, b LogFile) (later, known bool) { return writtenLater(a, b), true })
}

// findLog finds a log: the one that the command line names, or the latest in the folders for temporary files. It opens
// logs by name and never lists a computer's own folders, which hold tens of thousands of files. It keeps where access
// was denied, since a later log may be there.
func findLog(l computer.Looker, f Facts, name string, later func(a, b LogFile) (later, known bool)) LogFile {
	given := f.Given.log(name)
	paths := []string{given}
	if given == "" {
		paths = nil
		for _, dir := range f.About.Temps {
			paths = append(paths, namesOf(l.Disk(), f, dir, name)...)
		}
	}
	var best LogFile
	var also []LogFile
	var denied, unseen []screen.Problem
	for _, p := range paths {
		lf := openLogFile(l.Disk(), f.Given, p, name)
		if lf.Denied {
			denied = append(denied, *lf.Trouble)
		}
		if lf.Unread() != nil {
			unseen = append(unseen, *lf.Unread())
		}
		if preferred(lf, best, later) {
			lf, best = best, lf
		}
		if lf.Path != "" && lf.Read {
			also = append(also, lf)
		}
	}
	slices.SortStableFunc(also, func(a, b LogFile) int {
		if first, _ := later(a, b); first {
			return -1
		}
		return 1
	})
	for i := range also {
		_, known := later(best, also[i])
		also[i].Unordered = !known
	}
	best.Also = also
	if !best.Denied {
		best.unreadable = denied
	}
	best.unseen = unseen
	return best
}

// preferred reports whether log a counts before log b: one that can be read, then one whose trouble is more than that
// it is missing, then one that is not empty (an empty one has no session that could be the latest), then the later one.
func preferred(a, b LogFile, later func(a, b LogFile) (later, known bool)) bool {
	switch {
	case b.Path == "":
		return true
	case a.Read != b.Read:
		return a.Read
	case !a.Read:
		return b.Trouble.Code == screen.CodeLogMissing && a.Trouble.Code != screen.CodeLogMissing
	case a.Info.Size > 0 != (b.Info.Size > 0):
		return a.Info.Size > 0
	}
	first, _ := later(a, b)
	return first
}

// namesOf are the paths that a log may have in a folder. The disk of another computer may lie here on one that tells
// case apart, and hold two.
func namesOf(d disk.Reader, f Facts, dir, name string) (paths []string) {
	if f.About.Root != "" {
		in, err := d.List(dir)
		if err != nil {
			in = nil // opening the log by its name says why
		}
		for _, e := range in {
			if at := disk.Base(e.Path); strings.EqualFold(at, name) {
				paths = append(paths, disk.Join(dir, at))
			}
		}
	}
	if len(paths) < 2 {
		return []string{disk.Join(dir, name)}
	}
	return paths
}

func writtenLater(a, b LogFile) bool { return a.Info.Written.After(b.Info.Written) }

// sessionLater compares logs by the start of their last sessions, since a copied file has a newer time than its text.
// Where the headers do not tell, it goes by the files' times, and the order is not known.
func sessionLater(ctx context.Context, d disk.Reader, g Given) func(a, b LogFile) (later, known bool) {
	return func(a, b LogFile) (later, known bool) {
		x, y := lastSession(ctx, d, g, a), lastSession(ctx, d, g, b)
		if later, known = x.After(y); known {
			return later, true
		}
		if (x.Started == "") != (y.Started == "") {
			return x.Started != "", false
		}
		return writtenLater(a, b), false
	}
}

// lastSession is the zero Session where there is none or the log cannot be read: if it is the one that counts, its
// search says why.
func lastSession(ctx context.Context, d disk.Reader, g Given, lf LogFile) logscan.Session {
	file, info, err := g.Open(d, lf.Path)
	if err != nil {
		return logscan.Session{}
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	s, err := logscan.LastSession(ctx, file, info.Size)
	if err != nil {
		return logscan.Session{}
	}
	s.Written = lf.Info.Written
	return s
}

// openLogFile opens a log and looks at it.
func openLogFile(d disk.Reader, g Given, path, name string) LogFile {
	lf := LogFile{Path: path}
	fail := func(err error) LogFile {
		lf.Trouble = logProblem(path, name, err)
		lf.Denied = errors.Is(err, fs.ErrPermission)
		return lf
	}
	file, info, err := g.Open(d, path)
	if err != nil {
		return fail(err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	lf.Info = info
	if lf.Info.Size > 0 {
		enc, err := logscan.Detect(file, lf.Info.Size)
		if err != nil {
			return fail(err)
		}
		lf.Encoding = enc.String()
	}
	lf.Read = true
	lf.Owner, _ = d.Owner(path) // without an owner the screen says "unknown"; that blocks nothing
	if lf.Info.Size == 0 {
		lf.Trouble = logBlank(path, name)
	}
	return lf
}

// OpenLog finds OBPatch.log, and reads the registration against which the log is weighed (step 2).
func OpenLog(ctx context.Context, l computer.Looker, f Facts, _ Env) Facts {
	f.PatchLog = findPatchLog(ctx, l, f)
	f.Registration = computer.ReadRegistration(ctx, l)
	return f
}

// TooLarge are the other logs that were not searched: a later one may be among them.
func (lf LogFile) TooLarge() (ps []screen.Problem) {
	for _, p := range lf.unseen {
		if p.Code == screen.CodeLogTooLarge && (lf.Trouble == nil || *lf.Trouble != p) {
			ps = append(ps, p)
		}
	}
	return ps
}
