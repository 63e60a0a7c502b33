package steps_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/walk/walktest"
)

// sparse makes a file that claims a size and takes no room, behind what it begins with.
func sparse(t *testing.T, path, begin string, size int64) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(begin), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

const huge = 64 << 30

// reading counts the reads of files whose name ends in one of the names; reading what is tens of gigabytes large takes
// hundred thousands.
func reading(r *walktest.Rig, names ...string) *atomic.Int64 {
	var n atomic.Int64
	r.Before = func(op disktest.Op, path string) error {
		for _, name := range names {
			if op == disktest.Read && strings.HasSuffix(path, name) {
				if n.Add(1) > 10_000 {
					return errors.New("read without end")
				}
			}
		}
		return nil
	}
	return &n
}

// A log that claims 64 GB is not searched, and that is said; without another witness nobody knows.
func TestLogsThatClaimToBeHuge(t *testing.T) {
	root := t.TempDir()
	sparse(t, filepath.Join(root, "OBPatch.log"), walktest.HeaderLine+walktest.MissingLine, huge)
	sparse(t, filepath.Join(root, "OBInstaller0Curr.errlog"), walktest.FolderLine, huge)
	m, err := offline.New(root)
	if err != nil {
		t.Fatal(err)
	}
	d := walktest.Look(t, m)
	if d.Verdict != look.Unclear || d.UniqueID != "" || d.TempPath != "" {
		t.Errorf("%s: %s, id %q, folder %q", d.Verdict, d.Reason, d.UniqueID, d.TempPath)
	}
	told := 0
	for _, p := range d.Problems {
		if p.Code == "log-too-large" && strings.Contains(p.Message, "larger than 8 GB") && p.Hint != "" {
			told++
		}
	}
	if told != 2 {
		t.Errorf("%+v", d.Problems)
	}
}

// Beside a log that can be searched a huge one is told of, since it may be the later.
func TestHugeLogBesideAnotherIsTold(t *testing.T) {
	root := walktest.Files(t, map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine + walktest.MissingLine,
		"Windows/Installer": "(folder)"})
	sparse(t, filepath.Join(root, "Windows/SystemTemp/OBPatch.log"), walktest.HeaderLine, huge)
	m, err := offline.New(root)
	if err != nil {
		t.Fatal(err)
	}
	d := walktest.Look(t, m)
	if d.UniqueID != "312c0" || len(d.Problems) != 1 || d.Problems[0].Code != "log-too-large" {
		t.Errorf("id %q, %+v", d.UniqueID, d.Problems)
	}
}

// A package that claims 64 GB, with a real one's beginning or without, is answered without reading it.
func TestPackagesThatClaimToBeHuge(t *testing.T) {
	for _, real := range []bool{true, false} {
		r, e := walktest.OnRig(t, "missing")
		e.Until("start")
		e.Press()
		source := walktest.Extracted(t, r)
		begin := ""
		if real {
			b, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			begin = string(b)
		}
		sparse(t, source, begin, huge)
		n := reading(r, "OBSAGENT.msi")
		e.UntilStep(9)
		if p := e.Problem(); p.Code != "not-a-package" || !strings.Contains(p.Message, "larger than 2 GB") ||
			n.Load() > 0 {
			t.Errorf("real %v: %+v after %d reads", real, p, n.Load())
		}
	}
}

// An installer that claims 64 GB is not read through either: its headers tell that it is a program, and its size that
// it is none of ours.
func TestInstallersThatClaimToBeHuge(t *testing.T) {
	r, _ := walktest.OnRig(t, "missing")
	about, err := r.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(r.Host(about.InstallerSpots[0]), "MARSAgentInstaller.exe")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sparse(t, path, string(b), huge)
	n := reading(r, ".exe")
	e := walktest.Engage(t, r, r.Dir, &walktest.QuickClock{At: time.Now()})
	e.UntilStep(6)
	if p := e.Problem(); p.Code != "installer-unreadable" || !strings.Contains(p.Message, "larger than 2 GB") ||
		n.Load() > 3 {
		t.Errorf("%+v after %d reads", p, n.Load())
	}
}

// Of installers that somebody put there by the hundred only some are looked at, whatever is in them.
func TestInstallersByTheHundred(t *testing.T) {
	r, _ := walktest.OnRig(t, "missing")
	about, err := r.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	spot := r.Host(about.InstallerSpots[0])
	b, err := os.ReadFile(filepath.Join(spot, "MARSAgentInstaller.exe"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		p := filepath.Join(spot, fmt.Sprintf("MARSAgentInstaller-%d.exe", i))
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(p, time.Now(), time.Now().Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	opened := map[string]bool{}
	r.Before = func(op disktest.Op, path string) error {
		if op == disktest.Open && strings.HasSuffix(path, ".exe") {
			opened[path] = true
		}
		return nil
	}
	e := walktest.Engage(t, r, r.Dir, &walktest.QuickClock{At: time.Now()})
	e.Until("start")
	if len(opened) == 0 || len(opened) > 16 {
		t.Errorf("%d were opened", len(opened))
	}
}

// A link in a user's Downloads, or in their place, may lead to a share: no installer behind one is looked at unless the
// engineer names it.
func TestNoInstallerBehindALink(t *testing.T) {
	disktest.NeedLinks(t)
	for _, folder := range []bool{false, true} {
		r, _ := walktest.OnRig(t, "missing")
		about, err := r.About(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		spot := r.Host(about.InstallerSpots[0])
		at := filepath.Join(spot, "MARSAgentInstaller.exe")
		if folder {
			at = spot
		}
		if err := errors.Join(os.Rename(at, at+".away"),
			disktest.Link(filepath.Base(at)+".away", at)); err != nil {
			t.Fatal(err)
		}
		n := reading(r, ".exe")
		e := walktest.Engage(t, r, r.Dir, &walktest.QuickClock{At: time.Now()})
		e.UntilStep(6)
		if p := e.Problem(); p.Code != "no-installer" || n.Load() > 0 {
			t.Errorf("folder %v: %+v after %d reads", folder, p, n.Load())
		}
	}
}
