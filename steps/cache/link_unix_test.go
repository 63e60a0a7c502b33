//go:build unix

package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// A link under the package's name is what it leads to: nothing where it leads nowhere. Of one that leads out of the
// disk nobody can tell.
func TestALinkUnderThePackagesName(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "312c0.msi")
	if err := os.WriteFile(outside, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		link, to string
		verdict  look.Verdict
		present  bool
		told     string
	}{
		"to nothing":            {"Windows/Installer/312c0.msi", "gone", look.RepairNeeded, false, "(missing)"},
		"to a file of the disk": {"Windows/Installer/312c0.msi", "../kept.msi", look.Healthy, true, "(present)"},
		"to a folder of the disk": {"Windows/Installer/312c0.msi", "../Temp", look.RepairNeeded, true,
			"(present)"},
		"out of the disk": {"Windows/Installer/312c0.msi", outside, look.Unclear, false, "(could not be checked)"},
		"of the folder": {"Windows/Installer", filepath.Dir(outside), look.Unclear, false,
			"(could not be checked)"},
	} {
		root := walktest.Files(t, map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine, "Windows/kept.msi": "(package)"})
		at := filepath.Join(root, tt.link)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.Symlink(tt.to, at)); err != nil {
			t.Fatal(err)
		}
		l, err := offline.New(root)
		if err != nil {
			t.Fatal(err)
		}
		d := walktest.Look(t, l)
		if d.Verdict != tt.verdict || d.PackagePresent != tt.present || d.UniqueID != "312c0" ||
			!strings.Contains(d.Text(), "312c0.msi  "+tt.told) {
			t.Errorf("%s: %s: %s\n%s", name, d.Verdict, d.Reason, d.Text())
		}
		for _, p := range d.Problems {
			if strings.Contains(p.Hint, "press r") {
				t.Errorf("%s: nobody can press a key here: %s", name, p.Hint)
			}
		}
	}
}

// linked is a computer whose cache folder lies elsewhere, with a junction in its place, as where the Windows drive is
// small.
func linked(t *testing.T, scenario string) (*walktest.Rig, *walktest.QuickClock) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
	if _, err := r.Disk().Stat(`C:\Windows`); err != nil { // makes the disk
		t.Fatal(err)
	}
	folder := r.Host(`C:\Windows\Installer`)
	if err := errors.Join(os.Rename(folder, r.Host(`C:\Elsewhere`)), os.Symlink("../Elsewhere", folder)); err != nil {
		t.Fatal(err)
	}
	return r, clock
}

// A cache folder that is a junction is followed for what stands under the name: a good package is good, a bad one is
// set aside, and the copy lies where Windows Installer finds it.
func TestACacheFolderThatIsAJunctionIsFollowed(t *testing.T) {
	for _, scenario := range []string{"missing", "bad-target"} {
		t.Run(scenario, func(t *testing.T) {
			r, clock := linked(t, scenario)
			elsewhere := r.Host(`C:\Elsewhere`)
			before := walktest.Places(t, elsewhere)
			e := walktest.Engage(t, r, r.Dir, clock)
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("the walk ended with %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			e.Walk.Close()
			now := walktest.Places(t, elsewhere)
			if now[walktest.TargetName] != walktest.GoodHash(t) {
				t.Errorf("behind the junction %s is %q", walktest.TargetName, now[walktest.TargetName])
			}
			for name, hash := range before {
				if name != walktest.TargetName && now[name] != hash {
					t.Errorf("%s is not what it was", name)
				}
			}
			if to, err := os.Readlink(r.Host(`C:\Windows\Installer`)); err != nil || to != "../Elsewhere" {
				t.Errorf("the junction leads to %q, %v", to, err)
			}
			if u := walktest.FindUndo(t, r); u.ID != "7b5ea8" {
				t.Errorf("undo finds %+v", u)
			}
		})
	}
}

// While the engineer reads the question of step 10 somebody puts the right package there, behind the junction: it is
// not called unusable.
func TestAGoodPackageBehindAJunctionIsUsable(t *testing.T) {
	r, clock := linked(t, "missing")
	e := walktest.Engage(t, r, r.Dir, clock)
	e.Until("copy")
	good, err := os.ReadFile(filepath.Join(r.Host(e.Walk.Screen().TempPath), "Installers", "OBSAGENT.msi"))
	if err := errors.Join(err, os.WriteFile(filepath.Join(r.Host(`C:\Elsewhere`), walktest.TargetName), good,
		0o644)); err != nil {
		t.Fatal(err)
	}
	e.Mend()
	if sc := e.Walk.Screen(); sc.State != screen.Done {
		t.Errorf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
	}
}

// A junction that belongs to somebody else is not followed, and what stands behind it is neither unusable nor set
// aside: nobody has looked.
func TestAJunctionOfSomebodyElseIsNotFollowed(t *testing.T) {
	r, clock := linked(t, "bad-target")
	before := walktest.Places(t, r.Host(`C:\Elsewhere`))
	e := walktest.Engage(t, walktest.Foreign{Rig: r, Paths: `\Windows\Installer`}, r.Dir, clock)
	e.Run()
	sc := e.Walk.Screen()
	if sc.Step != 10 || e.Problem().Code != "link-in-path" ||
		!strings.Contains(e.Problem().Hint, `dir /aL /q "C:\Windows"`) {
		t.Errorf("it came to step %d: %+v", sc.Step, sc.Problems)
	}
	walktest.Same(t, before, walktest.Places(t, r.Host(`C:\Elsewhere`)))
}
