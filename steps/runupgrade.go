package steps

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"marsfix/logscan"
	"marsfix/steps/disk"
)

const (
	upgradePoll  = 500 * time.Millisecond
	serviceLimit = 5 * time.Minute // for the backup service to start after an upgrade
)

// Exit codes of Windows Installer that are no failure (winerror.h).
const (
	codeRestartDone   = 1641 // ERROR_SUCCESS_REBOOT_INITIATED
	codeRestartNeeded = 3010 // ERROR_SUCCESS_REBOOT_REQUIRED
	code1612          = 1612 // ERROR_INSTALL_SOURCE_ABSENT
)

func lookRunUpgrade(ctx context.Context, l Looker, f Facts, e env) Facts {
	if f.needless() {
		return f
	}
	u := f.Upgrade
	if f.Choices.Packing {
		return lookPacking(ctx, l, f, e)
	}
	switch {
	case !u.Begun:
		f = lookWizards(ctx, l, f, e)
		f.Busy = busyNow(ctx, l)
		f.Installers = []Program{inspectProgram(ctx, l, or(f.Choices.Installer, f.Start.Program))}
	case !u.Ended:
		f = lookRunning(ctx, l, f, e)
	}
	if f.Upgrade.Ended {
		f = lookOutcome(ctx, l, f, e)
	}
	return f
}

// lookRunning asks whether the upgrade has come to its end: nothing of it runs, no wizard is open, Windows Installer is idle.
func lookRunning(ctx context.Context, l Looker, f Facts, e env) Facts {
	f = lookWizards(ctx, l, f, e)
	f.Busy = busyNow(ctx, l)
	m, ok := l.(Machine)
	if !ok {
		return f
	}
	run, err := m.Follow(ctx, f.Upgrade.PID)
	if err != nil && !errors.Is(err, ErrSilent) {
		f.Trouble = &Problem{"follow-failed", fmt.Sprintf("cannot follow the installer, process %d: %v", f.Upgrade.PID, err), "wait for its end yourself, then press r"}
	}
	if len(run.Processes) == 0 && (run.Ended || err != nil) && len(f.Wizards) == 0 && !f.Busy {
		f.Upgrade.Ended, f.Upgrade.EndedAt = true, e.now
		f.Upgrade.Code, f.Upgrade.HasCode = run.Code, run.Ended
	}
	return f
}

// lookOutcome reads what the upgrade left behind: the new part of the log, the registration, the services.
func lookOutcome(ctx context.Context, l Looker, f Facts, e env) Facts {
	u := f.Upgrade
	u.Judged = true
	u.After = lookRegistration(ctx, l)
	u.Services, _ = l.Services(ctx) // services that cannot be asked are shown as not known
	lf := lookLog(l, f, f.Given.PatchLog, patchLogName, "--patch-log")
	from := int64(0)
	if lf.Info.ID == u.LogID && lf.Info.Size >= u.LogSize && logTail(l.Disk(), lf, u.LogSize) == u.LogTail {
		from = u.LogSize
	}
	u.NewLog = lf.Read && lf.Info.Size > from
	if u.NewLog {
		log, err := scanPatch(ctx, l, lf.Path, f.About.WindowsNames, from, e.report)
		if err != nil {
			f.Trouble = logProblem(lf.Path, patchLogName, "--patch-log", err)
		}
		u.Log = log
	}
	f.PatchLog = lf
	f.Upgrade = u
	return f
}

// tailBytes is how much of a log before its noted end tells whether it was only appended to.
const tailBytes = 4 << 10

// logTail is a hash of a log's last bytes before a place; empty when they cannot be read.
func logTail(d disk.Reader, lf LogFile, end int64) string {
	if !lf.Read {
		return ""
	}
	file, err := d.Open(lf.Path, disk.ShareAll)
	if err != nil {
		return "" // read as changed: the whole log counts as new
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	from := max(0, end-tailBytes)
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(file, from, end-from)); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

// doRun starts the installer for the upgrade itself, after noting what to compare with.
func doRun(ctx context.Context, m Machine, f Facts, e env) Facts {
	lf := lookLog(m, f, f.Given.PatchLog, patchLogName, "--patch-log")
	tail := logTail(m.Disk(), lf, lf.Info.Size)
	l, trouble := launch(ctx, m, f, f.Installers[0], e)
	if trouble != nil {
		f.Trouble = trouble
		return f
	}
	f.Upgrade = Upgrade{Begun: true, PID: l.pid, At: e.now, LogID: lf.Info.ID, LogSize: lf.Info.Size, LogTail: tail, Staged: l.staged}
	if f.Decision.Product != nil {
		f.Upgrade.Before = f.Decision.Product.Version
	}
	return f
}

func judgeRunUpgrade(f Facts, now time.Time) finding {
	u := f.Upgrade
	switch {
	case f.needless():
		return finding{state: Done}
	case f.Choices.Packing:
		return judgePacking(f)
	case f.Trouble != nil:
		return finding{state: Failed, problems: []Problem{*f.Trouble}}
	case !u.Begun:
		return askRun(f, now)
	case !u.Ended:
		return finding{state: Looking, poll: upgradePoll, doing: "waiting for the upgrade to end: press Next, then Upgrade in its window"}
	}
	fd := judgeOutcome(f, now)
	if fd.state != Looking {
		fd.other = zipMove()
	}
	return fd
}

func askRun(f Facts, now time.Time) finding {
	pr := f.Installers[0]
	switch {
	case len(f.Wizards) > 0 && !f.Choices.WizardLeft:
		return wizardOpen(f, now)
	case !f.About.Elevated:
		return finding{state: Failed, problems: []Problem{needsElevation("running the upgrade")}}
	case pr.Trouble != nil:
		return finding{state: Failed, problems: []Problem{*pr.Trouble}}
	case f.Busy:
		return finding{state: Looking, poll: busyPoll, doing: "waiting: another Windows Installer transaction runs"}
	}
	fd := finding{state: Asking}
	if p := programRisk(pr); p != nil {
		fd.problems = []Problem{*p}
	}
	fd.question = &Question{Kind: Confirm, Prompt: fmt.Sprintf("Run %s now? In its window press Next, then Upgrade; marsfix waits for its end.", baseOf(pr.Path)), Verb: "run"}
	fd.answer = func(f Facts, _ Answer) (Facts, next) { return f, next{act: actRun} }
	return fd
}

// judgeOutcome says whether the upgrade went through, and what is wrong now when it did not.
func judgeOutcome(f Facts, now time.Time) finding {
	u := f.Upgrade
	fail := func(p Problem) finding { return finding{state: Failed, problems: []Problem{p}} }
	rerun := func(p Problem) finding {
		fd := fail(p)
		fd.again = func(f Facts) Facts { f.Upgrade = Upgrade{}; return f }
		return fd
	}
	if w := namedNow(u.Log); w != nil {
		if strings.EqualFold(w.ID, f.Decision.ID) {
			return rerun(notAccepted(f, *w))
		}
		return anotherPackage(*w)
	}
	if len(u.Log.Patches) > 0 {
		return rerun(lostPatch(u.Log.Patches[0].Path, ""))
	}
	if code := u.failure(); code != 0 {
		return rerun(upgradeFailed(code, f))
	}
	after := productAfter(f)
	if after != nil && olderVersion(after.Version, u.Before) {
		return fail(Problem{"version-lower", fmt.Sprintf("the registered version is %s now, before it was %s", after.Version, u.Before), contactSupport})
	}
	if notUpgraded(f, after) {
		return rerun(Problem{"not-upgraded", "the installer has ended, but nothing was upgraded: the registered version is still " + or(u.Before, "unknown"),
			"press r to run it again: in its window press Next, then Upgrade"})
	}
	if s := backupService(u); s != nil && s.State != "running" && s.State != "" {
		if gone := now.Sub(u.EndedAt); gone >= 0 && gone < serviceLimit { // a clock that was set back makes nobody wait longer
			return finding{state: Looking, poll: time.Second, limit: serviceLimit, doing: "waiting for " + s.Name + " to run (" + s.State + ")"}
		}
		if s.State != "start pending" {
			return fail(Problem{"service-stopped", fmt.Sprintf("the upgrade went through, but the backup service %s is %s", s.Name, s.State), "start it: net start " + s.Name})
		}
	}
	return finding{state: Done, problems: serviceNotes(u)}
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
func (u Upgrade) failure() int {
	if u.NewLog && u.Log.LastSession.HasCode {
		if c := u.Log.LastSession.Code; !goodCode(c) {
			return c
		}
	}
	if u.NewLog && u.Log.LastSession.Error.Number > 0 {
		return code1612
	}
	if u.HasCode && !goodCode(int(u.Code)) {
		return int(u.Code)
	}
	return 0
}

func goodCode(c int) bool { return c == 0 || c == codeRestartDone || c == codeRestartNeeded }

// restart tells whether a restart is all that is left.
func (u Upgrade) restart() bool {
	is := func(c int) bool { return c == codeRestartDone || c == codeRestartNeeded }
	return u.HasCode && is(int(u.Code)) || u.NewLog && u.Log.LastSession.HasCode && is(u.Log.LastSession.Code)
}

func productAfter(f Facts) *Product {
	if f.Decision.Product == nil {
		return nil
	}
	for i, p := range f.Upgrade.After.Products {
		if p.ProductCode == f.Decision.Product.ProductCode {
			return &f.Upgrade.After.Products[i]
		}
	}
	for i, p := range f.Upgrade.After.Products {
		if isMARS(p) {
			return &f.Upgrade.After.Products[i]
		}
	}
	return nil
}

// notUpgraded tells that the installer ended without having upgraded: nothing new in the log, and a version that is neither new nor
// the installer's own.
func notUpgraded(f Facts, after *Product) bool {
	if f.Upgrade.NewLog || after == nil || after.Version != f.Upgrade.Before {
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

func backupService(u Upgrade) *Service {
	if len(u.Services) == 0 {
		return nil
	}
	return &u.Services[0]
}

func serviceNotes(u Upgrade) []Problem {
	var ps []Problem
	for i, s := range u.Services {
		switch {
		case s.State == "":
			ps = append(ps, Problem{"service-not-installed", fmt.Sprintf("the service %s is not installed", s.Name), "nothing to do if this agent has no such service"})
		case i > 0 && s.State != "running":
			ps = append(ps, Problem{"service-stopped", fmt.Sprintf("the service %s is %s", s.Name, s.State), "start it: net start " + s.Name})
		}
	}
	return ps
}

const contactSupport = "contact Microsoft Support, as the article says; press s for one zip with logs and report"

// notAccepted says why Windows Installer did not take the copy.
func notAccepted(f Facts, w logscan.Warning) Problem {
	return Problem{"copy-not-accepted", fmt.Sprintf("the upgrade failed with %d and names %s.msi again: the cached package %s", code1612, w.ID, warningWords[w.Kind]), contactSupport}
}

// anotherPackage goes round again from step 2.
func anotherPackage(w logscan.Warning) finding {
	return finding{state: NeedsYou, refused: true, problems: []Problem{{"another-package", fmt.Sprintf("the upgrade now misses another package of the product: %s.msi", w.ID),
		"press Enter: the same steps put it back as well"}},
		enter: &move{"again from step 2", "", func(f Facts) (Facts, next) { return f, next{jump: newRound} }}}
}

// codeWords are the codes of Windows Installer that are worth words of their own (Microsoft: MsiExec.exe and InstMsi.exe error messages).
var codeWords = map[int]struct{ means, hint string }{
	1602:       {"it was cancelled", "press r and run it again; in its window press Next, then Upgrade"},
	1603:       {"a fatal error during installation", "look for \"Return value 3\" in the log (press l); " + contactSupport},
	code1612:   {"the source of the installation is not available", contactSupport},
	1618:       {"another installation runs", "wait until it has ended, then press r"},
	1619:       {"the package could not be opened", "download the installer again, then press r"},
	1620:       {"the package is not a valid one", "download the installer again, then press r"},
	1635:       {"the patch package could not be opened", "download the installer again, then press r"},
	1636:       {"the patch package is not valid", "download the installer again, then press r"},
	1642:       {"the patch does not fit the installed product", "get the installer that fits the installed version"},
	1706:       {"no valid source could be found", contactSupport},
	1714:       {"the older version could not be removed", contactSupport},
	0x80070005: {"access was denied", "start marsfix in a console opened with Run as administrator"},
}

func upgradeFailed(code int, f Facts) Problem {
	w, known := codeWords[code]
	if !known {
		w.means, w.hint = "not a code of Windows Installer that the article knows", contactSupport
	}
	m := fmt.Sprintf("the upgrade failed with %d: %s", code, w.means)
	if f.Upgrade.NewLog {
		m += fmt.Sprintf(" (log: %s)", f.PatchLog.Path)
	}
	return Problem{"upgrade-failed", m, w.hint}
}

func showRunUpgrade(f Facts) view {
	u := f.Upgrade
	v := view{}
	if f.PatchLog.Read && f.PatchLog.Info.Size > 0 && u.Judged {
		v.log = &LogRef{Path: f.PatchLog.Path, Offset: u.LogSize}
	}
	if f.Choices.Packing {
		return view{rows: f.Packing}
	}
	switch {
	case f.needless():
		v.rows = append(needlessRows(f), Row{Label: "next", Value: "if the update has not been run since, run its installer as usual"})
		return v
	case !u.Begun:
		if len(f.Installers) > 0 {
			v.rows = programRows(f.Installers[0])
		}
		if f.Copied.Done {
			v.rows = append(v.rows, Row{Label: "in place", Value: f.Copied.To, Note: "verified", Tone: Good})
		}
		return v
	}
	v.rows = append(v.rows, Row{Label: "started", Value: or(programPath(f), "the installer"), Note: clock(u.At)})
	if !u.Judged {
		return v
	}
	v.rows = append(v.rows, outcomeRows(f)...)
	return v
}

func programPath(f Facts) string {
	if len(f.Installers) == 0 {
		return ""
	}
	return f.Installers[0].Path
}

// outcomeRows is what the last screen says of an upgrade that has ended.
func outcomeRows(f Facts) []Row {
	u := f.Upgrade
	var rows []Row
	if u.HasCode {
		rows = append(rows, Row{Label: "ended", Value: fmt.Sprintf("%s with code %d", clock(u.EndedAt), u.Code)})
	}
	if u.restart() {
		rows = append(rows, Row{Label: "restart", Value: "a restart completes the upgrade", Tone: Warn})
	}
	if p := productAfter(f); p != nil {
		r := Row{Label: "version", Value: p.Version}
		if u.Before != "" && u.Before != p.Version {
			r.Value, r.Note, r.Tone = versions(u.Before, p.Version), "upgraded", Good
		}
		rows = append(rows, r)
	}
	rows = append(rows, logRow(u))
	for i, s := range u.Services {
		r := Row{Label: "service", Value: s.Name + " " + or(s.State, "is not installed")}
		if i == 0 && s.State == "running" {
			r.Note, r.Tone = "the next scheduled backup will run", Good
		}
		rows = append(rows, r)
	}
	for _, c := range append(append([]Copied{}, f.Past...), f.Copied) {
		if c.Done {
			rows = append(rows, Row{Label: "put back", Value: c.To})
		}
		if c.Aside != "" {
			rows = append(rows, Row{Label: "set aside", Value: c.Aside})
		}
	}
	if f.Packed != "" {
		rows = append(rows, Row{Label: "zip", Value: f.Packed, Tone: Good})
	}
	return append(rows, Row{Label: "undo", Value: "marsfix undo", Extra: true})
}

func logRow(u Upgrade) Row {
	switch {
	case !u.NewLog:
		return Row{Label: "log", Value: "nothing new in " + patchLogName}
	case u.Log.LastSession.Warnings > 0:
		return Row{Label: "log", Value: count(u.Log.LastSession.Warnings, "new warning", "new warnings") + " of cached packages", Tone: Bad}
	}
	return Row{Label: "log", Value: "no warning and no error in its new session", Tone: Good}
}
