package steps

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

const (
	upEntry    = ".."
	drivesPath = "drives" // the list of drives, above every drive's root
	mostShown  = 200
)

// browseStart is the folder in which browsing begins.
func browseStart(f Facts) string {
	if p := ChosenInstaller(f); p != nil {
		return disk.Dir(p.Path)
	}
	if len(f.About.InstallerSpots) > 0 {
		return f.About.InstallerSpots[0]
	}
	return drivesPath
}

// browse lists the folder that is being shown for choosing: folders, and files with the suffix of what is wanted.
func browse(d disk.Reader, f Facts, suffix string) Facts {
	f.Browsing = nil
	if f.Choices.Browse == drivesPath {
		drives, err := d.Drives()
		if err != nil {
			f.Trouble = &screen.Problem{Code: screen.CodeFolderUnreadable,
				Message: fmt.Sprintf("cannot list the drives: %v", disk.Cause(err)), Then: screen.LookAgain}
		}
		for _, dr := range drives {
			f.Browsing = append(f.Browsing, Entry{Name: dr, Path: dr, Dir: true})
		}
		return f
	}
	f.Browsing = []Entry{{Name: upEntry, Path: above(f.Choices.Browse), Dir: true}}
	infos, err := d.List(f.Choices.Browse)
	if err != nil {
		f.Trouble = &screen.Problem{Code: screen.CodeFolderUnreadable,
			Message: fmt.Sprintf("cannot list \"%s\": %v", f.Choices.Browse, disk.Cause(err)),
			Cure:    "choose .. for the folder above"}
		return f
	}
	sort.SliceStable(infos, func(i, j int) bool { return infos[i].Dir && !infos[j].Dir })
	for _, in := range infos {
		name := disk.Base(in.Path)
		if (in.Dir || strings.HasSuffix(strings.ToLower(name), suffix)) && len(f.Browsing) < mostShown {
			f.Browsing = append(f.Browsing, Entry{Name: name, Path: in.Path, Dir: in.Dir, Size: in.Size, Written: in.Written})
		}
	}
	return f
}

func above(dir string) string {
	if len(dir) <= 3 {
		return drivesPath
	}
	return disk.Dir(dir)
}

// browsing asks which entry of the folder to take.
func browsing(f Facts, prompt string, take func(Facts, Entry) Facts) finding {
	if prompt += f.Choices.Browse; f.Choices.Browse == drivesPath {
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
	fd.answer = func(f Facts, a screen.Answer) (Facts, next) {
		e := f.Browsing[a.Choice]
		f.Trouble = nil
		if e.Dir {
			f.Choices.Browsed = append(slices.Clip(f.Choices.Browsed), f.Choices.Browse)
			f.Choices.Browse = e.Path
			return f, next{look: true}
		}
		f.Choices.Browse, f.Choices.Browsed = "", nil
		return take(f, e), next{look: true}
	}
	fd.back = &move{"back", "", func(f Facts) (Facts, next) {
		if f.Trouble = nil; len(f.Choices.Browsed) == 0 {
			f.Choices.Browse = ""
			return f, next{look: true}
		}
		last := len(f.Choices.Browsed) - 1
		f.Choices.Browse, f.Choices.Browsed = f.Choices.Browsed[last], f.Choices.Browsed[:last]
		return f, next{look: true}
	}}
	fd.other = &move{"stop browsing", "", func(f Facts) (Facts, next) {
		f.Choices.Browse, f.Choices.Browsed, f.Trouble = "", nil, nil
		return f, next{look: true}
	}}
	return fd
}
