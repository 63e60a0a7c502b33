package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

func lookCheckPackage(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Needless() || f.Folder.Path == "" {
		return f
	}
	if f.Start.PID != 0 {
		f = lookWanted(ctx, l, f, e)
	}
	f.Source, f.Others = cache.Package{}, nil
	dir := disk.Join(f.Folder.Path, installersDir)
	var beside []string
	if isFolder(l.Disk(), dir) {
		beside = disk.ListNames(l.Disk(), dir)
	}
	f.Source = cache.Inspect(ctx, l, screen.Or(f.Choices.Source, disk.Join(dir, packageName)), e.report)
	if !f.Source.Exists { // listed a moment before
		beside = slices.DeleteFunc(beside, func(name string) bool { return strings.EqualFold(name, disk.Base(f.Source.Path)) })
	}
	f.Source.Beside = beside
	if f.Source.Exists && f.Source.Trouble == nil && !accepted(f, f.Source) && codeKnown(f) {
		f.Others = otherPackages(ctx, l, f, e)
	}
	return f
}

// codeKnown tells whether the registered package code can be read.
func codeKnown(f Facts) bool {
	return f.Decision.Product != nil && f.Decision.Product.PackageCode != ""
}

// accepted tells whether Windows Installer will take the package: its package code is the registered one.
func accepted(f Facts, p cache.Package) bool {
	return codeKnown(f) && strings.EqualFold(f.Decision.Product.PackageCode, p.Identity.PackageCode)
}

func judgeCheckPackage(f Facts, _ time.Time) finding {
	p := f.Source
	fail := func(pr screen.Problem) finding { return finding{state: screen.Failed, problems: []screen.Problem{pr}} }
	switch {
	case f.Needless():
		return finding{state: screen.Done}
	case !p.Exists && wizardGone(f):
		return startAgain(f.Folder.Path)
	case p.Trouble != nil:
		return fail(*p.Trouble)
	case codeKnown(f) && !accepted(f, p) && len(f.Others) > 0:
		return offerOthers(f)
	case codeKnown(f) && !accepted(f, p):
		return fail(wrongPackage(f))
	case p.Signature.Refused():
		return fail(screen.Problem{Code: screen.CodeSignatureRefused,
			Message: fmt.Sprintf("\"%s\" is %s", p.Path, p.Signature.Words()),
			Cure:    "download the installer again: https://aka.ms/azurebackup_agent"})
	}
	risks := packageRisks(f)
	if len(risks) == 0 || f.Choices.Override == p.SHA256 {
		return finding{state: screen.Done, problems: risks}
	}
	return askOverride(f, risks)
}

func wrongPackage(f Facts) screen.Problem {
	return screen.Problem{Code: screen.CodeWrongPackage,
		Message: fmt.Sprintf("Windows Installer will ignore \"%s\": its package code is %s, registered is %s",
			f.Source.Path, f.Source.Identity.PackageCode, f.Decision.Product.PackageCode),
		Cure: fmt.Sprintf("get the installer of the installed version %s", screen.Or(f.Decision.Product.Version, "(unknown)")), Then: screen.StartAgain}
}

// packageRisks is what speaks against a package without ruling it out.
func packageRisks(f Facts) []screen.Problem {
	var ps []screen.Problem
	if !codeKnown(f) {
		ps = append(ps, screen.Problem{Code: screen.CodePackageCodeUnknown,
			Message: "the registered package code cannot be read, so nobody can tell whether Windows Installer will accept this package",
			Cure:    "if it does not, step 12 fails with 1612 again; " + f.About.Undo() + " takes the copy back"})
	}
	if f.Source.Signature.Doubtful() {
		ps = append(ps, screen.Problem{Code: screen.CodePackageSignature,
			Message: fmt.Sprintf("%s is %s", packageName, f.Source.Signature.Words()),
			Cure:    "Windows Installer runs what is in this package as SYSTEM: go on only if you know where the installer came from"})
	}
	return ps
}

func askOverride(f Facts, risks []screen.Problem) finding {
	id := f.Decision.ID
	return finding{state: screen.Asking, refused: true, problems: risks,
		question: &screen.Question{Kind: screen.Type, Prompt: "To use it all the same, " + screen.TypePrompt(id), Verb: "use it", Want: id},
		answer: func(f Facts, _ screen.Answer) (Facts, next) {
			f.Choices.Override = f.Source.SHA256
			return f, next{}
		}}
}

func offerOthers(f Facts) finding {
	q := &screen.Question{Kind: screen.Choose, Prompt: packageName + " has another package code than the registered one. These packages have the right one:", Verb: "choose"}
	for _, p := range f.Others {
		q.Options = append(q.Options, screen.Option{Label: p.Path, Note: p.Signature.Words()})
	}
	return finding{state: screen.Asking, question: q, answer: func(f Facts, a screen.Answer) (Facts, next) {
		f.Choices.Source = f.Others[a.Choice].Path
		return f, next{look: true}
	}}
}

func showCheckPackage(f Facts) view {
	if f.Needless() {
		return view{rows: needlessRows(f)}
	}
	p := f.Source
	v := view{rows: []screen.Row{{Label: "package", Value: screen.Or(p.Path, disk.Join(f.Folder.Path, installersDir, packageName))}}, fact: p.Path}
	if len(p.Beside) > 0 {
		v.rows = append(v.rows, screen.Row{Label: "beside it", Value: strings.Join(p.Beside, "  "), Extra: true})
	}
	if !p.Exists || p.Info.Size == 0 {
		return v
	}
	v.rows = append(v.rows,
		screen.Row{Label: "size", Value: screen.Size(p.Info.Size) + ", written " + screen.Date(p.Info.Written)},
		screen.Row{Label: "signer", Value: p.Signature.Words(), Tone: p.Signature.Tone()},
		screen.Row{Label: "version", Value: screen.Or(p.Identity.Version, "none in the file"), Note: registeredVersion(f)},
		screen.Row{Label: "product", Value: screen.Or(p.Identity.ProductCode, "no product code"), Extra: true},
		screen.Row{Label: "code", Value: screen.Or(p.Identity.PackageCode, "unreadable")})
	return verdictOnCode(f, p, v)
}

func registeredVersion(f Facts) string {
	if f.Decision.Product == nil || f.Decision.Product.Version == "" {
		return ""
	}
	return "registered " + f.Decision.Product.Version
}

// verdictOnCode says in one sentence whether Windows Installer will accept the package.
func verdictOnCode(f Facts, p cache.Package, v view) view {
	if p.Identity.PackageCode == "" {
		return v
	}
	switch {
	case !codeKnown(f):
		v.rows = append(v.rows, screen.Row{Label: "registered", Value: "package code cannot be read", Tone: screen.Warn})
	case accepted(f, p):
		v.rows = append(v.rows, screen.Row{Label: "registered", Value: f.Decision.Product.PackageCode, Note: "the same", Tone: screen.Good},
			screen.Row{}, screen.Row{Label: "verdict", Value: "Windows Installer will accept this package."})
	default:
		v.rows = append(v.rows, screen.Row{Label: "registered", Value: f.Decision.Product.PackageCode, Note: "another", Tone: screen.Bad},
			screen.Row{}, screen.Row{Label: "verdict", Value: "Windows Installer will ignore this package."})
	}
	return v
}
