package practice_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
)

// waiting starts the installer, checks that a wizard waits, and gives the folder that a process of it tells.
func (e engineer) waiting() (pid int, folder string) {
	e.t.Helper()
	pid = e.start()
	if r := e.follow(pid); r.Ended || len(r.Processes) != 2 {
		e.t.Fatalf("the wizard should wait, but it came to %+v", r)
	}
	for _, p := range e.wizards() {
		if dir, ok := strings.CutSuffix(p.Image, `\SetupLaunchScreen.exe`); ok && p.Ours {
			if p.Title != "Microsoft Azure Recovery Services Agent Upgrade Wizard" || p.Parent != pid {
				e.t.Errorf("the wizard's process is %+v", p)
			}
			return pid, dir
		}
	}
	e.t.Fatal("no process runs from the extraction folder")
	return 0, ""
}

// The article, step by step, on every computer on which its repair works.
func TestTheCopyCures(t *testing.T) {
	for _, scenario := range []string{"missing", "two-ids", "other-drive", "planted", "wizard-open", "unsigned",
		"no-errlog", "bad-target"} {
		t.Run(scenario, func(t *testing.T) {
			e := at(t, scenario)
			e.closeWizard()
			lines := strings.Count(e.text(setupLog), mention)
			pid, folder := e.waiting()
			if scenario == "no-errlog" {
				if n := strings.Count(e.text(setupLog), mention); n != lines {
					t.Errorf("%d lines name a folder, want the former %d", n, lines)
				}
			} else if logged := e.folder(); logged != folder {
				t.Errorf("the log names %q, the process runs from %q", logged, folder)
			}
			source := folder + `\Installers\OBSAGENT.msi`
			if code := e.identity(source).PackageCode; code != e.agent().PackageCode {
				t.Errorf("the extracted package has code %s", code)
			}
			if scenario == "bad-target" {
				info, err := e.Disk().Stat(cached)
				e.ok(err)
				e.ok(e.Writer().Rename(cached, cached+".marsfix-1", info.ID))
			}
			want := e.bytes(source)
			e.ok(e.copy(source, cached))
			e.closeWizard()
			if e.exists(folder) {
				t.Errorf("%s is still there", folder)
			}
			if r := e.follow(pid); !r.Ended || r.Code != 1602 {
				t.Errorf("the closed wizard came to %+v", r)
			}
			e.upgraded(e.start())
			if !bytes.Equal(e.bytes(cached), want) {
				t.Error("the cached package is not what was copied")
			}
			if w := e.wizards(); len(w) != 0 {
				t.Errorf("after the upgrade %v still run", w)
			}
		})
	}
}

func TestTheExtractionFolderIsOnTheOtherDrive(t *testing.T) {
	e := at(t, "other-drive")
	if _, folder := e.waiting(); !strings.HasPrefix(folder, `F:\`) {
		t.Errorf("extracted to %s", folder)
	}
	drives, err := e.Disk().Drives()
	e.ok(err)
	if !slices.Equal(drives, []string{`C:\`, `F:\`}) {
		t.Errorf("drives %q", drives)
	}
}

func TestWithoutThePackageTheUpgradeEndsWith1612(t *testing.T) {
	e := at(t, "missing")
	_, folder := e.waiting()
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cache+"7b5ea9.msi")) // beside the name that is asked for
	e.closeWizard()
	e.failed(e.start(), "Warning: Local cached package '"+cached+"' is missing.\r\n")
	_, folder = e.waiting() // the next start waits again, for another try
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cached))
	e.closeWizard()
	e.upgraded(e.start())
}

func TestHealthyUpgradesAtOnce(t *testing.T) {
	e := at(t, "healthy")
	if code := e.identity(cached).PackageCode; code != e.agent().PackageCode {
		t.Errorf("the cached package has code %s", code)
	}
	e.upgraded(e.start())
}

func TestSecondPackage(t *testing.T) {
	e := at(t, "second-package")
	_, folder := e.waiting()
	// a wrong name: the first one stays the one asked for
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cache+"7b5ea9.msi"))
	e.closeWizard()
	e.failed(e.start(), "Warning: Local cached package '"+cached+"' is missing.\r\n")
	_, folder = e.waiting()
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cached))
	e.closeWizard()
	e.failed(e.start(), "Warning: Local cached package '"+second+"' is missing.\r\n")
	if p := e.agent().LocalPackage; p != second {
		t.Fatalf("the registration names %s", p)
	}
	_, folder = e.waiting()
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, second))
	e.closeWizard()
	e.upgraded(e.start())
}

func TestClosedTooEarly(t *testing.T) {
	e := at(t, "closed-too-early")
	pid := e.start()
	gone := e.folder()
	if r := e.follow(pid); !r.Ended || e.exists(gone) || len(e.wizards()) != 0 {
		t.Fatalf("the first wizard came to %+v", r)
	}
	_, folder := e.waiting()
	if folder == gone || folder != e.folder() {
		t.Errorf("the second wizard extracts to %s, the first did to %s", folder, gone)
	}
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cached))
	e.closeWizard()
	e.upgraded(e.start())
}

func TestWizardOpen(t *testing.T) {
	e := at(t, "wizard-open")
	w := e.wizards()
	if len(w) != 2 || w[0].Ours || w[1].Ours {
		t.Fatalf("at the start run %+v", w)
	}
	folder := e.folder()
	if w[1].Image != folder+`\SetupLaunchScreen.exe` || !e.exists(folder+`\Installers\OBSAGENT.msi`) {
		t.Errorf("it runs %s, the log names %s", w[1].Image, folder)
	}
	e.closeWizard()
	if e.exists(folder) {
		t.Errorf("%s is still there", folder)
	}
}

func TestWrongPackageIsIgnored(t *testing.T) {
	e := at(t, "wrong-package")
	_, folder := e.waiting()
	source := folder + `\Installers\OBSAGENT.msi`
	id := e.identity(source)
	if id.PackageCode == e.agent().PackageCode || id.ProductCode != agentID {
		t.Errorf("the extracted package is %+v", id)
	}
	if s := e.signature(source); s.State != computer.SignTrusted {
		t.Errorf("its signature is %+v", s)
	}
	p := e.agent()
	if e.exists(strings.TrimSuffix(p.LastUsedSource, `\`)) || e.exists(strings.TrimSuffix(p.InstallSource, `\`)) {
		t.Error("a source of the registered package is at hand")
	}
	e.ok(e.copy(source, cached))
	e.closeWizard()
	e.failed(e.start(), "Warning: The package code in the cached package '"+cached+
		"' does not match the registered package code.  Cached package will be ignored.\r\n")
}

func TestUnsigned(t *testing.T) {
	e := at(t, "unsigned")
	_, folder := e.waiting()
	if s := e.signature(folder + `\Installers\OBSAGENT.msi`); s.State != computer.SignNone || s.Signer != "" {
		t.Errorf("its signature is %+v", s)
	}
}

func TestPatchMissing(t *testing.T) {
	e := at(t, "patch-missing")
	patches := e.agent().Patches
	if len(patches) != 1 || e.exists(patches[0].LocalPackage) || !e.exists(cached) {
		t.Fatalf("patches %+v", patches)
	}
	lost := "Couldn't find local patch '" + patches[0].LocalPackage + "'. Looking for it at its source.\r\n"
	if !strings.Contains(e.lastSession(), lost) {
		t.Errorf("%q is not in the log", lost)
	}
	_, folder := e.waiting()
	e.ok(e.copy(folder+`\Installers\MARSAgent.msp`, patches[0].LocalPackage)) // a patch, and not this one
	e.closeWizard()
	e.failed(e.start(), lost)
	if strings.Contains(e.lastSession(), "Local cached package") {
		t.Error("the log complains of the package, which is there")
	}
	info, err := e.Disk().Stat(patches[0].LocalPackage)
	e.ok(err)
	e.ok(e.Writer().Remove(patches[0].LocalPackage, info.ID))
	_, folder = e.waiting()
	e.ok(e.copy(folder+`\Installers\KB5012345.msp`, patches[0].LocalPackage))
	e.closeWizard()
	e.upgraded(e.start())
}

// Of an emptied cache the upgrade wants every file back, and takes none for another.
func TestCacheEmptied(t *testing.T) {
	e := at(t, "cache-emptied")
	patches := e.agent().Patches
	if len(patches) != 2 || e.exists(patches[0].LocalPackage) || e.exists(patches[1].LocalPackage) || e.exists(cached) {
		t.Fatalf("patches %+v", patches)
	}
	_, folder := e.waiting()
	from := []string{folder + `\Installers\OBSAGENT.msi`, folder + `\Installers\KB5012345.msp`,
		folder + `\KB4487102.msp`}
	for i, to := range []string{cached, patches[0].LocalPackage, patches[1].LocalPackage} {
		if s := e.signature(from[i]); s.State != computer.SignTrusted {
			t.Errorf("%s: %+v", from[i], s)
		}
		e.ok(e.copy(from[i], to))
	}
	e.closeWizard()
	e.upgraded(e.start())
}

func TestStillFails(t *testing.T) {
	e := at(t, "still-fails")
	_, folder := e.waiting()
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cached))
	e.closeWizard()
	e.failed(e.start(), "Warning: Local cached package '"+cached+"' could not be opened as a storage file.\r\n")
	if p := e.agent().LocalPackage; p != cached {
		t.Errorf("the registration names %s", p)
	}
}

func TestFollowKnowsWhatWasStarted(t *testing.T) {
	e := at(t, "missing")
	if _, err := e.Follow(context.Background(), 4711); err == nil {
		t.Error("a process that nobody started can be followed")
	}
}
