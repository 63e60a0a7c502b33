package look

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// packagePath is the cached package's path, composed from the Windows folder that the system reports. Where only logs
// of a computer are at hand, an accepted logged name gives the folder too.
func packagePath(f Facts, c Decision, logged *logscan.Warning) string {
	path := cache.Path(f.About.WindowsDir, c.ID, cache.KindPackage)
	if f.About.Root != "" && c.Product == nil && logged != nil && !disk.SamePath(path, logged.Path) {
		return logged.Path
	}
	return path
}

// askDisk takes over what the disk says of the package in question.
func (c *Decision) askDisk(f Facts, logged *logscan.Warning) {
	if c.ID == "" || f.Cache == nil {
		return
	}
	file, asked := f.Cache[strings.ToLower(cache.Path(f.About.WindowsDir, c.ID, cache.KindPackage))]
	c.Present, c.Usable, c.Why = file.Present, file.Present && file.Why == "", file.Why
	c.Unseen = !asked || file.Denied || file.Unseen != ""
	if file.Denied {
		p := screen.Problem{Message: fmt.Sprintf("cannot read \"%s\": access is denied", c.Path)}
		computer.Denied(&p, c.Path, fs.ErrPermission)
		c.Problems = append(c.Problems, p)
	}
	if file.Unseen != "" {
		c.Problems = append(c.Problems, packageUnseen(c.Path, file.Unseen))
	}
	// Without a live registration the last session's own word decides whether a file that is there can be used.
	if c.Present && c.Product == nil && logged != nil && logged.Kind != logscan.Missing && logged.Kind != logscan.Cut &&
		!f.superseded(*logged) {
		c.Usable, c.Why = false, WarningWords[logged.Kind]
	}
}

func packageUnseen(path, why string) screen.Problem {
	return screen.Problem{Code: screen.CodePackageLocked,
		Message: fmt.Sprintf("cannot look at \"%s\": %s", path, why),
		Cure:    fmt.Sprintf("wait a minute, a virus scanner may hold it; if it stays so, check the drive (chkdsk %s /scan)", path[:min(len(path), len("C:"))]), Then: screen.LookAgain}
}

// say gives the verdict and its reason.
func (c *Decision) say(v Verdict, format string, args ...any) {
	c.Verdict, c.Reason = v, fmt.Sprintf(format, args...)
}

// conclude gives the verdict. It is healthy only where a witness that can know says so, and the reason names that
// witness.
func (c *Decision) conclude(f Facts, logged *logscan.Warning) {
	switch {
	case (f.denied() || HasCode(c.Problems, screen.CodeNeedsElevation)) && f.About.Elevated:
		c.say(Unclear, "Access was denied, although marsfix runs as administrator.")
	case f.denied() || HasCode(c.Problems, screen.CodeNeedsElevation):
		c.say(Unclear, "Access was denied: marsfix must run as administrator.")
	case HasCode(c.Problems, screen.CodePackageLocked) || c.Unseen:
		c.say(Unclear, "The cached package %s could not be checked.", c.Path)
	case c.ID == "":
		c.withoutName(f)
	case c.Product == nil && f.Reading.Doubt == logscan.Reversed && f.Patch.Sessions > 1:
		c.Problems = append(c.Problems, *notUnderstood(f))
		c.say(Unclear, "The log names %s as lost, but %s.", c.Path, doubts[f.Reading.Doubt])
	case f.Cache == nil:
		c.withoutDisk(f, *logged)
	case !c.Present && c.Product != nil && len(MissingPatches(f, c.Product)) > 0:
		c.say(RepairNeeded, "The cached package %s and %s are missing, and Windows Installer expects them.", c.Path,
			screen.Count(int64(len(MissingPatches(f, c.Product))), "cached patch", "cached patches"))
	case !c.Present && c.Product != nil:
		c.say(RepairNeeded, "The cached package %s is missing, and Windows Installer expects it.", c.Path)
	case !c.Usable && c.Product == nil && f.superseded(*logged):
		c.supersededLoss(f, *logged)
	case !c.Present && f.Reading.Doubt != logscan.Reversed &&
		(Elsewhere(f, *logged) || logged.Session < f.Patch.Sessions || f.Reading.Later):
		c.say(RepairNeeded,
			"The cached package %s is missing; an earlier session names it, and none has succeeded since.", c.Path)
	case !c.Present:
		c.say(RepairNeeded, "The cached package %s is missing; the log names it.", c.Path)
	case !c.Usable:
		c.say(RepairNeeded, "The cached package %s exists but cannot be used: it %s.", c.Path, c.Why)
	case c.Product != nil:
		c.asRegistered(f)
	default:
		c.backInPlace(f, *logged)
	}
}

// withoutDisk believes the log where nothing else can be asked, unless a later session of the same log went through.
func (c *Decision) withoutDisk(f Facts, logged logscan.Warning) {
	switch {
	case f.superseded(logged):
		c.supersededLoss(f, logged)
	case logged.Kind == logscan.Cut:
		c.say(RepairNeeded, "The log warns about the cached package %s, in a line that is cut off; there is %s.", c.Path,
			f.Cacheless())
	default:
		c.say(RepairNeeded, "The log says that the cached package %s %s; there is %s.", c.Path,
			WarningWords[logged.Kind], f.Cacheless())
	}
}

// Cacheless says why the cache could not be looked into.
func (f *Facts) Cacheless() string {
	if f.About.DiskSilent {
		return "no disk here to check"
	}
	return "no Installer folder here to check"
}

// asRegistered goes by a registration whose package is in place.
func (c *Decision) asRegistered(f Facts) {
	lost, unknown, patches := registeredPatches(f)
	switch s := f.Ending(); {
	case lost != "":
		c.say(RepairNeeded, "%s", lost)
	case unknown != nil:
		c.Problems = append(c.Problems, *unknown)
		c.say(Unclear, "The cached package %s is in place, but not all of its patches could be checked.", c.Path)
	case registrationBroken(f):
		c.say(Unclear, "The registration of the MARS Agent could not be read completely, so something may be lost.")
	case s.LostUnnamed():
		c.unnamed(f, s)
	case f.Reading.File != "" && !f.whollyThere(f.Reading.File):
		c.unread(f, s)
	case patches > 0:
		c.say(Healthy, "The registered package %s and %s are in place.", c.Path,
			screen.Count(int64(patches), "cached patch", "cached patches"))
	default:
		c.say(Healthy, "The registered package %s is in place.", c.Path)
	}
}

// registrationBroken reports whether something of an agent's registration could not be read. A further registration
// that tells no package stops no repair, but beside it nobody can say that nothing is lost: it may be the computer's
// own, and the readable one a user's.
func registrationBroken(f Facts) bool {
	return slices.ContainsFunc(f.Registration.Products, func(p computer.Product) bool {
		return computer.IsAgent(p) && p.Err != ""
	})
}

// backInPlace judges a package that the log names as lost and that is on the disk: healthy, unless the log tells of
// more.
func (c *Decision) backInPlace(f Facts, logged logscan.Warning) {
	s, patches := f.Ending(), lostPatches(f, nil)
	switch {
	case f.Reading.File != "":
		c.unread(f, s)
	case s.unnamed:
		c.unnamed(f, s)
	case f.Reading.Doubt != logscan.NoDoubt:
		c.Problems = append(c.Problems, *notUnderstood(f))
		c.say(Unclear, "The cached package %s is in place, but the log cannot be read to its end: %s.", c.Path,
			doubts[f.Reading.Doubt])
	case len(f.Patch.Suspicious) > 0 && f.Patch.Suspicious[0].At > logged.At:
		c.say(Unclear, "The cached package %s is in place, but a later warning in the log names no cached package.",
			c.Path)
	case f.forgotten(logged) != nil:
		c.anotherLost(f, *f.forgotten(logged))
	case HasCode(patches, screen.CodePatchMissing):
		c.say(Unclear, "The cached package %s is in place, but a cached patch is lost.", c.Path)
	case len(patches) > 0:
		c.say(Unclear, "The cached package %s is in place, but a cached patch that the log names could not be checked.",
			c.Path)
	case s.open() && (f.Reading.Later || logged.Session < f.Patch.Sessions): // it says nothing of the package
		c.unfinished(f, s, "The cached package "+c.Path+" is in place")
	default:
		c.say(Healthy, "The cached package %s is in place on the disk: line %d of the log is out of date.",
			c.Path, logged.Number)
	}
}

// withoutName judges by the log where neither it nor a registration names a package.
func (c *Decision) withoutName(f Facts) {
	s, t, patches := f.Ending(), f.PatchLog.Trouble, lostPatches(f, nil)
	c.Damaged = t != nil && t.Code == screen.CodeNotUnderstood && f.Reading.Doubt.Damage()
	switch {
	case c.Damaged && s.LostUnnamed():
		c.unnamed(f, s)
		c.say(Unclear, "The log reports a lost source, but the rest of it cannot be relied on: %s.",
			doubts[f.Reading.Doubt])
	case f.PatchLog.Read && f.Reading.File != "" && f.Reading.Doubt == logscan.NoDoubt:
		c.unread(f, s)
	case t != nil && t.Code == screen.CodeNotUnderstood && s.LostUnnamed():
		c.unnamed(f, s)
		c.say(Unclear, "The file cannot be read as a Windows Installer log, since %s, but a line in it reports a lost "+
			"source, which it does not name.", doubts[f.Reading.Doubt])
	case t != nil && t.Code == screen.CodeNotUnderstood:
		c.say(Unclear, "The log cannot be read as a Windows Installer log: %s.", doubts[f.Reading.Doubt])
	case f.PatchLog.Read && s.LostUnnamed():
		c.unnamed(f, s)
	case (!f.PatchLog.Read || t != nil) && registrationBroken(f):
		c.say(Unclear, "The registration of the MARS Agent could not be read completely, and there is no log to read.")
	case (!f.PatchLog.Read || t != nil) && !f.Registration.Silent:
		c.say(Unclear, "No MARS Agent is registered with Windows Installer, and there is no log to read.")
	case f.PatchLog.Read && t != nil:
		c.say(Unclear, "The log is empty, and no registration could be read.")
	case !f.PatchLog.Read:
		c.say(Unclear, "Neither a log nor a registration could be read.")
	case len(f.Patch.Suspicious) > 0:
		c.say(Unclear, "Every warning in the log names something that is not a cached package.")
	case len(patchesAlone(f)) > 0:
		c.say(Unclear, "A cached patch is lost, and the registration does not say which package its product has.")
	case len(patches) > 0 && !HasCode(patches, screen.CodePatchMissing):
		c.say(Unclear, "A cached patch that the log calls lost could not be checked.")
	case len(patches) > 0:
		c.say(Unclear, "The log reports a lost cached patch; only Windows Installer's registration can tell which one.")
	case s.warned && s.unnamed:
		c.unnamed(f, s)
	case s.warned && s.open():
		c.unfinished(f, s, "The cached patches that the log calls lost are in place")
	case s.warned: // of patches, which are there
		c.say(Healthy, "The cached patches that the log calls lost are in place on the disk: the log is out of date.")
	default:
		c.nothingLost(f, s)
	}
}

// nothingLost is the verdict on a log that was read to its end and names nothing lost. Without a result of its last
// session that proves nothing.
func (c *Decision) nothingLost(f Facts, s ending) {
	c.Other = s.Otherwise()
	switch {
	case f.Reading.Partial:
		c.Other = ""
		c.say(Unclear, "The log names no lost package, but it holds only a part of its %s, which failed with %d: "+
			"what failed is not in it.", s.called(), s.code)
		p := unfinished(f, s)
		p.Message = fmt.Sprintf("a part of the %s is missing from %s", s.called(), PatchLogName)
		c.Problems = append(c.Problems, p)
	case c.Other != "":
		c.say(Healthy, "The log names no lost package; its %s failed for another reason, %s.", s.called(), c.Other)
	case s.hasCode:
		c.say(Healthy, "The log names no lost package, and its %s ended with %d.", s.called(), s.code)
	default:
		c.unfinished(f, s, "The log names no lost package")
	}
}

// unfinished is the verdict on a log whose last session has no result, and of which all else that can be said is good:
// what it did not come to, it cannot name.
func (c *Decision) unfinished(f Facts, s ending, good string) {
	c.say(Unclear, "%s, but the log's %s has no result: the log is cut short, or the update is still running.", good,
		s.called())
	c.Problems = append(c.Problems, unfinished(f, s))
}

// unread is the verdict on a session that calls a cached file lost or unusable in other words than the warnings'.
func (c *Decision) unread(f Facts, s ending) {
	c.Problems = append(c.Problems, unreadFile(f))
	c.say(Unclear, "The cached file %s could not be used, says the log's %s.", f.Reading.File, s.called())
}

// unnamed is the verdict on a lost source whose file neither log nor registration names.
func (c *Decision) unnamed(f Facts, s ending) {
	c.Problems = append(c.Problems, sourceLost(f, s))
	switch {
	case c.Path != "":
		c.say(Unclear, "The cached package %s is in place, but the log's %s reports a lost source without naming it.",
			c.Path, s.called())
	case s.hasCode && s.failed:
		c.say(Unclear, "The log's %s failed with %d and reports a lost source, which it does not name.",
			s.called(), s.code)
	default:
		c.say(Unclear, "The log's %s reports a lost source, which it does not name.", s.called())
	}
}
