package steps

import (
	"fmt"
	"strings"

	"marsfix/logscan"
)

// Verdict is what looking came to.
type Verdict string

const (
	Healthy      Verdict = "healthy"       // no package in question is gone, and a log or a registration could be read
	RepairNeeded Verdict = "repair-needed" // a named package is gone or unusable, and nothing contradicts
	Unclear      Verdict = "unclear"       // the rest
)

// Decision is which package is the one, and what is wrong with it.
type Decision struct {
	Verdict  Verdict
	Reason   string // one sentence
	ID       string // the Unique_ID, as logged or registered
	Path     string // of the cached package, composed from ID
	Present  bool   // it is on the disk
	Usable   bool   // and Windows Installer will take it
	Why      string // why not usable
	Product  *Product
	LogID    string // what the log names, when that differs from ID: it is old
	Choose   []Product
	Problems []Problem
}

// marsName is how the agent is registered (uninstall entries may add to it).
const marsName = "Microsoft Azure Recovery Services Agent"

func isMARS(p Product) bool {
	return strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(marsName))
}

// productAt is the product whose cached package has this path.
func (r Registration) productAt(path string) *Product {
	for i, p := range r.Products {
		if path != "" && p.LocalPackage != "" && samePath(p.LocalPackage, path) {
			return &r.Products[i]
		}
	}
	return nil
}

// decide weighs log, registration and disk. A readable registration decides; the log is a hint.
func decide(f Facts) Decision {
	var c Decision
	logged := chosenName(f)
	if logged != nil {
		c.ID = logged.ID
	}
	registered := pickProduct(f, &c)
	if c.Verdict == "" && registered != nil {
		c.useRegistration(f, *registered)
	}
	if c.Verdict == "" {
		c.Path = cached(f.About.WindowsDir, c.ID)
		c.askDisk(f, logged)
		c.conclude(f, logged)
	}
	c.addProblems(f)
	return c
}

// pickProduct finds the product in question, or says in c why none can be.
func pickProduct(f Facts, c *Decision) *Product {
	if f.Registration.Silent {
		return nil
	}
	if p := f.Registration.productAt(cached(f.About.WindowsDir, c.ID)); p != nil {
		if !isMARS(*p) {
			c.stop(Problem{Code: codeOtherProduct,
				Message: fmt.Sprintf("the log names %s.msi, which is the cached package of \"%s\", not of the MARS Agent", c.ID, p.Name),
				Hint:    "repair that product with its own installer; this article is not about it"})
			return nil
		}
		return p
	}
	var mars, gone []*Product
	for i, p := range f.Registration.Products {
		switch {
		case !isMARS(p):
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
		if f.missing(p.LocalPackage) {
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

func first(ps []*Product) *Product {
	if len(ps) == 0 {
		return nil
	}
	return ps[0]
}

// notRegistered stops where the registration can be read and does not know the agent, but the log names a package.
func (c *Decision) notRegistered(f Facts) {
	for _, p := range f.Registration.Products {
		if isMARS(p) {
			return // its LocalPackage cannot be read: the log counts alone, and the product's error is told
		}
	}
	c.stop(Problem{Code: codeNotRegistered,
		Message: fmt.Sprintf("the log names %s.msi, but Windows Installer has no MARS Agent registered", c.ID),
		Hint:    "install the agent afresh with its installer: https://aka.ms/azurebackup_agent"})
}

// stop ends the weighing without an id.
func (c *Decision) stop(p Problem) {
	c.Verdict, c.Reason = Unclear, p.Message+"."
	c.ID = ""
	c.Problems = append(c.Problems, p)
}

func (c *Decision) useRegistration(f Facts, p Product) {
	c.Product = &p
	id := idOf(f.About.WindowsDir, p.LocalPackage)
	if id == "" && p.LocalPackage != "" {
		c.stop(Problem{Code: codeSuspiciousReg,
			Message: fmt.Sprintf("Windows Installer has \"%s\" registered as the cached package of %s: no path in its own folder", p.LocalPackage, p.Name),
			Hint:    "ask Microsoft Support; do not change the registration"})
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

// askDisk takes the disk's word about the package in question.
func (c *Decision) askDisk(f Facts, logged *logscan.Warning) {
	if c.Path == "" || f.About.DiskSilent {
		return
	}
	file, ok := f.Cache[strings.ToLower(c.Path)]
	if !ok {
		return
	}
	c.Present, c.Usable, c.Why = file.Present, file.Present && file.Why == "", file.Why
	if file.Denied {
		c.Problems = append(c.Problems, needsElevation("reading "+c.Path))
	}
	if file.Unseen != "" {
		c.Problems = append(c.Problems, Problem{Code: codePackageLocked,
			Message: fmt.Sprintf("cannot look at \"%s\": %s", c.Path, file.Unseen),
			Hint:    "close the program that holds it, or wait a minute when that is a virus scanner, then press r"})
	}
	// Without a live registration the last session's own word decides whether a file that is there can be used.
	if c.Present && c.Product == nil && logged != nil && logged.Kind != logscan.Missing && logged.Kind != logscan.Cut && !over(f.Patch, *logged) {
		c.Usable, c.Why = false, warningWords[logged.Kind]
	}
}

// conclude gives the verdict.
func (c *Decision) conclude(f Facts, logged *logscan.Warning) {
	from := "the log"
	if c.Product != nil {
		from = "Windows Installer's registration"
	}
	switch {
	case f.denied() || hasCode(c.Problems, codeNeedsElevation):
		c.Verdict, c.Reason = Unclear, "Access was denied: an administrator has to look."
	case hasCode(c.Problems, codePackageLocked):
		c.Verdict, c.Reason = Unclear, fmt.Sprintf("Nobody could look at the cached package %s.", c.Path)
	case c.ID != "" && f.About.DiskSilent:
		c.Verdict, c.Reason = RepairNeeded, fmt.Sprintf("The cached package %s %s, says the log; there is no disk here to ask.", c.Path, warningWords[logged.Kind])
	case c.ID != "" && !c.Present:
		c.Verdict, c.Reason = RepairNeeded, fmt.Sprintf("The cached package %s is gone; %s names it.", c.Path, from)
	case c.ID != "" && !c.Usable:
		c.Verdict, c.Reason = RepairNeeded, fmt.Sprintf("The cached package %s is there but cannot be used: it %s.", c.Path, c.Why)
	case c.ID != "":
		c.Verdict, c.Reason = Healthy, fmt.Sprintf("The cached package %s is in place.", c.Path)
	case f.PatchLog.Read && f.PatchLog.Trouble == nil && len(f.Patch.Suspicious) > 0:
		c.Verdict, c.Reason = Unclear, "The log holds only names that are no cached package."
	case f.PatchLog.Read && f.PatchLog.Trouble == nil:
		c.Verdict, c.Reason = Healthy, "The log names no missing package."
	case !f.Registration.Silent:
		c.Verdict, c.Reason = Healthy, "No package of the MARS Agent is registered as missing."
	default:
		c.Verdict, c.Reason = Unclear, "Neither a log nor a registration could be read."
	}
}

func hasCode(ps []Problem, code string) bool {
	for _, p := range ps {
		if p.Code == code {
			return true
		}
	}
	return false
}

// denied tells whether a log is there, or may be, that only an administrator can read.
func (f Facts) denied() bool { return f.PatchLog.Denied || len(f.PatchLog.Shut) > 0 }

// addProblems tells what is wrong besides.
func (c *Decision) addProblems(f Facts) {
	if t := f.PatchLog.Trouble; t != nil {
		c.Problems = append(c.Problems, *t)
	}
	c.Problems = append(c.Problems, f.PatchLog.Shut...)
	if t := f.Registration.Trouble; t != nil {
		c.Problems = append(c.Problems, *t)
	}
	c.Problems = append(c.Problems, suspiciousNames(f.Patch)...)
	for _, p := range f.Registration.Products {
		if isMARS(p) && p.Err != "" {
			c.Problems = append(c.Problems, Problem{Code: codeCorrupt,
				Message: fmt.Sprintf("the registration of %s %s cannot be read whole: %s", p.Name, p.ProductCode, p.Err),
				Hint:    "ask Microsoft Support; do not delete the registration, the agent's own would go with it"})
		}
	}
	lost := lostPatches(f, c.Product)
	c.Problems = append(c.Problems, lost...)
	if len(lost) > 0 && c.Verdict == Healthy {
		c.Verdict, c.Reason = Unclear, "No package is missing, but a cached patch is: another illness."
	}
}
