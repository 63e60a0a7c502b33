package steps

import (
	"cmp"
	"fmt"
	"time"

	"marsfix/logscan"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func judgeOpenLog(f Facts, _ time.Time) finding {
	t := f.PatchLog.Trouble
	if t == nil {
		return finding{state: screen.Done, problems: logNotes(f)}
	}
	// Without a log the walk goes on only where the registration tells what is lost, and never where the command line
	// named the log.
	if f.Given.PatchLog != "" || f.Registration.Silent || f.PatchLog.Denied {
		return failed(*t)
	}
	p := *t
	p.Message += "; only the registration is used"
	return finding{state: screen.Done, problems: []screen.Problem{p}}
}

// logNotes says what is odd about a log without blocking.
func logNotes(f Facts) (ps []screen.Problem) {
	if f.PatchLog.Owner.Trust == disk.NotAdmin {
		ps = append(ps, screen.Problem{Code: screen.CodeLogOwner,
			Message: fmt.Sprintf("\"%s\" belongs to %s, who is not an administrator", f.PatchLog.Path,
				f.PatchLog.Owner.Name),
			Cure: "nothing to do: this log is only a hint; Windows Installer's registration decides, where it can be read"})
	}
	return append(ps, f.PatchLog.TooLarge()...)
}

func showOpenLog(f Facts) view {
	if f.LogsAlone() {
		return logView(f.PatchLog, "searched as well")
	}
	return logView(f.PatchLog, "not used")
}

// logView is a log as a file, with what becomes of the others.
func logView(lf look.LogFile, others string) view {
	if lf.Path == "" {
		return view{}
	}
	v := view{rows: []screen.Row{{Label: "log", Value: lf.Path}}}
	if !lf.Read {
		return v
	}
	v.says, v.mood = fmt.Sprintf("%s was found.", disk.Base(lf.Path)), screen.Good
	v.came = screen.Size(lf.Info.Size)
	v.rows = append(v.rows,
		screen.Row{Label: "size", Value: screen.Size(lf.Info.Size)},
		screen.Row{Label: "written", Value: screen.Zoned(lf.Info.Written)},
		ownerRow(lf.Owner))
	if lf.Encoding != "" {
		v.rows = append(v.rows, screen.Row{Label: "encoding", Value: lf.Encoding})
	}
	for _, o := range lf.Also {
		r := screen.Row{Label: "older", Value: o.Path, Note: others}
		if o.Unordered {
			r.Label, r.Note = "other", others+"; it may be newer"
		}
		v.rows = append(v.rows, r)
	}
	if lf.Info.Size > 0 {
		v.log = &screen.LogRef{Path: lf.Path}
	}
	return v
}

// patchRef leads the viewer to a warning in OBPatch.log, or to the log's start where there is none.
func patchRef(f Facts, w *logscan.Warning) *screen.LogRef {
	ref := &screen.LogRef{Path: f.PatchLog.Path, Lines: f.Patch.Lines, Size: f.Patch.Size}
	if w != nil && look.Elsewhere(f, *w) {
		ref = &screen.LogRef{Path: w.Log}
	}
	if w != nil {
		ref.Offset, ref.Line, ref.Mark = w.At, w.Number, w.Path
	}
	return ref
}

func ownerRow(o disk.Owner) screen.Row {
	r := screen.Row{Label: "owner", Value: cmp.Or(o.Name, "unknown")}
	switch o.Trust {
	case disk.Unknown:
		r.Note = "not a system account: only a hint"
	case disk.NotAdmin:
		r.Note, r.Tone = "not an administrator", screen.Warn
	}
	return r
}
