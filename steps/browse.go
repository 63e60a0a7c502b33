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

// browse lets the engineer choose a file in a folder.
func browse() *action {
	return &action{"browse", "", func(f *Facts) { f.Choices.Browse = browseStart(*f) }, outcome{look: true}}
}

// browsing asks which entry of the folder to take.
func browsing(f Facts, prompt string, take func(*Facts, look.Entry)) finding {
	if prompt += f.Choices.Browse; f.Choices.Browse == look.DrivesPath {
		prompt = "Choose a drive"
	}
	if f.Unlisted > 0 {
		prompt += " (" + screen.Count(int64(f.Unlisted), "more is", "more are") + " not shown)"
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
	fd.then.look = true
	fd.answer = func(f *Facts, a screen.Answer) {
		e := f.Browsing[a.Choice]
		f.Trouble = nil
		if e.Dir {
			f.Choices.Browsed = append(slices.Clip(f.Choices.Browsed), f.Choices.Browse)
			f.Choices.Browse = e.Path
			return
		}
		f.Choices.Browse, f.Choices.Browsed = "", nil
		take(f, e)
	}
	fd.back = &action{"back", "", func(f *Facts) {
		if f.Trouble = nil; len(f.Choices.Browsed) == 0 {
			f.Choices.Browse = ""
			return
		}
		last := len(f.Choices.Browsed) - 1
		f.Choices.Browse, f.Choices.Browsed = f.Choices.Browsed[last], f.Choices.Browsed[:last]
	}, outcome{look: true}}
	fd.other = &action{"stop browsing", "", func(f *Facts) {
		f.Choices.Browse, f.Choices.Browsed, f.Trouble = "", nil, nil
	}, outcome{look: true}}
	return fd
}
