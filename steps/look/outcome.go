package look

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Failure is the code with which the upgrade failed, 0 when it did not: the log's word goes before the exit code of the
// wizard.
func (u Upgrade) Failure() uint32 {
	if u.NewLog && u.Log.LastSession.HasCode {
		if c := u.Log.LastSession.Code; !logscan.Good(c) {
			return uint32(c)
		}
	}
	if u.NewLog && u.Log.LastSession.Error.Number > 0 {
		return Code1612
	}
	if u.HasCode && !logscan.Good(int(u.Code)) {
		return u.Code
	}
	return 0
}

// Overruled reports whether an exit code without a known meaning is only mentioned, and the upgrade counts as good: the
// log's new session ended well, and the version is higher. (What the agent's set-up returns when its window is closed
// is documented nowhere.)
func (u Upgrade) Overruled(code uint32, after *computer.Product) bool {
	_, told := CodeWords()[code]
	clean := u.NewLog && u.Log.LastSession.WentThrough()
	return !told && (code < 1600 || code >= 1700) && // Windows Installer's own (winerror.h)
		clean && after != nil && OlderVersion(u.Before, after.Version)
}

// Restart reports whether a restart is all that is left.
func (u Upgrade) Restart() bool {
	is := func(c uint32) bool { return c == codeRestartDone || c == codeRestartNeeded }
	return u.HasCode && is(u.Code) || u.NewLog && u.Log.LastSession.HasCode && is(uint32(u.Log.LastSession.Code))
}

// ProductAfter is the repaired product as it is registered after the upgrade, by its code or, since an upgrade may
// change that, as the agent; nil when there is none.
func ProductAfter(f Facts) *computer.Product {
	if f.Decision.Product == nil {
		return nil
	}
	same := func(p computer.Product) bool { return p.ProductCode == f.Decision.Product.ProductCode }
	after := f.Upgrade.After.Products
	for _, is := range []func(computer.Product) bool{same, computer.IsAgent} {
		i := slices.IndexFunc(after, func(p computer.Product) bool { return is(p) && p.LocalPackage != "" })
		if i < 0 {
			i = slices.IndexFunc(after, is)
		}
		if i >= 0 {
			return &after[i]
		}
	}
	return nil
}

// VersionKnown reports whether the registration tells which version the upgrade has left.
func VersionKnown(f Facts) bool {
	p := ProductAfter(f)
	return p != nil && p.Version != ""
}

// Unproved is what of an upgrade that counts as successful was not proved, as a clause; empty: all was, and it may be
// called verified.
func Unproved(f Facts) string {
	u := f.Upgrade
	switch s := BackupService(u); {
	case u.ServicesUnseen != nil:
		return "marsfix could not check whether the backup service is running"
	case !VersionKnown(f):
		return "its version could not be checked"
	case !u.NewLog:
		return PatchLogName + " says nothing about it"
	case s != nil && s.State == "start pending":
		return "the backup service is still starting"
	case u.Said:
		return "marsfix did not see it end"
	}
	return ""
}

// OlderVersion reports whether version a is older than b, both dotted numbers. One that cannot be read is not older.
func OlderVersion(a, b string) bool {
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

// BackupService is the agent's backup service after the upgrade, nil when the services were not asked.
func BackupService(u Upgrade) *computer.Service {
	if len(u.Services) == 0 {
		return nil
	}
	return &u.Services[0]
}

// CopiedTo reports whether this walk put a file under that name.
func (f *Facts) CopiedTo(path string) bool {
	return slices.ContainsFunc(f.Copies(), func(c Copied) bool { return c.Done && disk.SamePath(c.To, path) })
}

// KnewLost reports whether step 5 had named a lost file.
func (f *Facts) KnewLost(l LostFile) bool {
	return slices.ContainsFunc(f.Lost(), func(k LostFile) bool { return disk.SamePath(k.Place, l.Place) })
}

// CodeWord is what an exit code means, and what to do about it.
type CodeWord struct {
	Means, Cure string
	Then        screen.Then
}

// CodeWords are the codes of Windows Installer that are worth words of their own (Microsoft: MsiExec.exe and
// InstMsi.exe error messages).
func CodeWords() map[uint32]CodeWord {
	return map[uint32]CodeWord{
		1602:     {"it was cancelled", "", screen.RunAgain},
		1603:     {"a fatal error during installation", "look for \"Return value 3\" in the log", screen.Support},
		Code1612: {"source not available", "", screen.Support},
		1618:     {"another installation is running", "wait until it has ended", screen.LookAgain},
		1619:     {"the package could not be opened", "download the installer again", screen.LookAgain},
		1620:     {"the package is not a valid one", "download the installer again", screen.LookAgain},
		1635:     {"the patch package could not be opened", "download the installer again", screen.LookAgain},
		1636:     {"the patch package is not valid", "download the installer again", screen.LookAgain},
		1642: {"the patch does not fit the installed product",
			"get the installer that fits the installed version", screen.Nothing},
		1706: {"no valid source could be found", "", screen.Support},
		1714: {"the older version could not be removed", "", screen.Support},
		0x80070005: {"access was denied",
			"look for \"denied\" in the log: a virus scanner, or rights that somebody has changed", screen.Support},
	}
}

// ExitCode is a code with what it means, where that is known.
func ExitCode(code uint32) string {
	if w, known := CodeWords()[code]; known {
		return fmt.Sprintf("%d (%s)", code, w.Means)
	}
	return fmt.Sprint(code)
}

// Because is why another round begins, in a sentence.
func Because(f Facts) string {
	lost, how := "", "is lost as well"
	if u := f.Upgrade; len(u.Lost) > 0 {
		lost = disk.Base(u.Lost[0].Place)
		if f.KnewLost(u.Lost[0]) {
			how = "is still lost"
		}
		if n := len(u.Lost) - 1; n > 0 {
			lost += " and " + screen.Count(int64(n), "more file", "more files")
			how = "are" + strings.TrimPrefix(how, "is")
		}
	} else if len(u.Log.Named) > 0 {
		lost = u.Log.Named[0].ID + ".msi"
	}
	return fmt.Sprintf("The steps begin again: the upgrade showed that %s %s.", lost, how)
}
