package look

import (
	"context"
	"fmt"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// LastNames are the accepted names of the last session that names any, in another log where this one has none: the one
// that is registered for the MARS Agent first, else the one that is registered at all, else, where no registration can
// be read, the one that the disk does not have, then the newest.
func LastNames(f Facts) []logscan.Warning {
	var ws []logscan.Warning
	all := f.Patch.Named
	if len(all) == 0 && f.LogsAlone() {
		all = Names(f)
	}
	for _, w := range all {
		if SameSession(f, w, all[0]) {
			ws = append(ws, w)
		}
	}
	front := 0
	for i := 1; i < len(ws); i++ {
		if f.rank(ws[i]) > f.rank(ws[front]) {
			front = i
		}
	}
	if front == 0 {
		return ws
	}
	first := append([]logscan.Warning{ws[front]}, ws[:front]...)
	return append(first, ws[front+1:]...)
}

// rank is how much speaks for a name in the log.
func (f *Facts) rank(w logscan.Warning) int {
	path := cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)
	switch p := f.Registration.ProductAt(path); {
	case p != nil && computer.IsAgent(*p):
		return 4
	case p != nil:
		return 3
	case !f.Registration.Silent, f.whollyThere(path):
		return 0
	case f.missing(path):
		return 2
	}
	return 1
}

// ChosenName is the warning that counts, nil when the log names nothing acceptable.
func ChosenName(f Facts) *logscan.Warning {
	ws := LastNames(f)
	if w := NameIn(ws, f.Choices.ID); w != nil || len(ws) == 0 {
		return w
	}
	return &ws[0]
}

// NameIn is the warning that names an id, nil when none does.
func NameIn(ws []logscan.Warning, id string) *logscan.Warning {
	for i := range ws {
		if strings.EqualFold(ws[i].ID, id) {
			return &ws[i]
		}
	}
	return nil
}

// LocateLine asks the disk for the packages that the log names, and reads what stands about the line that counts
// (step 4).
func LocateLine(_ context.Context, l computer.Looker, f Facts, _ Env) Facts {
	f.Cache = lookNamed(l.Disk(), f)
	f.Around = aroundName(l.Disk(), f)
	return f
}

// aroundName is the line that counts in OBPatch.log with its neighbours.
func aroundName(d disk.Reader, f Facts) []screen.LogLine {
	if p := OnlyPatch(f); p != nil {
		return f.around(d, f.PatchLog.Path, p.Line, p.NameAt, p.NameLen)
	}
	if w := ChosenName(f); w != nil {
		return f.around(d, LogOf(f, *w), w.Line, w.NameAt, w.NameLen)
	}
	if s := f.Ending(); s.LostUnnamed() {
		return f.around(d, f.PatchLog.Path, s.Lost, MatchIn(s.Lost.Text), 0)
	}
	return nil
}

// OnlyPatch is the warning of a lost patch in the log's last session, where that session names no package; nil
// otherwise.
func OnlyPatch(f Facts) *logscan.Warning {
	if w := ChosenName(f); w != nil && (Elsewhere(f, *w) || w.Session == f.Patch.Sessions) || f.Reading.Later {
		return nil
	}
	for i, p := range f.Patch.Patches {
		if p.Session == f.Patch.Sessions {
			return &f.Patch.Patches[i]
		}
	}
	return nil
}

// Said is what a warning says of its package, in words that follow the log's name or the line's number.
func Said(w logscan.Warning) string {
	if w.Kind == logscan.Cut {
		return fmt.Sprintf("warns about %s.msi, and the line is cut off", w.ID)
	}
	return fmt.Sprintf("says that %s.msi %s", w.ID, WarningWords[w.Kind])
}

// WarningWords says what one of the four warnings means, for a person.
var WarningWords = [...]string{"", "is missing", "is not a valid .msi file", "has no valid package code",
	"has a different package code than the registered one", "(wording cut off)", "lost patch"}
