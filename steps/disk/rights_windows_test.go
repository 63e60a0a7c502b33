package disk

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"
)

// Windows reads the same texts as the table, and the same comes of them.
func TestWindowsReadsOwnersAndRights(t *testing.T) {
	for _, tt := range ownership {
		sd, err := windows.SecurityDescriptorFromString(tt.sddl)
		if err != nil {
			t.Errorf("%s: %v", tt.sddl, err)
			continue
		}
		r, err := rightsIn(sd)
		if err != nil {
			t.Errorf("%s: %v", tt.sddl, err)
			continue
		}
		if err := wantFlaw(tt.sddl, r.flaw(""), tt.flaw); err != nil {
			t.Error(err)
		}
	}
	sd, err := windows.NewSecurityDescriptor()
	if err != nil {
		t.Fatal(err)
	}
	admins, err := windows.StringToSid(sidAdministrators)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sd.SetOwner(admins, false), sd.SetDACL(nil, true, false)); err != nil {
		t.Fatal(err)
	}
	r, err := rightsIn(sd)
	if err != nil {
		t.Fatal(err)
	}
	if err := wantFlaw("no list at all", r.flaw(""), OpenToOthers); err != nil {
		t.Error(err)
	}
}

// What is made shows no right of anybody but SYSTEM, Administrators and, where the file system keeps no owners, the own
// account.
func TestWindowsMakesPrivateThings(t *testing.T) {
	d := NewLocal()
	own, err := d.MakePrivate(filepath.Join(t.TempDir(), "data", "marsfix"))
	NeedOwner(t, err)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(own.Close)
	run, err := own.Make("run-1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(run.Close)
	created, err1 := own.Create("report")
	added, err2 := own.Append("journal")
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(created.Close(), added.Close()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{own.Path(), run.Path(), filepath.Join(own.Path(), "report"),
		filepath.Join(own.Path(), "journal")} {
		r := shown(t, path)
		for _, e := range r.entries {
			if e.sid != sidSystem && e.sid != sidAdministrators && e.sid != r.owner {
				t.Errorf("%s grants something to %s: %+v", path, e.sid, r)
			}
		}
	}
}

// shown are the rights of what stands under a path.
func shown(t *testing.T, path string) rights {
	t.Helper()
	h, err := openHandle(path, windows.READ_CONTROL, shareAny, backupSemantics|openLink)
	if err != nil {
		t.Fatal(err)
	}
	f := os.NewFile(uintptr(h), path)
	defer f.Close()
	r, err := rightsOf(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Users are given rights to a private folder and to files in it: neither is taken any more, nor written on.
func TestWindowsRefusesWhatOthersCanWriteTo(t *testing.T) {
	d := NewLocal()
	dir := filepath.Join(t.TempDir(), "marsfix")
	own, err := d.MakePrivate(dir)
	NeedOwner(t, err)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(own.Close)
	journal, err := own.Append("journal")
	if err != nil {
		t.Fatal(err)
	}
	run, err := own.Make("run-1")
	if err := errors.Join(err, journal.Close()); err != nil {
		t.Fatal(err)
	}
	run.Close()
	open(t, filepath.Join(dir, "journal"))
	open(t, filepath.Join(dir, "run-1"))
	_, read := own.Open("journal")
	_, add := own.Append("journal")
	_, enter := own.Enter("run-1")
	_, make := own.Make("run-1")
	open(t, dir)
	_, openDir := d.OpenPrivate(dir)
	_, makeDir := d.MakePrivate(dir)
	for i, err := range []error{read, add, enter, make, openDir, makeDir} {
		if err := wantFlaw([]string{"Open", "Append", "Enter", "Make", "OpenPrivate", "MakePrivate"}[i], err,
			OpenToOthers); err != nil {
			t.Error(err)
		}
	}
}

// open lets everybody write to a file or folder. Wine keeps that as the mode of the file.
func open(t *testing.T, path string) {
	t.Helper()
	sd, err := windows.SecurityDescriptorFromString("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)")
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := sd.DACL()
	if err != nil {
		t.Fatal(err)
	}
	const asked = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	if err := windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, asked, nil, nil, list, nil); err != nil {
		t.Fatal(err)
	}
}

// A folder that is held keeps its name, and so does every folder above it.
func TestWindowsHoldsAFolder(t *testing.T) {
	up := filepath.Join(t.TempDir(), "up")
	own, err := NewLocal().MakePrivate(filepath.Join(up, "marsfix"))
	NeedOwner(t, err)
	if err != nil {
		t.Fatal(err)
	}
	if os.Rename(own.Path(), own.Path()+".old") == nil {
		t.Error("a held folder was renamed")
	}
	if os.Remove(own.Path()) == nil {
		t.Error("a held folder was removed")
	}
	own.Close()
	if err := os.Rename(own.Path(), own.Path()+".old"); err != nil {
		t.Error(err)
	}
}

func TestWindowsTrustsSystemAccounts(t *testing.T) {
	for sid, want := range map[string]Trust{
		sidSystem:            Trusted,
		sidAdministrators:    Trusted,
		sidTrustedInstaller:  Trusted,
		sidEveryone:          Unknown,
		"S-1-5-32-545":       Unknown, // Users, a group
		"S-1-5-21-1-2-3-500": Unknown, // an account of a domain that nobody knows
		"S-1-5-80-1-2-3-4-5": Unknown,
		"S-1-5-19":           Unknown,
	} {
		s, err := windows.StringToSid(sid)
		if err != nil {
			t.Fatal(err)
		}
		if got := trustOf(s); got != want {
			t.Errorf("%s is %d, want %d", sid, got, want)
		}
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	if trustOf(user.User.Sid) != Trusted {
		t.Error("the own account is not trusted")
	}
}
