package look

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// OtherLog is a log beside the one that counts, and what it says.
type OtherLog struct {
	LogFile
	Patch   logscan.PatchLog
	Reading logscan.Reading
}

// LogsAlone reports whether no registration tells an agent's package, so that the logs have to.
func (f *Facts) LogsAlone() bool {
	return !slices.ContainsFunc(f.Registration.Products, func(p computer.Product) bool {
		return computer.IsAgent(p) && p.LocalPackage != ""
	})
}

// searchOthers reads the other logs where the logs alone tell what is lost: what an older one names is not forgotten
// because a later one has failed otherwise.
func searchOthers(ctx context.Context, l computer.Looker, f Facts, e Env) (others []OtherLog) {
	if !f.LogsAlone() {
		return nil
	}
	for _, lf := range f.PatchLog.Also {
		f.PatchLog = lf
		g := searchOne(ctx, l, f, e)
		others = append(others, OtherLog{g.PatchLog, g.Patch, g.Reading})
	}
	return others
}

// by are the facts as they would be if another log were the only one.
func (f Facts) by(o OtherLog) Facts {
	f.PatchLog, f.Patch, f.Reading, f.Others = o.LogFile, o.Patch, o.Reading, nil
	return f
}

// LogOf is the path of the log in which a warning stands.
func LogOf(f Facts, w logscan.Warning) string { return cmp.Or(w.Log, f.PatchLog.Path) }

// Elsewhere reports whether a warning stands in another log than the one that counts.
// Two logs of a disk that lies here may differ in case alone.
func Elsewhere(f Facts, w logscan.Warning) bool { return LogOf(f, w) != f.PatchLog.Path }

// otherOf is the other log in which a warning stands; nil where that is the one that counts.
func (f *Facts) otherOf(w logscan.Warning) *OtherLog {
	i := slices.IndexFunc(f.Others, func(o OtherLog) bool { return Elsewhere(*f, w) && o.Path == w.Log })
	if i < 0 {
		return nil
	}
	return &f.Others[i]
}

// SameSession reports whether two warnings stand in the same session.
func SameSession(f Facts, a, b logscan.Warning) bool {
	return a.Session == b.Session && LogOf(f, a) == LogOf(f, b)
}

// Names are the last warnings of all accepted names in all logs that were searched.
func Names(f Facts) []logscan.Warning {
	ws := slices.Clone(f.Patch.Named)
	for _, o := range f.Others {
		ws = append(ws, o.Patch.Named...)
	}
	return ws
}

// patches are the warnings of lost patches in all logs that were searched.
func (f *Facts) patches() []logscan.Warning {
	ws := slices.Clone(f.Patch.Patches)
	for _, o := range f.Others {
		ws = append(ws, o.Patch.Patches...)
	}
	return ws
}

// forgotten is a package that the logs name beside the one that counts, and that is not in place; nil when there is
// none. That a later session names another one does not bring it back.
func (f *Facts) forgotten(logged logscan.Warning) *logscan.Warning {
	for _, w := range Names(*f) {
		path := cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)
		p := f.Registration.ProductAt(path)
		if strings.EqualFold(w.ID, logged.ID) || p != nil && !computer.IsAgent(*p) || f.whollyThere(path) {
			continue
		}
		return &w
	}
	return nil
}

// askRegistration is how to learn which package is expected, where only the registration can tell.
func askRegistration(f Facts) string {
	if f.About.Root != "" {
		return "run this on the computer itself, whose registration tells which package it expects: marsfix diagnose"
	}
	return "run the failing update again, so that it writes a new log"
}

// anotherLost is the verdict on a package that is in place beside another that the logs call lost as well.
func (c *Decision) anotherLost(f Facts, w logscan.Warning) {
	is := cmp.Or(OnDisk(f, w), "could not be checked")
	c.say(Unclear, "The cached package %s is in place, but the log names %s.msi as well, which is %s.", c.Path, w.ID,
		strings.TrimPrefix(is, "is "))
	c.Problems = append(c.Problems, screen.Problem{Code: screen.CodeAnotherLost,
		Message: fmt.Sprintf("line %d of %s names %s.msi as lost, and only Windows Installer's registration can tell "+
			"whether that is still expected", w.Number, LogOf(f, w), w.ID),
		Cure: askRegistration(f)})
}

// supersededLoss is the verdict on a lost package after whose loss a session went through. An upgrade that succeeds
// keeps its package under another name: that the old one is gone proves nothing.
func (c *Decision) supersededLoss(f Facts, logged logscan.Warning) {
	is, cure := "whether the file is back cannot be checked here", askRegistration(f)
	switch {
	case f.Cache == nil:
		cure += "; or look at its whole disk: marsfix diagnose --root DIR"
	case c.Present:
		is = "whether the file that is there, which " + c.Why + ", is still expected is not known"
	default:
		is = "it is not on the disk, and whether it is still expected is not known"
	}
	c.say(Unclear, "The log names %s as lost, but a later session succeeded: %s.", c.Path, is)
	c.Problems = append(c.Problems, screen.Problem{Code: screen.CodeSuperseded,
		Message: fmt.Sprintf("line %d of %s names %s.msi, and a later session succeeded without a warning",
			logged.Number, LogOf(f, logged), logged.ID),
		Cure: cure})
}

// weighOthers makes the verdict unclear where it rests on a log that another one contradicts of which nobody knows
// whether it is the later one.
func (c *Decision) weighOthers(f Facts, logged *logscan.Warning) {
	if c.Product != nil || c.Verdict == Unclear {
		return
	}
	for _, o := range f.Others {
		g := f.by(o)
		switch t := o.Trouble; {
		case c.Verdict == Healthy && !o.Read:
			c.say(Unclear, "Another log, %s, could not be read.", o.Path)
			c.Problems = append(c.Problems, *t)
			return
		case !o.Unordered, t != nil && !o.Reading.Doubt.Damage(): // older, or no log at all
		case c.Verdict == Healthy && Decide(g).Verdict != Healthy,
			c.Verdict == RepairNeeded && g.Ending().wentThrough() && LogOf(f, *logged) != o.Path,
			c.Verdict == RepairNeeded && f.Ending().wentThrough() && LogOf(f, *logged) == o.Path:
			c.say(Unclear, "Two logs disagree, and which of them is the later one is not known.")
			c.Problems = append(c.Problems, screen.Problem{Code: screen.CodeLogsDisagree,
				Message: fmt.Sprintf("the dates of two logs that disagree do not tell which is later: "+
					"\"%s\" and \"%s\"", f.PatchLog.Path, o.Path),
				Cure: askRegistration(f)})
			return
		}
	}
}

// Sessions is how many sessions the log has in which a warning stands.
func Sessions(f Facts, w logscan.Warning) int {
	if o := f.otherOf(w); o != nil {
		return o.Patch.Sessions
	}
	return f.Patch.Sessions
}
