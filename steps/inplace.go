package steps

import (
	"context"
	"fmt"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// offerInPlace is what can be offered when the private copy could not be made. It asks for nothing by itself.
func offerInPlace(m computer.Machine, pr installer.Program, p screen.Problem) look.InPlace {
	if p.Code != screen.CodeNotStaged || !installer.Stays(m.Disk(), pr.Path) {
		return look.InPlace{}
	}
	beside, trouble := installer.DLLsBeside(m.Disk(), pr.Path)
	return look.InPlace{Program: pr, Offered: trouble == nil, Beside: beside}
}

// start starts an installer from a private copy, or where it lies once that was agreed to.
func start(ctx context.Context, m computer.Machine, f Facts, pr installer.Program, e look.Env) (Facts,
	installer.Launched) {
	agreed := f.InPlace.Agreed && f.InPlace.Program.SHA256 == pr.SHA256 &&
		disk.SamePath(f.InPlace.Program.Path, pr.Path)
	var l installer.Launched
	if agreed {
		l, f.Trouble = pr.LaunchInPlace(ctx, m, f.InPlace.Beside)
	} else {
		l, f.Trouble = pr.Launch(ctx, m, computer.OwnFolder(f.About),
			screen.CountBytes(e.Report, "copying", pr.Info.Size))
	}
	f.InPlace, f.Swept = look.InPlace{}, l.Swept
	if f.Trouble != nil {
		f.InPlace = offerInPlace(m, pr, *f.Trouble)
	}
	return f, l
}

// notStarted is how a step stands whose installer was not started: failed, with the way on that there may be. Starting
// it where it lies is a question of its own, typed.
func notStarted(f Facts, act computer.Act, other *action) finding {
	in := f.InPlace
	if !in.Offered {
		return failed(*f.Trouble).or(other)
	}
	if !in.Typing {
		return failed(*f.Trouble).or(&action{"start in place", "", func(f *Facts) { f.InPlace.Typing = true }, outcome{}})
	}
	want := in.Program.SHA256[:8]
	return finding{state: screen.Asking, refused: true,
		problems: append([]screen.Problem{besideProblem(in)}, *f.Trouble),
		other:    &action{"do not start it", "", func(f *Facts) { f.InPlace.Typing = false }, outcome{}},
		question: &screen.Question{Kind: screen.Type, Verb: "start in place", Want: want,
			Prompt: fmt.Sprintf("To start %s from its own folder, %s (the start of its SHA-256)",
				disk.Base(in.Program.Path), screen.TypePrompt(want))},
		answer: func(f *Facts, _ screen.Answer) { f.InPlace.Agreed = true },
		then:   outcome{act: act}}
}

// mostBeside is how many names a problem tells; the rows tell all.
const mostBeside = 6

// besideProblem names what a program may load where it lies.
func besideProblem(in look.InPlace) screen.Problem {
	dir := disk.Dir(in.Program.Path)
	p := screen.Problem{Code: screen.CodeInstallerInPlace,
		Message: fmt.Sprintf("from its own folder, %s runs with all rights and may load whatever anybody puts into \"%s\"; there are no DLLs in it now", disk.Base(in.Program.Path), dir),
		Cure:    "better: make room for the private copy", Offer: "to go back to it"}
	if n := len(in.Beside); n > 0 {
		names := strings.Join(in.Beside[:min(n, mostBeside)], ", ")
		if n > mostBeside {
			names += " and " + screen.Count(int64(n-mostBeside), "more", "more")
		}
		p.Message = fmt.Sprintf("from its own folder, %s runs with all rights and may load these DLLs from \"%s\": %s",
			disk.Base(in.Program.Path), dir, names)
	}
	return p
}

// notStagedRows names what lies beside a program that can only be started where it lies.
func notStagedRows(in look.InPlace) []screen.Row {
	if !in.Offered {
		return nil
	}
	return besideRows(in.Beside)
}

func besideRows(beside []string) []screen.Row {
	if len(beside) == 0 {
		return []screen.Row{{Label: "beside it", Value: "no DLLs"}}
	}
	return []screen.Row{{Label: "beside it", Value: strings.Join(beside, "  "), Note: "it may load these",
		Tone: screen.Warn, Word: "may load"}}
}

// originRows says from where a program was started.
func originRows(o installer.Origin) []screen.Row {
	switch {
	case o.Staged.Path != "":
		return []screen.Row{{Label: "run from",
			Value: "a private copy only administrators can change; removed at the end", Extra: true}}
	case o.InPlace:
		return append([]screen.Row{{Label: "run from", Value: "its own folder, not a private copy", Tone: screen.Warn,
			Word: "not a private copy"}},
			besideRows(o.Beside)...)
	}
	return nil
}

// sweptRows says what a start could not tidy up before, for somebody to do.
func sweptRows(swept []installer.Swept) []screen.Row {
	var rows []screen.Row
	for _, sw := range swept {
		if sw.Err != "" {
			rows = append(rows, screen.Row{Label: "left over", Value: sw.Dir, Tone: screen.Warn, Word: "remove it",
				Note: "an earlier private copy; remove it by hand: " + sw.Err, Extra: true})
		}
	}
	return rows
}
