// Package diagnose looks at a computer and says what is wrong, as text for people, a line for monitoring and JSON for
// programs. It must never change anything.
package diagnose

import (
	_ "embed"
	"fmt"

	"marsfix/logscan"
	"marsfix/steps"
	"marsfix/steps/look"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Diagnosis is what looking alone tells of a computer, in the shape of `diagnose --json`: keys that are unknown are
// empty, never absent.
type Diagnosis struct {
	Schema         int                `json:"schema"`
	Tool           report.Tool        `json:"tool"`
	Machine        Machine            `json:"machine"`
	Verdict        look.Verdict       `json:"verdict"`
	Reason         string             `json:"reason"`
	UniqueID       string             `json:"unique_id"`
	MissingPackage string             `json:"missing_package"`
	PackagePresent bool               `json:"package_present"`
	TempPath       string             `json:"temp_path"`
	SourcePackage  string             `json:"source_package"`
	SourcePresent  bool               `json:"source_present"`
	Candidates     []Candidate        `json:"candidates"`
	Evidence       []steps.Evidence   `json:"evidence"`
	Product        Product            `json:"product"`
	MissingPatches []PatchFile        `json:"missing_patches"`
	OtherMissing   []report.NamedFile `json:"other_missing"`
	Problems       []screen.Told      `json:"problems"`

	Checks []selfcheck.Check `json:"checks"`

	diskSilent bool   // there was no disk to ask: what is not present may be there
	cacheless  string // why there was no cache to ask: the package may be there
	unseen     bool   // nobody could look at the package: it may be there
	sourceless bool   // nor at the source
	other      bool   // the last session failed, and this article is not about that
}

// Machine is the computer that was looked at.
type Machine struct {
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

// Product is the product's registration.
type Product struct {
	Name         string `json:"name"`
	Version      string `json:"version"`
	ProductCode  string `json:"product_code"`
	PackageCode  string `json:"package_code"`
	LocalPackage string `json:"local_package"`
}

// PatchFile is a registered patch of the product whose cached file is gone.
type PatchFile struct {
	Name         string `json:"name"`
	PatchCode    string `json:"patch_code"`
	LocalPackage string `json:"local_package"`
}

// Schema is the published JSON Schema of a Diagnosis.
//
//go:embed diagnose.schema.json
var Schema []byte

// Of puts facts into the shape that is printed.
func Of(f look.Facts, version string) Diagnosis {
	c, cacheless := f.Decision, ""
	if f.Cache == nil {
		cacheless = f.Cacheless()
	}
	d := Diagnosis{Schema: 2, Tool: report.Tool{Name: "marsfix", Version: version},
		Machine: Machine{Name: f.About.Name, Root: f.About.Root, Elevated: f.About.Elevated},
		Verdict: c.Verdict, Reason: c.Reason,
		UniqueID: c.ID, MissingPackage: c.Path, PackagePresent: c.Present,
		TempPath: f.Folder.Path, diskSilent: f.About.DiskSilent, unseen: c.Unseen && !c.Present, cacheless: cacheless,
		sourceless: f.File.Source.Unseen, other: c.Other != "",
		Candidates: []Candidate{}, Evidence: steps.EvidenceOf(f), MissingPatches: []PatchFile{},
		OtherMissing: []report.NamedFile{}, Problems: []screen.Told{},
		Checks: append([]selfcheck.Check{}, f.Checks...)}
	if f.Folder.Path != "" {
		d.SourcePackage, d.SourcePresent = f.File.Source.Path, f.File.Source.Exists
	}
	for _, w := range look.Names(f) {
		d.Candidates = append(d.Candidates, Candidate{UniqueID: w.ID, Line: w.Number, Session: w.Session})
	}
	if p := c.Product; p != nil {
		d.Product = Product{Name: p.Name, Version: p.Version, ProductCode: p.ProductCode, PackageCode: p.PackageCode,
			LocalPackage: p.LocalPackage}
	}
	for _, p := range look.MissingPatches(f, c.Product) {
		d.MissingPatches = append(d.MissingPatches, PatchFile{Name: p.Name, PatchCode: p.Code,
			LocalPackage: p.LocalPackage})
	}
	for _, p := range look.OthersMissing(f) {
		d.OtherMissing = append(d.OtherMissing, report.NamedFile{Name: p.Name, LocalPackage: p.LocalPackage})
	}
	for _, p := range steps.Problems(f) {
		d.Problems = append(d.Problems, forLooking(f, f.About.Settled(p)).Told(d.again()))
	}
	d.clean()
	return d
}

// again is what looks at the same again, ready to type.
func (d Diagnosis) again() string {
	if d.Machine.Root != "" {
		return "marsfix diagnose --root DIR"
	}
	return "marsfix diagnose"
}

// forLooking is a problem with the cure that it has where nobody walks: what was given is a folder, or a computer
// without --patch-log.
func forLooking(f look.Facts, p screen.Problem) screen.Problem {
	folder := f.About.Root != ""
	switch p.Code {
	case screen.CodeLogTooLarge:
		if folder {
			p.Cure = "copy its last sessions into a smaller log"
		}
	case screen.CodeNotUnderstood:
		if !folder && f.Reading.Doubt != logscan.Archive {
			p.Cure = "run the failing update again, so that it writes a new log"
		}
	case screen.CodePackageLocked:
		if folder {
			p.Cure, p.Then = "look where the whole disk can be read: marsfix diagnose --root DIR",
				screen.Nothing
		}
	case screen.CodeLogMissing, screen.CodeLogIsFolder, screen.CodeLogUnreadable, screen.CodeNothingFound:
		switch {
		case f.About.DiskSilent:
			p.Cure, p.Then = fmt.Sprintf("put %s beside %s", look.PatchLogName, look.SetupLogName), screen.LookAgain
		case folder:
			p.Cure, p.Then = "copy the logs into an empty folder, then run: marsfix diagnose --root DIR",
				screen.Nothing
		}
	}
	return p
}

// clean takes out of every text what could do more than be read.
func (d *Diagnosis) clean() {
	for _, s := range []*string{&d.Machine.Name, &d.Machine.Root, &d.Reason, &d.UniqueID, &d.MissingPackage,
		&d.TempPath, &d.SourcePackage,
		&d.Product.Name, &d.Product.Version, &d.Product.ProductCode, &d.Product.PackageCode, &d.Product.LocalPackage} {
		*s = screen.CleanText(*s)
	}
	for i := range d.Evidence {
		e := &d.Evidence[i]
		e.File, e.Time, e.Text = screen.CleanText(e.File), screen.CleanText(e.Time), screen.CleanText(e.Text)
	}
	for i := range d.MissingPatches {
		p := &d.MissingPatches[i]
		p.Name, p.PatchCode, p.LocalPackage = screen.CleanText(p.Name), screen.CleanText(p.PatchCode),
			screen.CleanText(p.LocalPackage)
	}
	for i := range d.OtherMissing {
		o := &d.OtherMissing[i]
		o.Name, o.LocalPackage = screen.CleanText(o.Name), screen.CleanText(o.LocalPackage)
	}
	for i := range d.Checks {
		c := &d.Checks[i]
		c.Why, c.Means = screen.CleanText(c.Why), screen.CleanText(c.Means)
	}
	for i := range d.Problems {
		p := &d.Problems[i]
		p.Message, p.Hint = screen.CleanText(p.Message), screen.CleanText(p.Hint)
	}
}
