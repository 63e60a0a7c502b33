package steps

import (
	"context"
	_ "embed"
	"fmt"
	"time"
)

// Diagnosis is what looking alone tells of a computer, in the shape of `diagnose --json`: keys that are unknown are empty, never
// absent.
type Diagnosis struct {
	Schema         int          `json:"schema"`
	Tool           Tool         `json:"tool"`
	Machine        MachineFacts `json:"machine"`
	Verdict        Verdict      `json:"verdict"`
	Reason         string       `json:"reason"`
	UniqueID       string       `json:"unique_id"`
	MissingPackage string       `json:"missing_package"`
	PackagePresent bool         `json:"package_present"`
	TempPath       string       `json:"temp_path"`
	SourcePackage  string       `json:"source_package"`
	SourcePresent  bool         `json:"source_present"`
	Candidates     []Candidate  `json:"candidates"`
	Evidence       []Evidence   `json:"evidence"`
	Product        ProductFacts `json:"product"`
	OtherMissing   []NamedFile  `json:"other_missing"`
	Problems       []Problem    `json:"problems"`

	diskSilent bool // there was no disk to ask: what is not present may be there
	unseen     bool // nobody could look at the package: it may be there
}

// Tool is marsfix itself.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// MachineFacts is the computer that was looked at.
type MachineFacts struct {
	Name     string `json:"name"`
	Root     string `json:"root"`
	Elevated bool   `json:"elevated"`
}

// Candidate is a name that the log holds.
type Candidate struct {
	UniqueID string `json:"unique_id"`
	Line     int64  `json:"line"`
	Session  int    `json:"session"`
}

// Evidence is where a fact comes from.
type Evidence struct {
	Step int    `json:"step"`
	File string `json:"file"`
	Line int64  `json:"line"`
	Time string `json:"time"`
	Text string `json:"text"`
}

// ProductFacts is the product's registration.
type ProductFacts struct {
	Name         string `json:"name"`
	Version      string `json:"version"`
	ProductCode  string `json:"product_code"`
	PackageCode  string `json:"package_code"`
	LocalPackage string `json:"local_package"`
}

// NamedFile is another product's cached package.
type NamedFile struct {
	Name         string `json:"name"`
	LocalPackage string `json:"local_package"`
}

// Schema is the published JSON Schema of a Diagnosis.
//
//go:embed diagnose.schema.json
var Schema []byte

// mostEvidence is how much of a line is quoted as evidence, in bytes.
const mostEvidence = 512

// diagnoseFacts is all that looking alone tells.
func diagnoseFacts(ctx context.Context, l Looker, given Given, now time.Time, report func(Progress)) (Facts, error) {
	e := env{now, report}
	f := Facts{Given: given}
	for _, i := range []int{closeWizard, openLog, searchLog, locateLine, noteID} {
		f = article[i].look(ctx, l, f, e)
	}
	f = lookSetup(ctx, l, f, e)
	f.Folder = pickFolder(l.Disk(), f)
	f.Source.Path = join(f.Folder.Path, installersDir, packageName)
	if f.Folder.Path != "" && !f.About.DiskSilent {
		f.Source = inspectPackage(ctx, l, f.Source.Path, e.report)
	}
	if err := ctx.Err(); err != nil {
		return Facts{}, fmt.Errorf("stopped while looking: %w", err)
	}
	return f, nil
}

// diagnosis puts facts into the shape that is printed.
func diagnosis(f Facts, version string) Diagnosis {
	c := f.Decision
	d := Diagnosis{Schema: 1, Tool: Tool{Name: "marsfix", Version: version},
		Machine: MachineFacts{Name: f.About.Name, Root: f.About.Root, Elevated: f.About.Elevated},
		Verdict: c.Verdict, Reason: c.Reason,
		UniqueID: c.ID, MissingPackage: c.Path, PackagePresent: c.Present,
		TempPath: f.Folder.Path, diskSilent: f.About.DiskSilent, unseen: f.unseen(c.Path) && !c.Present,
		Candidates: []Candidate{}, Evidence: evidence(f), OtherMissing: []NamedFile{}, Problems: []Problem{}}
	if f.Folder.Path != "" {
		d.SourcePackage, d.SourcePresent = f.Source.Path, f.Source.Exists
	}
	for _, w := range f.Patch.Named {
		d.Candidates = append(d.Candidates, Candidate{UniqueID: w.ID, Line: w.Number, Session: w.Session})
	}
	if p := c.Product; p != nil {
		d.Product = ProductFacts{Name: p.Name, Version: p.Version, ProductCode: p.ProductCode, PackageCode: p.PackageCode, LocalPackage: p.LocalPackage}
	}
	for _, p := range othersMissing(f) {
		d.OtherMissing = append(d.OtherMissing, NamedFile{Name: p.Name, LocalPackage: p.LocalPackage})
	}
	d.Problems = append(d.Problems, diagnosisProblems(f)...)
	d.clean()
	return d
}

// diagnosisProblems are the decision's problems and those of the set-up log that is there.
func diagnosisProblems(f Facts) []Problem {
	var ps []Problem
	if c := f.Decision; c.Verdict == Unclear {
		ps = stopFirst(c)
	} else {
		ps = append(ps, c.Problems...)
	}
	if t := f.SetupLog.Trouble; t != nil && t.Code != codeLogMissing && t.Code != codeLogEmpty {
		ps = append(ps, *t)
	}
	ps = append(ps, suspiciousFolders(f.Setup)...)
	for i := range ps {
		ps[i].Hint = hintForLooking(ps[i], f.About.Root != "")
	}
	return ps
}

// hintForLooking is what to do about a problem where nobody walks: there are no keys to press, and a folder takes no --patch-log.
func hintForLooking(p Problem, folder bool) string {
	switch p.Code {
	case codeLogLocked:
		return "close the program that holds it, then look again: marsfix diagnose"
	case codeLogEmpty:
		return "run the failing update once more, so that it writes the log, then look again: marsfix diagnose"
	case codePackageLocked:
		if folder {
			return "look at the disk where all of it can be reached: marsfix diagnose --root DIR"
		}
		return "close the program that holds it, or wait a minute when that is a virus scanner, then look again: marsfix diagnose"
	case codeLogMissing, codeLogIsFolder, codeLogUnreadable, codeNothingFound:
		if folder {
			return "copy the logs into an empty folder and look at that: marsfix diagnose --root DIR"
		}
	}
	return p.Hint
}

func evidence(f Facts) []Evidence {
	es := []Evidence{}
	if w := chosenName(f); w != nil {
		es = append(es, Evidence{Step: locateLine + 1, File: f.PatchLog.Path, Line: w.Number, Time: w.Time,
			Text: excerptText(w.Text, w.NameAt, mostEvidence)})
	}
	if p := f.Decision.Product; p != nil {
		es = append(es, Evidence{Step: noteID + 1, File: "registration", Line: 0, Time: "",
			Text: "LocalPackage of " + p.Name + " is " + p.LocalPackage})
	}
	if f.Folder.From == "log" {
		ln := f.Folder.Line
		es = append(es, Evidence{Step: findFolder + 1, File: f.SetupLog.Path, Line: ln.Number, Time: ln.Stamp,
			Text: excerptText(ln.Text, ln.NameAt, mostEvidence)})
	}
	return es
}

// clean takes out of every text what could do more than be read.
func (d *Diagnosis) clean() {
	for _, s := range []*string{&d.Machine.Name, &d.Machine.Root, &d.Reason, &d.UniqueID, &d.MissingPackage, &d.TempPath, &d.SourcePackage,
		&d.Product.Name, &d.Product.Version, &d.Product.ProductCode, &d.Product.PackageCode, &d.Product.LocalPackage} {
		*s = cleanText(*s)
	}
	for i := range d.Evidence {
		e := &d.Evidence[i]
		e.File, e.Time, e.Text = cleanText(e.File), cleanText(e.Time), cleanText(e.Text)
	}
	for i := range d.OtherMissing {
		o := &d.OtherMissing[i]
		o.Name, o.LocalPackage = cleanText(o.Name), cleanText(o.LocalPackage)
	}
	for i := range d.Problems {
		p := &d.Problems[i]
		p.Message, p.Hint = cleanText(p.Message), cleanText(p.Hint)
	}
}

// Code is the exit code of a verdict: 0 healthy, 1 repair needed, 2 unclear.
func (v Verdict) Code() int {
	switch v {
	case Healthy:
		return 0
	case RepairNeeded:
		return 1
	}
	return 2
}
