package steps

import (
	"fmt"
	"slices"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// claim is the question that the witnesses answer, empty where there is no one answer.
func claim(f Facts) string {
	c := f.Decision
	_, _, place := f.Subject()
	switch name := disk.Base(place); {
	case c.Verdict == look.Healthy && c.ID != "":
		return fmt.Sprintf("Is %s in place?", name)
	case c.Verdict != look.RepairNeeded:
		return ""
	case len(f.Lost()) > 1:
		return "Are these files missing?"
	case c.Present && !c.Usable:
		return fmt.Sprintf("Is %s unusable?", name)
	default:
		return fmt.Sprintf("Is %s missing?", name)
	}
}

// witnesses is what log, registration and disk say of the id, and of each lost patch.
func witnesses(f Facts) []screen.Witness {
	c := f.Decision
	if c.Verdict == "" {
		return nil
	}
	var ws []screen.Witness
	for _, l := range f.Lost() {
		if l.Kind == cache.KindPatch {
			ws = append(ws, patchWitnesses(f, l)...)
		}
	}
	if !c.Usable || len(ws) == 0 { // otherwise the package is in place, and nothing is claimed of it
		asked := func(who string, answer func(Facts, look.Decision) (string, screen.View)) screen.Witness {
			says, view := answer(f, c)
			return screen.Witness{Who: who, Says: says, View: view}
		}
		ws = append([]screen.Witness{asked("log", logSays), asked("registration", registrationSays),
			asked("disk", diskSays)}, ws...)
	}
	if len(f.Lost()) > 1 {
		return together(f, ws)
	}
	return ws
}

// together sums up who says the same of several lost files: a short window has no line for each.
func together(f Facts, ws []screen.Witness) []screen.Witness {
	n := len(f.Lost())
	line, _, _ := strings.Cut(ws[0].Says, ":")
	all := []screen.Witness{{Who: "log", Says: fmt.Sprintf("%s and others name all %d", line, n)},
		{Who: "registration", Says: fmt.Sprintf("Windows Installer expects all %d", n)}}
	broken := func(l look.LostFile) bool { return f.Unusable(l.Place) != "" }
	if !slices.ContainsFunc(f.Lost(), broken) && (!f.Decision.Present || f.Decision.Usable) {
		all = append(all, screen.Witness{Who: "disk", Says: fmt.Sprintf("none of these %d files is there", n)})
	}
	for _, a := range all {
		if !slices.ContainsFunc(ws, func(w screen.Witness) bool { return w.Who == a.Who && w.View != screen.Agrees }) {
			ws = append(slices.DeleteFunc(ws, func(w screen.Witness) bool { return w.Who == a.Who }), a)
		}
	}
	return ws
}

// logSays, registrationSays and diskSays are the answers of one witness each, in words that follow its name.
func logSays(f Facts, c look.Decision) (says string, view screen.View) {
	w := look.ChosenName(f)
	if also := look.NameIn(look.LastNames(f), c.ID); c.LogID != "" && also != nil {
		c.LogID, w = "", also // its last session names both
	}
	in := ""
	if w != nil && look.Elsewhere(f, *w) {
		in = " of an older log"
	}
	switch {
	case !f.PatchLog.Read || f.PatchLog.Trouble != nil:
		return "could not be read", screen.Silent
	case w == nil && f.Ending().LostUnnamed():
		return "reports a lost source without naming it", screen.Conflicts
	case w == nil && f.Reading.File != "":
		return "says that " + f.Reading.File + " could not be used", screen.Conflicts
	case w == nil:
		return "names no cached package", screen.Silent
	case c.LogID != "":
		return fmt.Sprintf("line %d names %s; the registration has changed since", w.Number, c.LogID), screen.Conflicts
	case c.ID == "":
		return fmt.Sprintf("line %d names %s", w.Number, w.ID), screen.Conflicts
	case c.Usable:
		return fmt.Sprintf("line %d%s is out of date: the file is back", w.Number, in), screen.Conflicts
	}
	return fmt.Sprintf("line %d%s: %s %s", w.Number, in, disk.Base(c.Path), look.WarningWords[w.Kind]), screen.Agrees
}

func registrationSays(f Facts, c look.Decision) (says string, view screen.View) {
	switch {
	case f.Registration.Silent:
		return "cannot be read here", screen.Silent
	case c.Product == nil && c.Verdict == look.Unclear:
		return "does not name it as the MARS Agent's package", screen.Conflicts
	case c.Product == nil:
		return "names no package of the MARS Agent", screen.Silent
	}
	return fmt.Sprintf("Windows Installer expects %s", c.Product.LocalPackage), screen.Agrees
}

func diskSays(f Facts, c look.Decision) (says string, view screen.View) {
	switch {
	case f.About.DiskSilent:
		return "is not here; only the logs are", screen.Silent
	case f.Cache == nil:
		return "the Installer folder is not among these files", screen.Silent
	case c.Path == "":
		return "not asked: there is no name to ask for", screen.Silent
	case c.Unseen:
		return "the file could not be looked at", screen.Silent
	case !c.Present:
		return "there is no such file", screen.Agrees
	case !c.Usable:
		return "the file " + c.Why, screen.Agrees
	}
	return "the file is there and readable", screen.Agrees
}

// patchWitnesses is what log, registration and disk say of a lost patch.
func patchWitnesses(f Facts, l look.LostFile) []screen.Witness {
	name := disk.Base(l.Place)
	log := screen.Witness{Who: "log", Says: "does not name " + name, View: screen.Silent}
	if w := patchNamed(f, l.Place); w != nil {
		log.Says, log.View = fmt.Sprintf("line %d: %s was not found", w.Number, name), screen.Agrees
	} else if !f.PatchLog.Read || f.PatchLog.Trouble != nil {
		log.Says = "could not be read"
	}
	there := name + ": there is no such file"
	if why := f.Unusable(l.Place); why != "" {
		there = fmt.Sprintf("%s %s", name, why)
	}
	return []screen.Witness{log, {Who: "registration", Says: strings.TrimSuffix(fmt.Sprintf("%s is registered, %s", name, l.State), ", "),
		View: screen.Agrees},
		{Who: "disk", Says: there, View: screen.Agrees}}
}

// patchNamed is the warning of the log's last session that names a lost patch, nil when none does.
func patchNamed(f Facts, path string) *logscan.Warning {
	for i, w := range f.Patch.Patches {
		if w.Session == f.Patch.Sessions && disk.SamePath(w.Path, path) {
			return &f.Patch.Patches[i]
		}
	}
	return nil
}
