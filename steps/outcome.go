package steps

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// serviceLimit is how long the backup service has to start after an upgrade.
const serviceLimit = 5 * time.Minute

// judgeOutcome says whether the upgrade succeeded, and what is wrong now: with the upgrade, and then with the services,
// however it went.
func judgeOutcome(f Facts, now time.Time) finding {
	fd := judgeUpgrade(f, now)
	if fd.state != screen.Looking {
		fd.problems = append(fd.problems, serviceNotes(f.Upgrade, fd.problems)...)
	}
	return fd
}

func judgeUpgrade(f Facts, now time.Time) finding {
	u, after := f.Upgrade, look.ProductAfter(f)
	for _, fd := range []finding{judgeFiles(f, after), judgeVersion(f, after), judgeService(u, now)} {
		if fd.state != screen.Pending {
			return fd
		}
	}
	fd := finding{state: screen.Done}
	if code := u.Failure(); code != 0 {
		fd.problems = append(fd.problems, exitCodeUnknown(code))
	}
	for _, l := range u.Lost {
		fd.problems, fd.back = append(fd.problems, stillLost(l)), nextRound()
	}
	return fd
}

// rerun is how step 12 stands where r forgets the upgrade that failed, so that it can be run once more.
func rerun(p screen.Problem) finding {
	fd := failed(p)
	fd.again = func(f *Facts) { f.Upgrade = look.Upgrade{} }
	return fd
}

// judgeFiles says which file the upgrade did not get, or with which code it failed; pending where neither.
func judgeFiles(f Facts, after *computer.Product) finding {
	u := f.Upgrade
	if len(u.Lost) > 0 && (u.Failure() != 0 || u.Log.LastSession.Warnings > 0 || notUpgraded(f, after)) {
		return backForLost(f)
	}
	if ws := u.Log.Named; len(ws) > 0 && ws[0].Session == u.Log.Sessions { // the newest first
		w := ws[0]
		if f.CopiedTo(cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)) ||
			strings.EqualFold(w.ID, f.Decision.ID) {
			return rerun(notAccepted(w))
		}
		return anotherPackage(w)
	}
	if ps := u.Log.Patches; len(ps) > 0 {
		if f.CopiedTo(ps[0].Path) {
			return rerun(notAccepted(ps[0]))
		}
		return rerun(look.UnknownPatch(ps[0].Path, ""))
	}
	if code := u.Failure(); code != 0 && !u.Overruled(code, after) {
		return rerun(upgradeFailed(code, f))
	}
	return finding{}
}

// judgeVersion says what speaks against the registered version; pending where nothing does.
func judgeVersion(f Facts, after *computer.Product) finding {
	switch before := f.Upgrade.Before; {
	case f.Decision.Product != nil && (after == nil || after.Version == "" && before != ""):
		return failed(unverified(after))
	case after != nil && look.OlderVersion(after.Version, before):
		return failed(screen.Problem{Code: screen.CodeVersionLower,
			Message: fmt.Sprintf("the registered version is %s now, before it was %s", after.Version, before),
			Then:    screen.Support})
	case notUpgraded(f, after):
		return rerun(screen.Problem{Code: screen.CodeNotUpgraded,
			Message: "the installer has finished, but nothing was upgraded: the registered version is still " +
				cmp.Or(before, "unknown"),
			Then: screen.RunAgain})
	}
	return finding{}
}

// judgeService waits for the backup service to start, and says when it does not; pending where it runs, or where there
// is none.
func judgeService(u look.Upgrade, now time.Time) finding {
	s := look.BackupService(u)
	if s == nil || s.State == "running" || s.State == "" {
		return finding{}
	}
	// a clock that is set back must not make the wait longer
	if gone := now.Sub(u.EndedAt); gone >= 0 && gone < serviceLimit {
		return finding{state: screen.Looking, poll: time.Second, limit: serviceLimit,
			says:  "The upgrade has finished; its backup service is starting.",
			doing: "waiting for " + s.Name + " to run (" + s.State + ")"}
	}
	if s.State == "start pending" {
		return finding{}
	}
	return failed(screen.Problem{Code: screen.CodeServiceStopped,
		Message: fmt.Sprintf("the upgrade succeeded, but the backup service %s is %s", s.Name, s.State),
		Cure:    "net start " + s.Name})
}

// nextRound goes round again from step 2, for what is still lost.
func nextRound() *action {
	return &action{"next round", "", nil, outcome{transition: newRound}}
}

// stillLost is the problem of a file that is lost although the upgrade succeeded.
func stillLost(l look.LostFile) screen.Problem {
	return screen.Problem{Code: lostCode(l),
		Message: fmt.Sprintf("the upgrade succeeded, but the %s %s is still lost: the next one, or a repair, may fail without it", l.Kind, l.Place),
		Cure:    "another round of the same steps looks for it, now or the next time that marsfix runs"}
}

// unverified is the problem of an upgrade that the registration does not prove.
func unverified(after *computer.Product) screen.Problem {
	if after == nil {
		return screen.Problem{Code: screen.CodeNotRegistered,
			Message: "the installer has finished, and Windows Installer no longer has a MARS Agent registered",
			Then:    screen.Support}
	}
	return screen.Problem{Code: screen.CodeCorrupt,
		Message: fmt.Sprintf("the installer has finished, but the registered version of %s cannot be read: %s",
			after.Name, cmp.Or(after.Err, "there is none")), Cure: screen.Supported("", ""), Then: screen.LookFirst}
}

func exitCodeUnknown(code uint32) screen.Problem {
	return screen.Problem{Code: screen.CodeExitCodeUnknown,
		Message: fmt.Sprintf("exit code %d is not documented; the log and the version say that the upgrade succeeded",
			code),
		Cure: "nothing to do"}
}

// notUpgraded reports whether the installer ended without upgrading: the new part of the log has no session with
// a result, and the version is neither new nor the installer's own.
func notUpgraded(f Facts, after *computer.Product) bool {
	if f.Upgrade.NewLog && f.Upgrade.Log.LastSession.HasCode || after == nil || after.Version != f.Upgrade.Before {
		return false
	}
	own := ""
	if len(f.Installers) > 0 {
		own = f.Installers[0].Version
	}
	return after.Version != own
}

// serviceNotes are the problems of the services, unless an earlier problem has told of them.
func serviceNotes(u look.Upgrade, told []screen.Problem) []screen.Problem {
	var ps []screen.Problem
	if u.ServicesUnseen != nil {
		ps = append(ps, *u.ServicesUnseen)
	}
	for i, s := range u.Services {
		switch {
		case s.State == "":
			ps = append(ps, screen.Problem{Code: screen.CodeServiceNotInstalled,
				Message: fmt.Sprintf("the service %s is not installed", s.Name),
				Cure:    "nothing to do if this agent has no such service"})
		case s.State == "running", i == 0 && look.HasCode(told, screen.CodeServiceStopped), i == 0 &&
			s.State == "start pending":
		case i == 0:
			ps = append(ps, screen.Problem{Code: screen.CodeServiceStopped,
				Message: fmt.Sprintf("the backup service %s is %s: scheduled backups cannot run", s.Name, s.State),
				Cure:    "net start " + s.Name})
		default:
			ps = append(ps, screen.Problem{Code: screen.CodeServiceStopped,
				Message: fmt.Sprintf("the service %s is %s", s.Name, s.State), Cure: "net start " + s.Name})
		}
	}
	return ps
}

// notAccepted says why Windows Installer did not take the copy.
func notAccepted(w logscan.Warning) screen.Problem {
	said := look.Said(w)
	if w.Kind == logscan.LostPatch {
		said = fmt.Sprintf("says that %s was not found", patchName(w))
	}
	return screen.Problem{Code: screen.CodeCopyNotAccepted,
		Message: fmt.Sprintf("error %d again; the log %s", look.Code1612, said),
		Then:    screen.Support}
}

// backForLost says which files are still lost after the upgrade, and goes round again for them with one key.
func backForLost(f Facts) finding {
	l := f.Upgrade.Lost[0]
	m := fmt.Sprintf("the %s %s is still lost", l.Kind, l.Place)
	if l.Name != "" && l.Kind == cache.KindPatch {
		m += " (" + l.Name + ")"
	}
	if n := len(f.Upgrade.Lost) - 1; n > 0 {
		m += fmt.Sprintf(", and %s", screen.Count(int64(n), "more file", "more files"))
	}
	says := fmt.Sprintf("The upgrade did not go through: %s is still lost.", disk.Base(l.Place))
	if !f.KnewLost(l) && l.Kind == cache.KindPackage {
		m, says = fmt.Sprintf("%s of the same product is missing as well", disk.Base(l.Place)), ""
	}
	return finding{state: screen.NeedsYou, refused: true, says: says, mood: screen.Bad,
		problems: []screen.Problem{{Code: lostCode(l), Message: m,
			Cure: "the same steps look for " + disk.Base(l.Place), Then: screen.GoOn}},
		enter: nextRound()}
}

// lostCode is the code of the problem that a file is still lost after the upgrade.
func lostCode(l look.LostFile) screen.Code {
	if l.Kind == cache.KindPatch {
		return screen.CodePatchMissing
	}
	return screen.CodeAnotherPackage
}

// anotherPackage goes round again from step 2.
func anotherPackage(w logscan.Warning) finding {
	return finding{state: screen.NeedsYou, refused: true, problems: []screen.Problem{{Code: screen.CodeAnotherPackage,
		Message: fmt.Sprintf("the new part of OBPatch.log says that %s.msi is missing as well", w.ID),
		Cure:    fmt.Sprintf("the same steps look for %s.msi", w.ID), Then: screen.GoOn}},
		enter: nextRound()}
}

func upgradeFailed(code uint32, f Facts) screen.Problem {
	w, known := look.CodeWords()[code]
	if !known {
		w = look.CodeWord{Means: "not a code of Windows Installer that the article knows", Then: screen.Support}
	}
	m := fmt.Sprintf("the upgrade failed with %d: %s", code, w.Means)
	if f.Upgrade.NewLog {
		m += fmt.Sprintf(" (log: %s)", f.PatchLog.Path)
	}
	return screen.Problem{Code: screen.CodeUpgradeFailed, Message: m, Cure: w.Cure, Then: w.Then}
}
