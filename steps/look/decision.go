package look

import (
	"fmt"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// Verdict is the result of looking.
type Verdict string

const (
	Healthy Verdict = "healthy" // somebody who can know says that nothing is lost
	// a named package or a registered patch is gone or unusable, and no other witness contradicts
	RepairNeeded Verdict = "repair-needed"
	Unclear      Verdict = "unclear" // everything else
)

// Decision is which package is the one, and what is wrong with it.
type Decision struct {
	Verdict  Verdict
	Reason   string // one sentence
	ID       string // the Unique_ID, as logged or registered
	Path     string // of the cached package: its folder is the computer's, or, where that is not known, the logged one
	Present  bool   // it is on the disk
	Unseen   bool   // whether it is could not be examined
	Usable   bool   // and Windows Installer will take it
	Why      string // why not usable
	Product  *computer.Product
	LogID    string // what the log names, when that differs from ID: it is old
	Choose   []computer.Product
	Damaged  bool   // copying has changed the log, so that a lost file may be named in it unrecognised
	Other    string // how the last session failed, where that is not this article's failure
	Problems []screen.Problem
}

// Decide weighs log, registration and disk. A readable registration decides; the log is a hint.
func Decide(f Facts) Decision {
	var c Decision
	logged := ChosenName(f)
	if logged != nil {
		c.ID = logged.ID
	}
	registered := pickProduct(f, &c)
	if c.Verdict == "" && registered != nil {
		c.useRegistration(f, *registered)
	}
	if c.Verdict == "" {
		c.Path = packagePath(f, c, logged)
		c.askDisk(f, logged)
		c.conclude(f, logged)
		c.weighOthers(f, logged)
	}
	c.addProblems(f)
	return c
}

// pickProduct is the registered product that is repaired; where there is none, c says why.
func pickProduct(f Facts, c *Decision) *computer.Product {
	if f.Registration.Silent {
		return nil
	}
	if p := f.Registration.ProductAt(cache.Path(f.About.WindowsDir, c.ID, cache.KindPackage)); p != nil {
		if !computer.IsAgent(*p) {
			c.stop(screen.Problem{Code: screen.CodeOtherProduct,
				Message: fmt.Sprintf("the log names %s.msi, which is the cached package of \"%s\", not of the MARS Agent", c.ID, p.Name),
				Cure:    "repair that product with its own installer; this article is not about it"})
			return nil
		}
		if !f.whole(*p) || f.allWhole() {
			return p
		}
	}
	var mars, gone []*computer.Product
	for i, p := range f.Registration.Products {
		switch {
		case !computer.IsAgent(p):
		case p.ProductCode != "" && p.ProductCode == f.Choices.Product:
			return &f.Registration.Products[i]
		case p.LocalPackage != "":
			mars = append(mars, &f.Registration.Products[i])
		}
	}
	if len(mars) == 0 && c.ID != "" {
		c.notRegistered(f)
		return nil
	}
	if len(mars) < 2 {
		return first(mars)
	}
	for _, p := range mars {
		if !f.whole(*p) {
			gone = append(gone, p)
		}
	}
	if len(gone) == 0 {
		return first(mars)
	}
	for _, p := range gone {
		c.Choose = append(c.Choose, *p)
	}
	return first(gone)
}

// inPlace reports whether the disk has a product's cached package, and Windows Installer will take it.
func (f *Facts) inPlace(p computer.Product) bool {
	file := f.Cache[strings.ToLower(p.LocalPackage)]
	return file.Present && file.Why == "" && !file.Denied && file.Unseen == ""
}

// whole reports whether nothing of a product is lost: its package is in place, and none of its patches is gone.
func (f *Facts) whole(p computer.Product) bool {
	return f.inPlace(p) && len(MissingPatches(*f, &p)) == 0
}

// allWhole reports whether nothing is lost of any registered agent.
func (f *Facts) allWhole() bool {
	for _, p := range f.Registration.Products {
		if computer.IsAgent(p) && p.LocalPackage != "" && !f.whole(p) {
			return false
		}
	}
	return true
}

func first(ps []*computer.Product) *computer.Product {
	if len(ps) == 0 {
		return nil
	}
	return ps[0]
}

// notRegistered stops where the registration can be read and does not know the agent, but the log names a package.
func (c *Decision) notRegistered(f Facts) {
	for _, p := range f.Registration.Products {
		if computer.IsAgent(p) {
			return // its LocalPackage cannot be read: the log counts alone, and the product's error is told
		}
	}
	c.stop(screen.Problem{Code: screen.CodeNotRegistered,
		Message: fmt.Sprintf("the log names %s.msi, but Windows Installer has no MARS Agent registered", c.ID),
		Cure:    "install the agent afresh with its installer: https://aka.ms/azurebackup_agent"})
}

// stop ends the weighing without an id.
func (c *Decision) stop(p screen.Problem) {
	c.Verdict, c.Reason = Unclear, p.Message+"."
	c.ID = ""
	c.Problems = append(c.Problems, p)
}

func (c *Decision) useRegistration(f Facts, p computer.Product) {
	c.Product = &p
	id := cache.ID(f.About.WindowsDir, p.LocalPackage, cache.KindPackage)
	if id == "" && p.LocalPackage != "" {
		c.stop(screen.Problem{Code: screen.CodeSuspiciousReg,
			Message: fmt.Sprintf("Windows Installer has \"%s\" registered as the cached package of %s: no path in its own folder", p.LocalPackage, p.Name),
			Cure:    "ask Microsoft Support; do not change the registration"})
		return
	}
	if id == "" {
		return
	}
	if c.ID != "" && !strings.EqualFold(id, c.ID) {
		c.LogID = c.ID
	}
	c.ID = id
}

// HasCode reports whether a problem with that code is among ps.
func HasCode(ps []screen.Problem, code screen.Code) bool {
	for _, p := range ps {
		if p.Code == code {
			return true
		}
	}
	return false
}

// denied reports whether a log is there, or may be, that only an administrator can read.
func (f *Facts) denied() bool { return f.PatchLog.Denied || len(f.PatchLog.unreadable) > 0 }

// addProblems adds the problems of logs and registration that the verdict does not name.
func (c *Decision) addProblems(f Facts) {
	if t := f.PatchLog.Trouble; t != nil {
		c.Problems = append(c.Problems, *t)
	}
	c.Problems = append(append(c.Problems, f.PatchLog.unreadable...), f.PatchLog.TooLarge()...)
	if t := f.Registration.Trouble; t != nil {
		p := *t
		if c.Verdict == RepairNeeded && p.Then == screen.LookFirst {
			p.Cure = "go by the log, and do not change the registration"
		}
		c.Problems = append(c.Problems, p)
	}
	c.Problems = append(c.Problems, SuspiciousNames(f)...)
	for _, p := range f.Registration.Products {
		if computer.IsAgent(p) && p.Err != "" {
			c.Problems = append(c.Problems, screen.Problem{Code: screen.CodeCorrupt,
				Message: fmt.Sprintf("the registration of %s %s cannot be read whole: %s", p.Name,
					p.ProductCode, p.Err),
				Cure: brokenCure(c.Verdict)})
		}
	}
	c.Problems = append(c.Problems, lostPatches(f, c.Product)...)
	if c.Verdict == RepairNeeded {
		c.Problems = append(c.Problems, unseenPatches(f, c.Product)...)
	}
}

// brokenCure is what to do about a registration that cannot be read whole. Where the repair goes on without it, that is
// no reason to stop.
func brokenCure(v Verdict) string {
	const never = "do not delete the registration, the agent's own would go with it"
	if v == RepairNeeded {
		return "go on; " + never
	}
	return "ask Microsoft Support; " + never
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
