package steps

import (
	"fmt"
	"time"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// judgeCheckPackage goes through the lost files. One for which nothing was found does not hold back the others.
func judgeCheckPackage(f Facts, _ time.Time) finding {
	if f.Choices.Browse != "" {
		return browsingPatch(f)
	}
	done := finding{state: screen.Done}
	var stop *finding
	var missing []screen.Problem
	ready := 0
	for i, lost := range f.Lost() {
		g := f.Turn(i)
		fd := onFile(i, judgeSource(g))
		switch {
		case lost.Copied.Done:
			ready++
		case lost.LeftOut:
		case lost.Kind == cache.KindPatch && !lost.Ready():
			missing = append(missing, fd.problems...)
		case fd.state == screen.Done:
			ready++
			done.problems = append(done.problems, fd.problems...)
		case stop == nil:
			stop = &fd
		}
	}
	switch {
	case stop != nil && ready > 0:
		return stop.orWithout(leaveOut(stop.file))
	case stop != nil:
		return stop.orBack()
	case ready == 0 && wizardGone(f):
		return startAgain(f.Folder.Path)
	case ready == 0:
		for i := range missing {
			missing[i].Then = screen.StartOther
		}
		return finding{state: screen.Failed, problems: missing, other: browse(),
			back: wayBack(checkPackage, screen.StartAgain)}
	}
	for _, p := range missing {
		p.Cure += "; start the new one in step 6 of the next round"
		done.problems, done.other = append(done.problems, p), browse()
	}
	return done
}

// orBack adds the key that leads back to another installer where a file can only be used against advice.
func (fd finding) orBack() finding {
	if fd.question == nil || fd.question.Kind != screen.Type {
		return fd
	}
	fd.other = wayBack(checkPackage, screen.StartAgain)
	for i, p := range fd.problems {
		if p.Code == screen.CodePackageSignature {
			fd.problems[i].Then = screen.StartAgain
		}
	}
	return fd
}

// onFile applies an answer to the lost file that it was asked about, even if another is the current one by then.
func onFile(i int, fd finding) finding {
	fd.file = i
	if do := fd.answer; do != nil {
		fd.answer = func(f *Facts, a screen.Answer) {
			*f = f.Turn(i)
			do(f, a)
		}
	}
	return fd
}

// orWithout adds the key with which the walk goes on without one of several lost files: s where a question stands,
// otherwise Enter, since s may lead to the cure then.
func (fd finding) orWithout(leave *action) finding {
	switch {
	case fd.question == nil && fd.enter == nil:
		fd.enter = leave
	case fd.other == nil:
		fd.other = leave
		fd.question.Passes = fd.question.Kind == screen.Type
	}
	return fd
}

// leaveOut goes on without one of several lost files.
func leaveOut(i int) *action {
	return &action{"leave it out", "", func(f *Facts) {
		*f = f.Turn(i)
		f.File.LeftOut = true
	}, outcome{}}
}

// judgeSource judges the file that was found to replace the current lost one.
func judgeSource(f Facts) finding {
	p := f.File.Source
	patch := f.File.Kind == cache.KindPatch
	switch {
	case patch && p.Path == "":
		return failed(patchNotFound(f))
	case !patch && !p.Exists && wizardGone(f):
		return startAgain(f.Folder.Path)
	case p.Trouble != nil:
		return failed(*p.Trouble)
	case look.Wrong(f, p) && len(f.File.Others) > 0:
		return offerOthers(f)
	case look.Wrong(f, p):
		return failed(wrongPackage(f))
	case p.Signature.Refused():
		return failed(screen.Problem{Code: screen.CodeSignatureRefused,
			Message: fmt.Sprintf("\"%s\" is %s", p.Path, p.Signature.Words()),
			Cure:    "download the installer again: https://aka.ms/azurebackup_agent", Then: screen.StartAgain})
	}
	risks := packageRisks(f)
	if len(risks) == 0 || f.File.Override == p.SHA256 {
		return finding{state: screen.Done, problems: risks}
	}
	return askOverride(f, risks)
}

func wrongPackage(f Facts) screen.Problem {
	version := "the installed version"
	if p := f.Decision.Product; p != nil && p.Version != "" {
		version = "version " + p.Version
	}
	return screen.Problem{Code: screen.CodeWrongPackage,
		Message: fmt.Sprintf("%s has a different %s code than Windows Installer expects%s",
			disk.Base(f.File.Source.Path), f.File.Kind, f.File.Limits()),
		Cure: fmt.Sprintf("keep this installer for step 12 and get the one for %s (%s)", version,
			look.OfferedAt(f.File)), Then: screen.StartAgain}
}

// takesBack is the end of a sentence that says how to undo a copy. A practice computer has no undo.
func takesBack(f Facts) string {
	if f.About.Label != "" {
		return ""
	}
	return "; " + computer.Undo + " takes the copy back"
}

// packageRisks is what speaks against a file without ruling it out.
func packageRisks(f Facts) []screen.Problem {
	var ps []screen.Problem
	if s := f.File.Source.Signature; s.Doubtful() {
		ps = append(ps, screen.Problem{Code: screen.CodePackageSignature,
			Message: fmt.Sprintf("%s is %s, and Windows Installer runs it as SYSTEM",
				disk.Base(f.File.Source.Path), s.Words()),
			Cure: "unless you trust this installer, download it again: https://aka.ms/azurebackup_agent"})
	}
	if !look.CodeKnown(f) {
		cure := "a wrong one fails in step 12" + takesBack(f)
		if f.File.Override != f.File.Source.SHA256 { // nothing was typed yet
			cure = "type the Unique_ID to use it unchecked; " + cure
		}
		ps = append(ps, screen.Problem{Code: screen.CodePackageCodeUnknown,
			Message: fmt.Sprintf("no registered %s code can be read", f.File.Kind),
			Cure:    cure})
	}
	return ps
}

// it is what a question calls the file that was found: by its name where there are several, or a patch.
func it(f Facts) string {
	if len(f.Lost()) > 1 || f.File.Kind == cache.KindPatch {
		return disk.Base(f.File.Source.Path)
	}
	return "it"
}

func askOverride(f Facts, risks []screen.Problem) finding {
	id := f.File.ID
	return finding{state: screen.Asking, refused: true, problems: risks, says: riskSays(f), mood: screen.Warn,
		question: &screen.Question{Kind: screen.Type, Prompt: fmt.Sprintf("To use %s anyway, %s", it(f),
			screen.TypePrompt(id)), Verb: "use it", Want: id},
		answer: func(f *Facts, _ screen.Answer) { f.File.Override = f.File.Source.SHA256 }}
}

// riskSays is what speaks against the package, in a sentence.
func riskSays(f Facts) string {
	s, name := f.File.Source.Signature, disk.Base(f.File.Source.Path)
	switch {
	case s.Doubtful() && look.CodeKnown(f):
		return fmt.Sprintf("The %s code is right, but this %s %s.", f.File.Kind, name, s.Lacks())
	case s.Doubtful():
		return fmt.Sprintf("The %s code cannot be checked, and this %s %s.", f.File.Kind, name, s.Lacks())
	}
	return notKnown(f.File.Kind)
}

func offerOthers(f Facts) finding {
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which one do you want to copy?", Verb: "choose"}
	for _, p := range f.File.Others {
		q.Options = append(q.Options, screen.Option{Label: p.Path, Note: p.Signature.Words()})
	}
	const says = look.PackageName + " has a different package code, but a right package was found elsewhere."
	return finding{state: screen.Asking, says: says, mood: screen.Warn, question: q,
		answer: func(f *Facts, a screen.Answer) { f.File.Chosen = f.File.Others[a.Choice].Path },
		then:   outcome{look: true}}
}
