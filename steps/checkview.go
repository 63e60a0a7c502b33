package steps

import (
	"fmt"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

func showCheckPackage(f Facts) view {
	if f.Needless() {
		return view{rows: needlessRows(f)}
	}
	files := f.Lost()
	if len(files) < 2 {
		return showSource(f)
	}
	v := view{}
	for i, l := range files {
		r := sourceRow(f.turn(i))
		v.rows = append(v.rows, r)
		if v.fact == "" {
			v.fact = l.Source.Path
		}
		if r.Tone == screen.Good {
			v.rows = append(v.rows, screen.Row{Value: screen.Size(l.Source.Info.Size) + ", " + l.Source.Code(), Extra: true})
		}
	}
	for i := range files {
		v.rows = append(v.rows, wrongRows(f.turn(i).File)...)
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
		r.Value, r.Note = l.Place, "nothing at hand is "+screen.Or(l.Name, "it")
	case p.Trouble != nil && !p.Exists:
		r.Note = as + "does not exist"
	case p.Trouble != nil:
		r.Note = as + "cannot be used"
	case !codeKnown(f):
		r.Note, r.Tone = as+"code not known, "+p.Signature.Words(), screen.Warn
	case !accepted(f, p):
		r.Note = as + "another code"
	default:
		r.Note, r.Tone = as+"the right code, "+p.Signature.Words(), p.Signature.Tone()
	}
	return r
}

// wrongRows name the patches that were looked at and are not the lost one.
func wrongRows(l LostFile) []screen.Row {
	var rows []screen.Row
	if l.Source.Path != "" {
		return nil
	}
	for i, p := range l.Wrong {
		note := "patch code " + p.Code()
		if p.Trouble != nil {
			note = p.Trouble.Message
		}
		rows = append(rows, screen.Row{Label: "not it", Value: p.Path, Note: note, Extra: i > 1})
	}
	return rows
}

// showSource shows all of what was found for the one file at hand.
func showSource(f Facts) view {
	p := f.File.Source
	if f.File.Kind == cache.KindPatch && p.Path == "" {
		rows := []screen.Row{{Label: "patch", Value: screen.Or(f.File.Name, f.File.Code), Note: "nothing at hand is it", Tone: screen.Bad},
			{Label: "for", Value: f.File.Place}, {Label: "registered", Value: f.File.Code, Note: "its patch code"}}
		return view{rows: append(rows, wrongRows(f.File)...)}
	}
	v := view{rows: []screen.Row{{Label: f.File.Kind.String(), Value: screen.Or(p.Path, disk.Join(f.Folder.Path, installersDir, packageName))}}, fact: p.Path}
	if len(p.Beside) > 0 {
		v.rows = append(v.rows, screen.Row{Label: "beside it", Value: strings.Join(p.Beside, "  "), Extra: true})
	}
	if !p.Exists || p.Info.Size == 0 {
		return v
	}
	v.rows = append(v.rows,
		screen.Row{Label: "size", Value: screen.Size(p.Info.Size) + ", written " + screen.Date(p.Info.Written)},
		screen.Row{Label: "signer", Value: p.Signature.Words(), Tone: p.Signature.Tone()})
	if p.Kind == cache.KindPatch {
		v.rows = append(v.rows, screen.Row{Label: "is", Value: screen.Or(f.File.Name, "a patch"), Note: string(f.File.State)})
	} else {
		v.rows = append(v.rows,
			screen.Row{Label: "version", Value: screen.Or(p.Identity.Version, "none in the file"), Note: registeredVersion(f)},
			screen.Row{Label: "product", Value: screen.Or(p.Identity.ProductCode, "no product code"), Extra: true})
	}
	v.rows = append(v.rows, screen.Row{Label: "code", Value: screen.Or(p.Code(), "unreadable")})
	return verdictOnCode(f, p, v)
}

func registeredVersion(f Facts) string {
	if f.Decision.Product == nil || f.Decision.Product.Version == "" {
		return ""
	}
	return "registered " + f.Decision.Product.Version
}

// verdictOnCode says in one sentence whether Windows Installer will accept the file.
func verdictOnCode(f Facts, p cache.Package, v view) view {
	if p.Code() == "" {
		return v
	}
	switch {
	case !codeKnown(f):
		v.rows = append(v.rows, screen.Row{Label: "registered", Value: p.Kind.String() + " code cannot be read", Tone: screen.Warn})
	case accepted(f, p):
		v.rows = append(v.rows, screen.Row{Label: "registered", Value: f.File.Code, Note: "the same", Tone: screen.Good},
			screen.Row{}, screen.Row{Label: "verdict", Value: fmt.Sprintf("Windows Installer will accept this %s.", p.Kind)})
	default:
		v.rows = append(v.rows, screen.Row{Label: "registered", Value: f.File.Code, Note: "another", Tone: screen.Bad},
			screen.Row{}, screen.Row{Label: "verdict", Value: fmt.Sprintf("Windows Installer will ignore this %s.", p.Kind)})
	}
	return v
}
