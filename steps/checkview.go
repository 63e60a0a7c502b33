package steps

import (
	"cmp"
	"fmt"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func showCheckPackage(f Facts) view {
	files := f.Lost()
	if len(files) < 2 {
		return showSource(f)
	}
	v := view{}
	v.says, v.mood, v.came = filesSay(f)
	for i, l := range files {
		r := sourceRow(f.Turn(i))
		v.rows = append(v.rows, r)
		if v.fact == "" {
			v.fact = l.Source.Path
		}
		if r.Tone == screen.Good {
			v.rows = append(v.rows, screen.Row{Extra: true,
				Value: screen.Size(l.Source.Info.Size) + ", " + l.Source.Code() + l.Besides()})
		}
	}
	for i := range files {
		v.rows = append(v.rows, wrongRows(f.Turn(i).File)...)
	}
	return v
}

// sourceRow says of one of several lost files what was found for it.
func sourceRow(f Facts) screen.Row {
	l := f.File
	p := l.Source
	r := screen.Row{Label: l.Kind.String(), Value: p.Path, Tone: screen.Bad}
	as := "for " + disk.Base(l.Place) + ": "
	switch {
	case l.Copied.Done:
		r.Value, r.Note, r.Tone = l.Copied.To, "copied", screen.Good
	case l.LeftOut:
		r.Value, r.Note, r.Tone = l.Place, "left out", screen.Warn
	case p.Path == "":
		r.Value, r.Note, r.Word = l.Place, l.NotFound()+": "+cmp.Or(l.Name, "a patch"), "not found"
	case p.Unseen:
		r.Note, r.Tone, r.Word = as+"could not be looked at", screen.Warn, "could not"
	case p.Trouble != nil && !p.Exists:
		r.Note, r.Word = as+"does not exist", "does not exist"
	case p.Trouble != nil:
		r.Note, r.Word = as+"cannot be used", "cannot be used"
	case !look.CodeKnown(f):
		r.Note, r.Tone, r.Word = as+"code not known, "+p.Signature.Words(), screen.Warn, "code not known"
	case !look.Accepted(f, p):
		r.Note, r.Word = as+"different code", "different code"
	default:
		r.Note, r.Tone, r.Word = as+"the right code, "+p.Signature.Words(), p.Signature.Tone(), "the right code"
		if r.Tone != screen.Good {
			r.Word = p.Signature.Word()
		}
	}
	return r
}

// wrongRows name the patches that were looked at and are not the lost one, and say by what they differ.
func wrongRows(l look.LostFile) []screen.Row {
	if l.Source.Path != "" {
		return nil
	}
	rows := []screen.Row{{Label: "code needed", Value: l.Code, Extra: len(l.Wrong) == 0}}
	for i, p := range l.Wrong {
		if p.Why != "" {
			rows = append(rows, screen.Row{Label: "found", Value: p.Path, Note: p.Why, Extra: i > 1})
			continue
		}
		rows = append(rows, screen.Row{Label: "code found", Value: p.Code, Note: "different", Tone: screen.Bad,
			Extra: i > 1}, screen.Row{Value: "in " + p.Path, Extra: i > 1})
	}
	if n := l.Search.Looked - len(l.Wrong); n > 0 {
		rows = append(rows, screen.Row{Value: fmt.Sprintf("and %d more", n), Extra: true})
	}
	return rows
}

// showSource shows everything that was found for the current lost file.
func showSource(f Facts) view {
	p := f.File.Source
	if f.File.Kind == cache.KindPatch && p.Path == "" {
		rows := []screen.Row{{Label: "patch", Value: cmp.Or(updateName(f, f.File), f.File.Code), Note: f.File.NotFound(),
			Tone: screen.Bad},
			{Label: "for", Value: f.File.Place}}
		return view{rows: append(rows, wrongRows(f.File)...)}
	}
	v := view{rows: []screen.Row{{Label: f.File.Kind.String(),
		Value: cmp.Or(p.Path, disk.Join(f.Folder.Path, look.InstallersDir, look.PackageName))}}, fact: p.Path}
	if len(p.Beside) > 0 {
		v.rows = append(v.rows, screen.Row{Label: "beside it", Value: strings.Join(p.Beside, "  "), Extra: true})
	}
	if !p.Exists || p.Info.Size == 0 {
		return v
	}
	v.rows = append(v.rows,
		screen.Row{Label: "size", Value: screen.Size(p.Info.Size) + ", written " + screen.Date(p.Info.Written),
			Extra: true},
		p.Signature.Row())
	if p.Kind == cache.KindPatch {
		v.rows = append(v.rows, screen.Row{Label: "update", Value: cmp.Or(f.File.Name, "a patch"),
			Note: string(f.File.State)})
	} else {
		v.rows = append(v.rows,
			screen.Row{Label: "version", Value: cmp.Or(p.Identity.Version, "none in the file"),
				Note: registeredVersion(f)},
			screen.Row{Label: "product code", Value: cmp.Or(p.Identity.ProductCode, "none"), Extra: true})
	}
	return verdictOnCode(f, p, v)
}

func registeredVersion(f Facts) string {
	if f.Decision.Product == nil || f.Decision.Product.Version == "" {
		return ""
	}
	return "registered " + f.Decision.Product.Version
}

// verdictOnCode puts the code that is needed and the one that was found one below the other, and says in one sentence
// whether they are the same. Whether Windows Installer accepts the file shows only in step 12.
func verdictOnCode(f Facts, p cache.Package, v view) view {
	needed, found := screen.Row{Label: "code needed", Value: f.File.Code},
		screen.Row{Label: "code found", Value: cmp.Or(p.Code(), "none that can be read")}
	switch {
	case !look.CodeKnown(f):
		needed.Value, needed.Tone = "cannot be read from the registration", screen.Warn
		needed.Word = "cannot be read"
		v.says, v.mood, v.came = notKnown(p.Kind), screen.Warn, "not known"
		if f.File.Override == p.SHA256 {
			v.came = "unchecked"
			v.says = fmt.Sprintf("This %s is used unchecked: nothing registered to compare with.",
				disk.Base(p.Path))
		}
	case look.Accepted(f, p):
		found.Note, found.Word, found.Tone = "matches"+f.File.Besides(), "matches", screen.Good
		v.says, v.mood, v.came = fmt.Sprintf("%s has the code Windows Installer expects.", disk.Base(p.Path)),
			screen.Good, "same code"
		if p.Signature.Doubtful() {
			v.says = riskSays(f)
		}
	default:
		found.Note, found.Tone = "different", screen.Bad
	}
	v.rows = append(v.rows, screen.Row{}, needed, found)
	return v
}

func notKnown(kind cache.Kind) string {
	return fmt.Sprintf("Whether this is the right %s cannot be checked.", kind)
}

// filesSay sums up in a sentence what was found for several lost files.
func filesSay(f Facts) (says string, mood screen.Tone, came string) {
	n, ready := len(f.Lost()), 0
	for i := range n {
		if sourceRow(f.Turn(i)).Tone == screen.Good {
			ready++
		}
	}
	came = fmt.Sprintf("%d of %d", ready, n)
	if ready == n {
		return fmt.Sprintf("The right file was found for all %d lost files.", n), screen.Good, came
	}
	return fmt.Sprintf("The right file was found for %d of %d lost files.", ready, n), screen.Warn, came
}
