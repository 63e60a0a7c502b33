package look

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
	"marsfix/steps/screen"
)

// Exit codes of Windows Installer that are no failure (winerror.h).
const (
	codeRestartDone   = 1641 // ERROR_SUCCESS_REBOOT_INITIATED
	codeRestartNeeded = 3010 // ERROR_SUCCESS_REBOOT_REQUIRED
	Code1612          = 1612 // ERROR_INSTALL_SOURCE_ABSENT
)

// RunUpgrade looks at the installer, then at the upgrade, then at what it left behind (step 12).
func RunUpgrade(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	u := f.Upgrade
	switch {
	case !u.Begun:
		f.InPlace = InPlace{} // asked anew after each look
		f = Wizards(ctx, l, f, e)
		f = Busy(ctx, l, f)
		f.Installers = []installer.Program{finalProgram(ctx, l, f)}
		if f.Choices.Browse != "" {
			f = browse(l.Disk(), f, ".exe")
		}
		if !f.About.Desktop {
			f = lookForUpgrade(ctx, l, f, e)
		}
	case !u.Ended:
		f = lookRunning(ctx, l, f, e)
	}
	if f.Upgrade.Ended {
		f = lookOutcome(ctx, l, f, e)
	}
	return f
}

// finalProgram is the installer that the upgrade is run with: the one that was chosen, or the program of the wizard
// that ran already.
func finalProgram(ctx context.Context, l computer.Looker, f Facts) installer.Program {
	if f.Choices.Installer != "" {
		return installer.Inspect(ctx, l, f.Choices.Installer)
	}
	if _, err := disk.StatOwn(l.Disk(), f.Start.Program); err != nil {
		return installer.Program{Path: f.Start.Program, Trouble: installer.ProgramProblem(f.Start.Program, err)}
	}
	return installer.Inspect(ctx, l, f.Start.Program)
}

// lookOutcome reads what the upgrade left behind: the new part of the log, the registration, the services.
func lookOutcome(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	u := f.Upgrade
	u.Judged = true
	if u.EndedAt.IsZero() {
		u.EndedAt = e.Now
	}
	if u.After = computer.ReadRegistration(ctx, l); u.After.Silent && f.Decision.Product != nil {
		f.Trouble = u.After.Unread()
	}
	u.Lost = lostAfter(l.Disk(), f, u)
	services, err := l.Services(ctx)
	u.Services, u.ServicesUnseen = services, nil
	if err != nil {
		u.Services, u.ServicesUnseen = nil, servicesUnread(err)
	}
	f.PatchLog = findPatchLog(ctx, l, f)
	f.Upgrade = u
	u, p := readNew(ctx, l, f, e)
	if p != nil {
		f.Trouble = p
	}
	f.Upgrade = u
	return f
}

// lostAfter are the files that the product, as it is registered now, has lost.
func lostAfter(d disk.Reader, f Facts, u Upgrade) []LostFile {
	f.Registration, f.Upgrade.After, f.Patch = u.After, u.After, logscan.PatchLog{}
	p := ProductAfter(f)
	if p == nil || p.LocalPackage == "" {
		return nil // without a registration the log alone says what is lost
	}
	f.Cache = lookCache(d, f)
	id := cache.ID(f.About.WindowsDir, p.LocalPackage, cache.KindPackage)
	gone := f.missing(p.LocalPackage) || f.Unusable(p.LocalPackage) != ""
	f.Decision = Decision{Verdict: RepairNeeded, ID: id, Path: cache.Path(f.About.WindowsDir, id, cache.KindPackage),
		Usable: !gone, Product: p}
	files, _ := lostFiles(f) // the next round tells of those whose place cannot be composed
	return files
}

// readNew reads what is new in the log since the upgrade was begun. The problem says why that cannot be read.
func readNew(ctx context.Context, l computer.Looker, f Facts, e Env) (Upgrade, *screen.Problem) {
	u, lf := f.Upgrade, f.PatchLog
	from := int64(0)
	if lf.Info.ID == u.logID && lf.Info.Size >= u.LogSize {
		tail, err := logTail(l.Disk(), f.Given, lf, u.LogSize)
		if err != nil {
			return u, logProblem(lf.Path, PatchLogName, err)
		}
		if tail == u.logTail {
			from = u.LogSize
		}
	}
	u.NewLog, u.Log = lf.Read && lf.Info.Size > from, logscan.PatchLog{}
	if !u.NewLog {
		return u, lf.Unread()
	}
	log, err := f.scan(ctx, l, lf, logscan.PatchOptions{From: from, Windows: f.About.WindowsNames}, e.Report)
	if err != nil {
		return u, logProblem(lf.Path, PatchLogName, err)
	}
	u.Log = log
	return u, nil
}

// tailBytes is how much of the log before its noted end is compared to know that it was only appended to.
const tailBytes = 4 << 10

// logTail is a hash of a log's last bytes before a place; empty where there is no log.
func logTail(d disk.Reader, g Given, lf LogFile, end int64) (string, error) {
	if !lf.Read {
		return "", nil
	}
	file, _, err := g.Open(d, lf.Path)
	if err != nil {
		return "", err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	from := max(0, end-tailBytes)
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(file, from, end-from)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
