package steps

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// judgeOutcome says whether the upgrade went through, and what is wrong now: with the upgrade, and then with the services, however it went.
func judgeOutcome(f Facts, now time.Time) finding {
	fd := judgeUpgrade(f, now)
	if fd.state != screen.Looking {
		fd.problems = append(fd.problems, serviceNotes(f.Upgrade, fd.problems)...)
	}
	return fd
}

func judgeUpgrade(f Facts, now time.Time) finding {
	u := f.Upgrade
	fail := func(p screen.Problem) finding { return finding{state: screen.Failed, problems: []screen.Problem{p}} }
	rerun := func(p screen.Problem) finding {
		fd := fail(p)
		fd.again = func(f Facts) Facts { f.Upgrade = Upgrade{}; return f }
		return fd
	}
	after := ProductAfter(f)
	failed := u.failure() != 0 || u.Log.LastSession.Warnings > 0 || notUpgraded(f, after)
	if len(u.Lost) > 0 && failed {
		return backForLost(f)
	}
	if w := namedNow(u.Log); w != nil {
		if f.copiedTo(cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)) || strings.EqualFold(w.ID, f.Decision.ID) {
			return rerun(notAccepted(f, *w))
		}
		return anotherPackage(*w)
	}
	if ps := u.Log.Patches; len(ps) > 0 {
		if f.copiedTo(ps[0].Path) {
			return rerun(notAccepted(f, ps[0]))
		}
		return rerun(unknownPatch(ps[0].Path))
	}
	var notes []screen.Problem
	if code := u.failure(); code != 0 && u.overruled(code, after) {
		notes = append(notes, exitCodeUnknown(code))
	} else if code != 0 {
		return rerun(upgradeFailed(code, f))
	}
	for _, l := range u.Lost {
		notes = append(notes, stillLost(l))
	}
	if f.Decision.Product != nil && (after == nil || after.Version == "" && u.Before != "") {
		return fail(unverified(after))
	}
	if after != nil && olderVersion(after.Version, u.Before) {
		return fail(screen.Problem{Code: screen.CodeVersionLower,
			Message: fmt.Sprintf("the registered version is %s now, before it was %s", after.Version, u.Before),
			Then:    screen.Support})
	}
	if notUpgraded(f, after) {
		return rerun(screen.Problem{Code: screen.CodeNotUpgraded,
			Message: "the installer has ended, but nothing was upgraded: the registered version is still " + screen.Or(u.Before, "unknown"),
			Then:    screen.RunAgain})
	}
	if s := BackupService(u); s != nil && s.State != "running" && s.State != "" {
		if gone := now.Sub(u.EndedAt); gone >= 0 && gone < serviceLimit { // a clock that was set back makes nobody wait longer
			return finding{state: screen.Looking, poll: time.Second, limit: serviceLimit, says: "The upgrade has finished; its backup service is starting.",
				doing: "waiting for " + s.Name + " to run (" + s.State + ")"}
		}
		if s.State != "start pending" {
			return fail(screen.Problem{Code: screen.CodeServiceStopped,
				Message: fmt.Sprintf("the upgrade went through, but the backup service %s is %s", s.Name, s.State),
				Cure:    "start it: net start " + s.Name})
		}
	}
	fd := finding{state: screen.Done, problems: notes}
	if len(u.Lost) > 0 {
		fd.back = nextRound()
	}
	return fd
}

// nextRound goes round again from step 2, for what is still lost.
func nextRound() *move {
	return &move{"next round", "", func(f Facts) (Facts, next) { return f, next{jump: newRound} }}
}

// stillLost is what is told of a file that is lost although the upgrade went through.
func stillLost(l LostFile) screen.Problem {
	return screen.Problem{Code: lostCode(l), Message: fmt.Sprintf("the upgrade went through, but the %s %s is still lost: the next one, or a repair, may fail for want of it", l.Kind, l.Place),
		Cure: "another round of the same steps puts it back as well"}
}

// unverified is the problem of an upgrade of which the registration says nothing that could prove it.
func unverified(after *computer.Product) screen.Problem {
	if after == nil {
		return screen.Problem{Code: screen.CodeNotRegistered, Message: "the installer has ended, and Windows Installer has no MARS Agent registered any more",
			Then: screen.Support}
	}
	return screen.Problem{Code: screen.CodeCorrupt, Message: fmt.Sprintf("the installer has ended, but the registered version of %s cannot be read: %s",
		after.Name, screen.Or(after.Err, "there is none")), Cure: screen.Supported(""), Then: screen.LookFirst}
}

// namedNow is the warning of the new part of the log that names a package, nil when none does.
func namedNow(log logscan.PatchLog) *logscan.Warning {
	for i := range log.Named {
		if log.Named[i].Session == log.Sessions {
			return &log.Named[i]
		}
	}
	return nil
}

// failure is the code with which the upgrade failed, 0 when it did not: the log's word goes before the exit code of the wizard.
func (u Upgrade) failure() uint32 {
	if u.NewLog && u.Log.LastSession.HasCode {
		if c := uint32(u.Log.LastSession.Code); !goodCode(c) {
			return c
		}
	}
	if u.NewLog && u.Log.LastSession.Error.Number > 0 {
		return code1612
	}
	if u.HasCode && !goodCode(u.Code) {
		return u.Code
	}
	return 0
}

// overruled tells whether an exit code that nobody knows is told of and no more: the new session of the log came to a good end, and the
// version is higher. What the agent's own set-up returns when its window is closed is written nowhere.
func (u Upgrade) overruled(code uint32, after *computer.Product) bool {
	_, told := codeWords()[code]
	last := u.Log.LastSession
	clean := u.NewLog && last.HasCode && goodCode(uint32(last.Code)) && last.Warnings == 0 && last.Error.Number == 0
	return !told && (code < 1600 || code >= 1700) && // Windows Installer's own (winerror.h)
		clean && after != nil && olderVersion(u.Before, after.Version)
}

func exitCodeUnknown(code uint32) screen.Problem {
	return screen.Problem{Code: screen.CodeExitCodeUnknown, Message: fmt.Sprintf("the installer ended with code %d, which nobody has described; the log and the version say that the upgrade went through", code),
		Cure: "nothing to do"}
}

func goodCode(c uint32) bool { return c == 0 || c == codeRestartDone || c == codeRestartNeeded }

// over tells whether a later session went through without a warning: what an earlier one said of its package is so no more.
func over(log logscan.PatchLog, w logscan.Warning) bool {
	last := log.LastSession
	return w.Session < log.Sessions && last.HasCode && goodCode(uint32(last.Code)) && last.Warnings == 0 && last.Error.Number == 0
}

// Restart tells whether a restart is all that is left.
func (u Upgrade) Restart() bool {
	is := func(c uint32) bool { return c == codeRestartDone || c == codeRestartNeeded }
	return u.HasCode && is(u.Code) || u.NewLog && u.Log.LastSession.HasCode && is(uint32(u.Log.LastSession.Code))
}

func ProductAfter(f Facts) *computer.Product {
	if f.Decision.Product == nil {
		return nil
	}
	for i, p := range f.Upgrade.After.Products {
		if p.ProductCode == f.Decision.Product.ProductCode {
			return &f.Upgrade.After.Products[i]
		}
	}
	for i, p := range f.Upgrade.After.Products {
		if computer.IsAgent(p) {
			return &f.Upgrade.After.Products[i]
		}
	}
	return nil
}

// notUpgraded tells that the installer ended without having upgraded: no session in the new part of the log that came to its end, and a
// version that is neither new nor the installer's own.
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

// olderVersion compares dotted numbers; a version that cannot be read is not older.
func olderVersion(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := 0; i < len(as) && i < len(bs); i++ {
		x, err1 := strconv.Atoi(as[i])
		y, err2 := strconv.Atoi(bs[i])
		if err1 != nil || err2 != nil {
			return false
		}
		if x != y {
			return x < y
		}
	}
	return false
}

func BackupService(u Upgrade) *computer.Service {
	if len(u.Services) == 0 {
		return nil
	}
	return &u.Services[0]
}

// serviceNotes is what is wrong with the services, beside what has been told already.
func serviceNotes(u Upgrade, told []screen.Problem) []screen.Problem {
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
		case s.State == "running", i == 0 && hasCode(told, screen.CodeServiceStopped), i == 0 && s.State == "start pending":
		case i == 0:
			ps = append(ps, screen.Problem{Code: screen.CodeServiceStopped,
				Message: fmt.Sprintf("the backup service %s is %s: scheduled backups cannot run", s.Name, s.State), Cure: "start it: net start " + s.Name})
		default:
			ps = append(ps, screen.Problem{Code: screen.CodeServiceStopped,
				Message: fmt.Sprintf("the service %s is %s", s.Name, s.State), Cure: "start it: net start " + s.Name})
		}
	}
	return ps
}

// notAccepted says why Windows Installer did not take the copy.
func notAccepted(f Facts, w logscan.Warning) screen.Problem {
	name, kind, is := w.ID+".msi", cache.KindPackage, warningWords[w.Kind]
	if w.Kind == logscan.LostPatch {
		name, kind, is = disk.Base(w.Path), cache.KindPatch, "could not be found"
	}
	return screen.Problem{Code: screen.CodeCopyNotAccepted,
		Message: fmt.Sprintf("the upgrade failed with %d and names %s again: the cached %s %s", code1612, name, kind, is),
		Then:    screen.Support}
}

// copiedTo tells whether this walk put a file under that name.
func (f Facts) copiedTo(path string) bool {
	return slices.ContainsFunc(f.Copies(), func(c Copied) bool { return c.Done && disk.SamePath(c.To, path) })
}

// backForLost says which files are still lost after the upgrade, and goes round again for them with one key.
func backForLost(f Facts) finding {
	l := f.Upgrade.Lost[0]
	m := fmt.Sprintf("the upgrade did not go through, and the %s %s is still lost", l.Kind, l.Place)
	if l.Name != "" && l.Kind == cache.KindPatch {
		m += " (" + l.Name + ")"
	}
	if n := len(f.Upgrade.Lost) - 1; n > 0 {
		m += fmt.Sprintf(", and %s more", screen.Count(int64(n), "file", "files"))
	}
	if !f.knewLost(l) && l.Kind == cache.KindPackage {
		m = fmt.Sprintf("the upgrade now misses another package of the product: %s", disk.Base(l.Place))
	}
	return finding{state: screen.NeedsYou, refused: true, problems: []screen.Problem{{Code: lostCode(l), Message: m,
		Cure: "the same steps put it back as well", Then: screen.GoOn}},
		enter: nextRound()}
}

// lostCode is the code of the problem that a file is still lost after the upgrade.
func lostCode(l LostFile) screen.Code {
	if l.Kind == cache.KindPatch {
		return screen.CodePatchMissing
	}
	return screen.CodeAnotherPackage
}

// knewLost tells whether step 5 had named a lost file.
func (f Facts) knewLost(l LostFile) bool {
	return slices.ContainsFunc(f.Lost(), func(k LostFile) bool { return disk.SamePath(k.Place, l.Place) })
}

// anotherPackage goes round again from step 2.
func anotherPackage(w logscan.Warning) finding {
	return finding{state: screen.NeedsYou, refused: true, problems: []screen.Problem{{Code: screen.CodeAnotherPackage,
		Message: fmt.Sprintf("the upgrade now needs another lost package of the same product: %s.msi", w.ID),
		Cure:    "the same steps put it back as well", Then: screen.GoOn}},
		enter: nextRound()}
}

// codeWord is what an exit code means, and what to do about it.
type codeWord struct {
	means, cure string
	then        screen.Then
}

// codeWords are the codes of Windows Installer that are worth words of their own (Microsoft: MsiExec.exe and InstMsi.exe error messages).
func codeWords() map[uint32]codeWord {
	return map[uint32]codeWord{
		1602:       {"it was cancelled", "", screen.RunAgain},
		1603:       {"a fatal error during installation", "look for \"Return value 3\" in the log", screen.Support},
		code1612:   {"source not available", "", screen.Support},
		1618:       {"another installation runs", "wait until it has ended", screen.LookAgain},
		1619:       {"the package could not be opened", "download the installer again", screen.LookAgain},
		1620:       {"the package is not a valid one", "download the installer again", screen.LookAgain},
		1635:       {"the patch package could not be opened", "download the installer again", screen.LookAgain},
		1636:       {"the patch package is not valid", "download the installer again", screen.LookAgain},
		1642:       {"the patch does not fit the installed product", "get the installer that fits the installed version", screen.Nothing},
		1706:       {"no valid source could be found", "", screen.Support},
		1714:       {"the older version could not be removed", "", screen.Support},
		0x80070005: {"access was denied", "look for \"denied\" in the log: a virus scanner, or rights that somebody has changed", screen.Support},
	}
}

func upgradeFailed(code uint32, f Facts) screen.Problem {
	w, known := codeWords()[code]
	if !known {
		w = codeWord{means: "not a code of Windows Installer that the article knows", then: screen.Support}
	}
	m := fmt.Sprintf("the upgrade failed with %d: %s", code, w.means)
	if f.Upgrade.NewLog {
		m += fmt.Sprintf(" (log: %s)", f.PatchLog.Path)
	}
	return screen.Problem{Code: screen.CodeUpgradeFailed, Message: m, Cure: w.cure, Then: w.then}
}
