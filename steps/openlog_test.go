package steps_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/look"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// rowOf is the first row with a label; the zero Row where there is none.
func rowOf(sc screen.Screen, label string) screen.Row {
	for _, r := range sc.Rows {
		if r.Label == label {
			return r
		}
	}
	return screen.Row{}
}

// Of several logs the one with the latest session counts, wherever it lies and whenever its file was written; the
// others are named. The file's time counts where the headers do not tell, and it is said that the order is not known.
func TestTheLatestLogCounts(t *testing.T) {
	const elsewhere, header = `C:\Windows\SystemTemp\OBPatch.log`, "3/4/2026"
	for name, tt := range map[string]struct {
		text  string
		newer bool // the file
		used  string
		label string // of the other
	}{
		"a later session in an older file": {strings.ReplaceAll(session("4a91c3"), header, "3/4/2126"),
			false, elsewhere, "older"},
		"an earlier session in a newer file": {strings.ReplaceAll(session("4a91c3"), header, "3/4/2016"), true,
			walktest.PatchLog, "older"},
		"no session in a newer file":          {"nothing\r\n", true, walktest.PatchLog, "other"},
		"nothing but padding in a newer file": {strings.Repeat("\x00", 4096), true, walktest.PatchLog, "other"},
		"an unreadable date in a newer file": {strings.ReplaceAll(session("4a91c3"), header, "today"),
			true, elsewhere, "other"},
		"an unreadable date in an older file": {strings.ReplaceAll(session("4a91c3"), header, "today"), false,
			walktest.PatchLog, "other"},
	} {
		r, e := walktest.OnRig(t, "missing")
		in, err := os.Stat(r.Host(walktest.PatchLog))
		if err != nil {
			t.Fatal(err)
		}
		written := in.ModTime().Add(-time.Hour)
		if tt.newer {
			written = in.ModTime().Add(time.Hour)
		}
		at := r.Host(elsewhere)
		if err := errors.Join(os.WriteFile(at, walktest.Wide("\ufeff"+tt.text), 0o644),
			os.Chtimes(at, written, written)); err != nil {
			t.Fatal(err)
		}
		e.Press()
		sc := e.Walk.Screen()
		other := strings.Replace(walktest.PatchLog+elsewhere, tt.used, "", 1)
		if file, older := rowOf(sc, "log"), rowOf(sc, tt.label); sc.Step != 2 || file.Value != tt.used ||
			older.Value != other {
			t.Errorf("%s: step %d reads %q and names %q, want %q and %q", name, sc.Step, file.Value, older.Value,
				tt.used, other)
		}
	}
}

// owned is a computer on which every file belongs to one account.
type owned struct {
	*walktest.Rig
	owner disk.Owner
}

type ownedDisk struct {
	disk.Reader
	owner disk.Owner
}

func (o owned) Disk() disk.Reader { return ownedDisk{o.Rig.Disk(), o.owner} }

func (d ownedDisk) Owner(string) (disk.Owner, error) { return d.owner, nil }

// Who owns a log is shown and never blocks: no word of an administrator's, a note of a stranger's, a warning of an
// ordinary user's.
func TestTheOwnerOfALogIsShown(t *testing.T) {
	for _, tt := range []struct {
		trust    disk.Trust
		note     string
		tone     screen.Tone
		remarked bool
	}{
		{disk.Trusted, "", screen.Plain, false},
		{disk.Unknown, "only a hint", screen.Plain, false},
		{disk.NotAdmin, "not an administrator", screen.Warn, true},
	} {
		clock := &walktest.QuickClock{At: walktest.Began}
		r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
		e := walktest.Engage(t, owned{r, disk.Owner{Name: `SRV\somebody`, Trust: tt.trust}}, r.Dir, clock)
		e.Press()
		sc := e.Walk.Screen()
		row := rowOf(sc, "owner")
		noted := strings.Contains(row.Note, tt.note) && (tt.note != "" || row.Note == "")
		if sc.State != screen.Done || row.Value != `SRV\somebody` || !noted || row.Tone != tt.tone ||
			e.Shows("log-owner") != tt.remarked {
			t.Errorf("trust %d: step %d is %v, %+v %+v", tt.trust, sc.Step, sc.State, row, sc.Problems)
		}
	}
}

// A package of another code under the registered name is none: step 5 finds it unusable, step 10 sets it aside.
func TestAPackageWithAnotherCodeIsNone(t *testing.T) {
	r, e := walktest.OnRig(t, "healthy")
	other, err := os.ReadFile(r.Host(`C:\Windows\Installer\1d4c7.msi`))
	if err := errors.Join(err, os.WriteFile(r.Host(`C:\Windows\Installer\`+walktest.TargetName), other,
		0o644)); err != nil {
		t.Fatal(err)
	}
	for e.Walk.Screen().Step < 5 && e.Press() {
		continue
	}
	if sc := e.Walk.Screen(); !strings.Contains(sc.Finding, "cannot use") ||
		!strings.Contains(rowOf(sc, "package").Note, "package code") {
		t.Errorf("found is %q, %+v", sc.Finding, sc.Rows)
	}
	e.Until("set aside")
	if n := rowOf(e.Walk.Screen(), "to").Note; !strings.Contains(n, "its package code is") {
		t.Errorf("the screen says %q", n)
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
	if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
		t.Errorf("%s is %q", walktest.TargetName, hash)
	}
}

// An empty log, however new, has no session: the latest that has one counts.
func TestAnEmptyLogIsNotTheLatest(t *testing.T) {
	r, _ := walktest.OnRig(t, "missing")
	in, err := os.Stat(r.Host(walktest.PatchLog))
	if err != nil {
		t.Fatal(err)
	}
	at, later := r.Host(`C:\Windows\SystemTemp\OBPatch.log`), in.ModTime().Add(time.Hour)
	if err := errors.Join(os.WriteFile(at, nil, 0o644), os.Chtimes(at, later, later)); err != nil {
		t.Fatal(err)
	}
	if d := walktest.Look(t, r); d.Verdict != look.RepairNeeded || len(d.Candidates) == 0 ||
		d.Evidence[0].File != walktest.PatchLog {
		t.Errorf("%s: %s %+v", d.Verdict, d.Reason, d.Evidence)
	}
}

// Where access is denied a later log may lie, so the one that can be read decides nothing.
func TestALogThatMayNotBeReadLeavesItUnclear(t *testing.T) {
	const shut = `C:\Windows\SystemTemp\OBPatch.log`
	for _, scenario := range []string{"missing", "healthy"} {
		r, _ := walktest.OnRig(t, scenario)
		r.Before = func(op disktest.Op, path string) error {
			if op == disktest.Open && path == shut {
				return &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
			}
			return nil
		}
		d := walktest.Look(t, r)
		if d.Verdict != look.Unclear || len(d.Problems) == 0 || d.Problems[0].Code != "access-denied" ||
			!strings.Contains(d.Problems[0].Message, shut) {
			t.Errorf("%s: %s: %s %+v", scenario, d.Verdict, d.Reason, d.Problems)
		}
	}
}
