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

func lookSearchLog(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f.Patch, f.Reading = logscan.PatchLog{}, logscan.Reading{}
	if !f.PatchLog.Read {
		return f
	}
	log, err := scanPatch(ctx, l, f.PatchLog.Path, f.About.WindowsNames, 0, e.report)
	if err == nil && !log.Blank {
		f.Reading, err = readLast(ctx, l, f.PatchLog.Path, log)
	}
	if err != nil {
		f.PatchLog.Read = false
		f.PatchLog.Trouble = logProblem(f.PatchLog.Path, PatchLogName, "--patch-log", err)
		return f
	}
	f.Patch = log
	if f.Reading.Doubt == logscan.NoDoubt && len(log.Suspicious) > 0 {
		f.Reading.Doubt = copyDamage(f, log.Suspicious[0])
	}
	switch {
	case f.PatchLog.Trouble != nil:
	case log.Blank:
		f.PatchLog.Trouble = logBlank(f.PatchLog.Path, PatchLogName)
	case f.Reading.Doubt != logscan.NoDoubt && len(log.Named) == 0: // a name that could be read is one
		f.PatchLog.Trouble = notUnderstood(f)
	}
	return f
}

// readLast reads the last session of a log that has been searched.
func readLast(ctx context.Context, l computer.Looker, path string, log logscan.PatchLog) (logscan.Reading, error) {
	file, err := l.Disk().Open(path, disk.ShareAll)
	if err != nil {
		return logscan.Reading{}, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	return logscan.ReadLast(ctx, file, log.Size, log)
}

// scanPatch reads the part of an OBPatch.log from a byte on.
func scanPatch(ctx context.Context, l computer.Looker, path string, windows []string, from int64, report func(screen.Progress)) (logscan.PatchLog, error) {
	file, err := l.Disk().Open(path, disk.ShareAll)
	if err != nil {
		return logscan.PatchLog{}, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return logscan.PatchLog{}, err
	}
	return logscan.ScanPatch(ctx, file, info.Size, logscan.PatchOptions{From: from, Windows: windows,
		Progress: screen.CountBytes(report, "searching", info.Size)})
}

func judgeSearchLog(f Facts, now time.Time) finding {
	fd := judgeOpenLog(f, now)
	if fd.state == screen.Failed {
		return fd
	}
	fd.problems = append(fd.problems[:len(fd.problems):len(fd.problems)], suspiciousNames(f)...)
	return fd
}

// suspiciousNames is the problem of warnings whose names are not acceptable; none when there are none.
func suspiciousNames(f Facts) []screen.Problem {
	log := f.Patch
	if len(log.Suspicious) == 0 {
		return nil
	}
	w := log.Suspicious[0]
	p := suspiciousName(log.SuspiciousCount, w.Number, Quoted(w.Text, w.NameAt, mostQuoted))
	if copyDamage(f, w) != logscan.NoDoubt {
		p.Cure = "the line was changed by copying; take the log file itself"
	}
	return []screen.Problem{p}
}

func showSearchLog(f Facts) view {
	p := f.Patch
	if !f.PatchLog.Read {
		return view{says: "There is no log to search: the registration decides.", came: "no log",
			rows: []screen.Row{{Label: "log", Value: screen.Or(f.PatchLog.Path, PatchLogName), Note: "not read", Tone: screen.Warn}}}
	}
	v := view{log: &screen.LogRef{Path: f.PatchLog.Path}}
	if w := ChosenName(f); w != nil {
		v.log.Offset, v.log.Line = w.At, w.Number
	}
	v.says, v.mood = searchSays(f)
	v.came = screen.Count(p.Warnings, "match", "matches")
	v.rows = []screen.Row{
		{Label: "log", Value: f.PatchLog.Path},
		{Label: "read", Value: fmt.Sprintf("%s, %s, %s", screen.Size(p.Size), screen.Count(p.Lines, "line", "lines"), p.Encoding)},
		{Label: "sessions", Value: fmt.Sprint(p.Sessions)},
	}
	if p.Last.Number > 0 && !f.Reading.Later {
		v.rows = append(v.rows, screen.Row{Label: "last one", Value: screen.Or(p.Last.Started, "time unknown"), Note: fmt.Sprintf("line %d", p.Last.Line.Number)})
	}
	v.rows = append(v.rows, resultRows(f)...)
	v.rows = append(v.rows, screen.Row{Label: "matches", Value: screen.Count(p.Warnings, "warning about a cached package", "warnings about a cached package"), Note: matchNote(p)})
	if p.SuspiciousCount > 0 {
		v.rows = append(v.rows, screen.Row{Label: "not used", Value: screen.Count(p.SuspiciousCount, "suspicious name", "suspicious names"), Tone: screen.Warn})
	}
	if n := len(p.Patches); n > 0 {
		v.rows = append(v.rows, screen.Row{Label: "patches", Value: screen.Count(int64(n), "lost patch", "lost patches") + " named as well", Tone: screen.Warn})
	}
	return v
}

// resultRows say how a last session ended that names nothing, or in which one without engine lines it did.
func resultRows(f Facts) (rows []screen.Row) {
	s := f.ending()
	if f.Reading.Later {
		rows = append(rows, screen.Row{Label: "last one", Value: screen.Or(s.started, "time unknown"), Note: "without engine lines"})
	}
	switch {
	case s.lostUnnamed():
		rows = append(rows, screen.Row{Label: "result", Value: "a source was lost, and nothing is named", Note: lineNote(s.lost), Tone: screen.Warn})
	case s.otherwise() != "":
		rows = append(rows, screen.Row{Label: "result", Value: "failed " + s.otherwise(), Tone: screen.Warn})
	}
	return rows
}

// lineNote is where in the log a line stands, where that is known.
func lineNote(line logscan.Line) string {
	if line.Number == 0 {
		return ""
	}
	return fmt.Sprintf("line %d", line.Number)
}

func matchNote(p logscan.PatchLog) string {
	switch len(p.Named) {
	case 0:
		return "none names a package"
	case 1:
		return "all naming " + p.Named[0].ID + ".msi"
	}
	return fmt.Sprintf("naming %d packages", len(p.Named))
}

// searchSays is what the search has found, in a sentence.
func searchSays(f Facts) (string, screen.Tone) {
	switch names := lastNames(f); {
	case len(names) == 1:
		return fmt.Sprintf("OBPatch.log names one lost package: %s.msi.", names[0].ID), screen.Good
	case len(names) > 1:
		return fmt.Sprintf("OBPatch.log names %d lost packages in its last session.", len(names)), screen.Warn
	case f.ending().lostUnnamed():
		return "OBPatch.log tells of a lost source, but does not name it.", screen.Warn
	}
	return "OBPatch.log names no lost package.", screen.Plain
}
