package steps

import (
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// browseStart is the folder in which browsing begins.
func browseStart(f Facts) string {
	if p := look.ChosenInstaller(f); p != nil {
		return disk.Dir(p.Path)
	}
	if len(f.About.InstallerSpots) > 0 {
		return f.About.InstallerSpots[0]
	}
	return look.DrivesPath
}

// browsing asks which entry of the folder to take.
func browsing(f Facts, prompt string, take func(Facts, look.Entry) Facts) finding {
	if prompt += f.Choices.Browse; f.Choices.Browse == look.DrivesPath {
		prompt = "Choose a drive"
	}
	q := &screen.Question{Kind: screen.Choose, Prompt: prompt, Verb: "choose"}
	for _, e := range f.Browsing {
		o := screen.Option{Label: e.Name, Note: fmt.Sprintf("%s, %s", screen.Size(e.Size), screen.Date(e.Written))}
		if e.Dir {
			o.Label, o.Note = strings.TrimSuffix(e.Name, `\`)+`\`, ""
		}
		q.Options = append(q.Options, o)
	}
	fd := finding{state: screen.Asking, question: q}
	if f.Trouble != nil {
		fd.problems = []screen.Problem{*f.Trouble}
	}
	fd.answer = func(f Facts, a screen.Answer) (Facts, outcome) {
		e := f.Browsing[a.Choice]
		f.Trouble = nil
		if e.Dir {
			f.Choices.Browsed = append(slices.Clip(f.Choices.Browsed), f.Choices.Browse)
			f.Choices.Browse = e.Path
			return f, outcome{look: true}
		}
		f.Choices.Browse, f.Choices.Browsed = "", nil
		return take(f, e), outcome{look: true}
	}
	fd.back = &action{"back", "", func(f Facts) (Facts, outcome) {
		if f.Trouble = nil; len(f.Choices.Browsed) == 0 {
			f.Choices.Browse = ""
			return f, outcome{look: true}
		}
		last := len(f.Choices.Browsed) - 1
		f.Choices.Browse, f.Choices.Browsed = f.Choices.Browsed[last], f.Choices.Browsed[:last]
		return f, outcome{look: true}
	}}
	fd.other = &action{"stop browsing", "", func(f Facts) (Facts, outcome) {
		f.Choices.Browse, f.Choices.Browsed, f.Trouble = "", nil, nil
		return f, outcome{look: true}
	}}
	return fd
}
