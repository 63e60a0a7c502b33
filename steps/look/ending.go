package look

import (
	"fmt"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// ending is how the last session of OBPatch.log ended.
type ending struct {
	Started string       // as its header says; empty without one
	written time.Time    // of the log
	code    int          // its result
	hasCode bool         // it has one
	failed  bool         // it failed, with or without a code
	Lost    logscan.Line // the line that tells of a lost source; without text when none does
	warned  bool         // it names what is lost, acceptably or not
	unnamed bool         // nothing that it names is what that line is about
}

// Ending puts together what the search and the reading line by line have found. A session without engine lines, later
// than all that the search knows, is the last.
func (f *Facts) Ending() ending {
	r, o := f.Reading, f.Patch.LastSession
	if r.Later {
		return ending{Started: r.Started, written: f.PatchLog.Info.Written, code: r.Code, hasCode: r.HasCode,
			failed: r.Failed || r.HasCode && !logscan.Good(r.Code), Lost: r.Lost, unnamed: r.Lost.Text != ""}
	}
	s := ending{Started: f.Patch.Last.Started, written: f.PatchLog.Info.Written, code: r.Code, hasCode: r.HasCode,
		Lost: o.Error, warned: o.Warnings > 0}
	if o.HasCode && !r.GoesOn {
		s.code, s.hasCode = o.Code, true
	}
	if s.Lost.Text == "" {
		s.Lost = r.Lost
	}
	s.failed = r.Failed || s.hasCode && !logscan.Good(s.code)
	s.unnamed = s.Lost.Text != "" && !s.warned
	if o.Patches > 0 && o.Warnings == o.Patches && r.Product.Text != "" { // no patch answers for the product's source
		s.Lost, s.unnamed = r.Product, true
	}
	return s
}

// LostUnnamed reports whether the session tells of a lost source without naming it.
func (s ending) LostUnnamed() bool { return s.unnamed && !s.warned }

// open reports whether the session has no result.
func (s ending) open() bool { return !s.hasCode && !s.failed }

// called is what a sentence calls the session: with its time, where that is known.
func (s ending) called() string {
	if began := s.Began(); began != "" {
		return "last session (" + began + ", log time)"
	}
	return "last session"
}

// Began is when the session began by the log's clock, in the order of ISO 8601 where that is certain; empty where the
// log was cut within the date.
func (s ending) Began() string {
	if len(s.Started) < len("1/3/2025") {
		return ""
	}
	began := logscan.Session{Started: s.Started, Written: s.written}.Began()
	return strings.Join(strings.Fields(began), " ")
}

// Otherwise says how the session failed, if it failed without losing a source; empty otherwise.
func (s ending) Otherwise() string {
	switch {
	case !s.failed || s.Lost.Text != "":
		return ""
	case !s.hasCode || logscan.Good(s.code):
		return "without a code"
	}
	if w, known := CodeWords()[uint32(s.code)]; known {
		return fmt.Sprintf("with %d: %s", s.code, w.Means)
	}
	return fmt.Sprintf("with %d", s.code)
}

// wentThrough reports whether the session ended well and tells of nothing that was lost.
func (s ending) wentThrough() bool { return s.hasCode && !s.failed && s.Lost.Text == "" && !s.warned }

// superseded reports whether a later session went through without a warning, so that what an earlier one said of its
// file may no longer hold.
func (f *Facts) superseded(w logscan.Warning) bool {
	if o := f.otherOf(w); o != nil {
		own := f.by(*o)
		return own.superseded(w) || !o.Unordered && f.wentThroughSince(*o)
	}
	return f.Reading.ThroughAt > w.At || f.Reading.Through ||
		(f.Reading.Later || w.Session < f.Patch.Sessions) && f.Ending().wentThrough()
}

// wentThroughSince reports whether a session went through in a log that is later than another one.
func (f *Facts) wentThroughSince(o OtherLog) bool {
	for _, p := range append([]OtherLog{{f.PatchLog, f.Patch, f.Reading}}, f.Others...) {
		if p.Path == o.Path {
			break
		}
		if g := f.by(p); !p.Unordered && (p.Reading.ThroughAt > 0 || p.Reading.Through || g.Ending().wentThrough()) {
			return true
		}
	}
	return false
}

// sourceLost is the problem of a session that lost its source and does not name it.
func sourceLost(f Facts, s ending) screen.Problem {
	where := ""
	if s.Lost.Number > 0 {
		where = fmt.Sprintf(", line %d", s.Lost.Number)
	}
	return screen.Problem{Code: screen.CodeSourceLost,
		Message: fmt.Sprintf("%s reports a lost source and does not name it%s: %s", PatchLogName, where,
			Quoted(s.Lost.Text, MatchIn(s.Lost.Text), MostQuoted)),
		Cure: namedLogHint(f)}
}

// unreadFile is the problem of a cached file that the session calls lost or unusable in other words than the warnings'.
func unreadFile(f Facts) screen.Problem {
	where := ""
	if f.Reading.Unread.Number > 0 {
		where = fmt.Sprintf(", line %d", f.Reading.Unread.Number)
	}
	p := screen.Problem{Code: screen.CodePackageUnreadable,
		Message: fmt.Sprintf("%s reports a cached file as lost or unusable%s: %s", PatchLogName, where,
			Quoted(f.Reading.Unread.Text, MatchIn(f.Reading.Unread.Text), MostQuoted)),
		Cure: "run marsfix as administrator on that computer: its registration tells whose file that is"}
	if f.About.Root == "" {
		p.Cure = "run marsfix as administrator: the registration tells whose file that is; or ask Microsoft Support"
	}
	return p
}

// MatchIn is the place around which a line is quoted: behind the process, thread and time of an engine line.
func MatchIn(text string) int {
	if i := strings.Index(text, "]: "); i >= 0 {
		return i + len("]: ")
	}
	return 0
}

// verboseLog is how to have Windows Installer write a log that names packages
// (https://learn.microsoft.com/windows/win32/msi/logging).
const verboseLog = `reg add HKLM\SOFTWARE\Policies\Microsoft\Windows\Installer /v Logging /d voicewarmup /f, then run the update again`

// namedLogHint says how to get a log, or a registration, that names the package.
func namedLogHint(f Facts) string {
	if f.About.Root != "" {
		return "run marsfix on that computer, as administrator: its registration names the package. Or make a log that names it: " + verboseLog + `; the log is %TEMP%\MSI*.LOG`
	}
	return "make a log that names it: " + verboseLog + `, then: marsfix --patch-log FILE (the newest %TEMP%\MSI*.LOG)`
}

// MostQuoted is how much of a line a problem quotes, in bytes: so much that the whole sentence fits the text of a
// diagnosis.
const MostQuoted = 90
