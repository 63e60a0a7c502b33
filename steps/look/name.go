package look

import (
	"fmt"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
)

// OnDisk says whether the disk has the package that the log names; empty where that was not asked, or nobody could
// look.
func OnDisk(f Facts, w logscan.Warning) string {
	path := cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)
	switch {
	case !f.seen(path):
		return ""
	case !f.present(path):
		return "not on the disk"
	case f.Unusable(path) != "":
		return "on the disk, but it " + f.Unusable(path)
	}
	return "on the disk"
}

// Known says what is known of a name in the log: what its line says, for what it is registered, and whether the disk
// has it.
func Known(f Facts, w logscan.Warning) string {
	known := []string{fmt.Sprintf("line %d: %s", w.Number, WarningWords[w.Kind])}
	switch p := f.Registration.ProductAt(cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)); {
	case p == nil && f.Registration.LeavesOpen():
	case p == nil:
		known = append(known, "not registered")
	case computer.IsAgent(*p):
		known = append(known, "registered for the MARS Agent")
	default:
		known = append(known, "registered for "+p.Name)
	}
	if on := OnDisk(f, w); on != "" {
		known = append(known, on)
	}
	return strings.Join(known, "; ")
}

// MostLikely is the one of several names in the log that alone can be the agent's lost package, since every other one
// is registered for another product or is there whole; nil where that leaves none, or more than one.
func MostLikely(f Facts, ws []logscan.Warning) *logscan.Warning {
	var likely *logscan.Warning
	for i, w := range ws {
		path := cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)
		if p := f.Registration.ProductAt(path); p != nil && !computer.IsAgent(*p) || f.whollyThere(path) {
			continue
		}
		if likely != nil {
			return nil
		}
		likely = &ws[i]
	}
	return likely
}
