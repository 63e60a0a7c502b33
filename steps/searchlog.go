package steps

import (
	"cmp"
	"fmt"
	"time"

	"marsfix/logscan"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func judgeSearchLog(f Facts, now time.Time) finding {
	fd := judgeOpenLog(f, now)
	if fd.state == screen.Failed {
		return fd
	}
	fd.problems = look.SuspiciousNames(f) // step 2 has said the rest
	return fd
}

func showSearchLog(f Facts) view {
	p := f.Patch
	if !f.PatchLog.Read {
		return view{says: "There is no log to search: the registration decides.", came: "no log",
			rows: []screen.Row{{Label: "log", Value: cmp.Or(f.PatchLog.Path, look.PatchLogName), Note: "not read",
				Tone: screen.Warn}}}
	}
	v := view{log: patchRef(f, look.ChosenName(f))}
	v.says, v.mood = searchSays(f)
	v.came = screen.Count(p.Warnings, "match", "matches")
	v.rows = []screen.Row{
		{Label: "log", Value: f.PatchLog.Path},
		{Label: "read", Value: fmt.Sprintf("%s, %s, %s", screen.Size(p.Size),
			screen.Count(p.Lines, "line", "lines"), p.Encoding)},
		{Label: "sessions", Value: fmt.Sprint(p.Sessions)},
	}
	if p.Last.Number > 0 && !f.Reading.Later {
		v.rows = append(v.rows, sessionRow(f.Ending().Began(), fmt.Sprintf("line %d", p.Last.Line.Number)))
	}
	v.rows = append(v.rows, resultRows(f)...)
	v.rows = append(v.rows, screen.Row{Label: "matches", Value: screen.Count(p.Warnings,
		"warning about a cached package", "warnings about a cached package"), Note: matchNote(p)})
	if p.SuspiciousCount > 0 {
		v.rows = append(v.rows, screen.Row{Label: "not used",
			Value: screen.Count(p.SuspiciousCount, "suspicious name", "suspicious names"), Tone: screen.Warn})
	}
	if n := len(p.Patches); n > 0 {
		v.rows = append(v.rows, screen.Row{Label: "patches",
			Value: fmt.Sprintf("%d named as lost", n), Tone: screen.Warn, Word: "lost"})
	}
	return v
}

// sessionRow says when the last session began. No log tells the zone of its clock.
func sessionRow(began, note string) screen.Row {
	if began == "" {
		return screen.Row{Label: "last session", Value: "time unknown", Note: note}
	}
	return screen.Row{Label: "last session", Value: began + ", log time", Note: note}
}

// resultRows say how the last session ended, where it names nothing or has no engine lines.
func resultRows(f Facts) (rows []screen.Row) {
	s := f.Ending()
	if f.Reading.Later {
		rows = append(rows, sessionRow(s.Began(), "without details"))
	}
	switch {
	case s.LostUnnamed():
		rows = append(rows, screen.Row{Label: "result", Value: "a lost source is reported, and nothing is named",
			Note: lineNote(s.Lost)})
	case s.Otherwise() != "":
		rows = append(rows, screen.Row{Label: "result", Value: "failed " + s.Otherwise(), Tone: screen.Warn, Word: "failed"})
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
		note := "all naming " + p.Named[0].ID + ".msi"
		if p.Named[0].Session < p.Sessions {
			note += ", none in the last session"
		}
		return note
	}
	return fmt.Sprintf("naming %d packages", len(p.Named))
}

// searchSays sums up in a sentence what the search has found.
func searchSays(f Facts) (string, screen.Tone) {
	switch names, patch := look.LastNames(f), look.OnlyPatch(f); {
	case patch != nil:
		return fmt.Sprintf("OBPatch.log says that %s was not found.", patchName(*patch)), screen.Good
	case len(names) == 1 && (names[0].Session != f.Patch.Sessions || f.Reading.Later):
		return fmt.Sprintf("OBPatch.log %s, in an earlier session.", look.Said(names[0])), screen.Good
	case len(names) == 1 && look.Elsewhere(f, names[0]):
		return fmt.Sprintf("An older OBPatch.log %s.", look.Said(names[0])), screen.Good
	case len(names) == 1:
		return fmt.Sprintf("OBPatch.log %s.", look.Said(names[0])), screen.Good
	case len(names) > 1:
		return fmt.Sprintf("OBPatch.log warns about %d cached packages.", len(names)), screen.Warn
	case f.Ending().LostUnnamed():
		return "OBPatch.log reports a lost source, but does not name it.", screen.Warn
	}
	if file := f.Reading.File; file != "" {
		return fmt.Sprintf("OBPatch.log says that %s could not be used.", file), screen.Warn
	}
	return "OBPatch.log names no cached package.", screen.Plain
}
