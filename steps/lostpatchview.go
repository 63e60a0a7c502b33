package steps

import (
	"cmp"
	"fmt"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// lostPatchRows name the lost patches of the product.
func lostPatchRows(f Facts) []screen.Row {
	var rows []screen.Row
	for _, l := range f.Lost() {
		if l.Kind == cache.KindPatch {
			r := screen.Row{Label: "patch", Value: l.Place, Note: "is missing", Tone: screen.Bad,
				Word: "is missing"}
			if why := f.Unusable(l.Place); why != "" {
				r.Note, r.Word = unusableNote(why), unusableWord
			}
			if name := updateName(f, l); name != "" {
				r.Note += ": " + name
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// updateName is a patch's name without that of its product before it.
func updateName(f Facts, l look.LostFile) string {
	if p := f.Decision.Product; p != nil {
		return strings.TrimPrefix(l.Name, p.Name+" ")
	}
	return l.Name
}

// unusableWord is the state of a cached file that is there and cannot be used, and unusableNote says why, in words that
// follow "it".
const unusableWord = "cannot be used"

func unusableNote(why string) string { return unusableWord + ": it " + why }

// patchName is what a warning of a lost patch calls it.
func patchName(p logscan.Warning) string { return cmp.Or(disk.Base(p.Path), "a patch without a name") }

// showLostPatch shows the log's line about a lost patch, where its last session names no package.
func showLostPatch(f Facts, v view, p logscan.Warning) view {
	v.says, v.mood = fmt.Sprintf("Line %d says that %s was not found.", p.Number, patchName(p)), screen.Good
	v.came = fmt.Sprintf("line %d", p.Number)
	v.log = patchRef(f, &p)
	v.fact, v.factName = cache.ID(f.About.WindowsDir, p.Path, cache.KindPatch), "id"
	v.rows = append(v.rows,
		screen.Row{Label: "line", Value: fmt.Sprintf("%d, session %d of %d, time %s", p.Number, p.Session,
			f.Patch.Sessions, cmp.Or(p.Time, "unknown"))},
		screen.Row{Label: "patch", Value: cmp.Or(p.Path, "not named")})
	if w := look.ChosenName(f); w != nil {
		v.rows = append(v.rows, screen.Row{Label: "also", Value: w.ID + ".msi",
			Note: fmt.Sprintf("line %d, session %d", w.Number, w.Session), Extra: true})
	}
	return v
}
