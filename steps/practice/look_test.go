package practice_test

import (
	"bytes"
	"context"
	"debug/pe"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/practice"
)

// Scenarios that begin with a cached package in place.
var begunWithPackage = []string{"healthy", "bad-target", "patch-missing", "patch-elsewhere"}

// begunWithoutPatches are those whose registered patches are gone.
var begunWithoutPatches = []string{"patch-missing", "patch-elsewhere", "cache-emptied"}

func TestScenarios(t *testing.T) {
	want := []string{"missing", "healthy", "two-ids", "unregistered", "second-package", "other-drive", "wrong-package",
		"unsigned", "planted", "wizard-open",
		"closed-too-early", "no-errlog", "source-vanishes", "target-appears", "bad-target", "disk-full",
		"patch-missing", "patch-elsewhere", "cache-emptied", "still-fails"}
	var got []string
	for _, s := range practice.Scenarios() {
		got = append(got, s.Name)
		if s.Line == "" || len(s.Name)+len(s.Line) > 110 {
			t.Errorf("%s: line %q", s.Name, s.Line)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("scenarios %q", got)
	}
	_, err := practice.New(practice.Options{Scenario: "sunshine"})
	if !errors.Is(err, practice.ErrScenario) {
		t.Fatalf("error %v", err)
	}
	for _, name := range append(want, `"sunshine"`) {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %s", err, name)
		}
	}
}

func TestEveryComputerAtFirstSight(t *testing.T) {
	for _, s := range practice.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			e := at(t, s.Name)
			if s.Name == "unregistered" {
				if all, err := e.Products(context.Background()); err == nil || len(all) > 0 {
					t.Errorf("its registration reads %+v, %v", all, err)
				}
			} else {
				checkRegistration(e, slices.Contains(begunWithPackage, s.Name),
					slices.Contains(begunWithoutPatches, s.Name))
			}
			checkInstaller(e)
			checkPatchLog(e)
			checkSetupLog(e)
			checkTimes(e, map[string]time.Duration{"healthy": 31 * 24 * time.Hour}[s.Name])
			if n := len(e.wizards()); n != 0 != (s.Name == "wizard-open") {
				t.Errorf("%d processes of a wizard run", n)
			}
			if busy, err := e.Busy(context.Background()); busy || err != nil {
				t.Errorf("busy %v, %v", busy, err)
			}
			if st := e.states(); st != [2]string{"running", "running"} {
				t.Errorf("services %v", st)
			}
		})
	}
}

func checkRegistration(e engineer, present, lost bool) {
	e.t.Helper()
	all, err := e.Products(context.Background())
	e.ok(err)
	if len(all) < 3 {
		e.t.Errorf("%d products", len(all))
	}
	for _, p := range all {
		if p.ProductCode == agentID {
			continue
		}
		id := e.identity(p.LocalPackage)
		if id.PackageCode != p.PackageCode {
			e.t.Errorf("%s: code %s is cached, %s registered", p.Name, id.PackageCode, p.PackageCode)
		}
	}
	a := e.agent()
	if a.LocalPackage != cached || a.PackageCode != agentCode || a.Version != before ||
		a.PackageName != "OBSAGENT.msi" {
		e.t.Errorf("the agent's registration is %+v", a)
	}
	if there := e.exists(cached); there != present {
		e.t.Errorf("%s exists: %v", cached, there)
	}
	for _, p := range a.Patches {
		if there := e.exists(p.LocalPackage); there == lost {
			e.t.Errorf("%s exists: %v", p.LocalPackage, there)
		}
	}
}

func checkInstaller(e engineer) {
	e.t.Helper()
	f := e.open(installer)
	if _, err := pe.NewFile(f); err != nil {
		e.t.Errorf("the installer is no program: %v", err)
	}
	version, err := e.FileVersion(context.Background(), f)
	e.ok(err)
	if version != after {
		e.t.Errorf("the installer has version %q", version)
	}
	if s := e.signature(installer); s.State != computer.SignTrusted || s.Signer != "Microsoft Corporation" {
		e.t.Errorf("its signature is %+v", s)
	}
	about, err := e.About(context.Background())
	e.ok(err)
	var found []string
	for _, spot := range about.InstallerSpots {
		entries, err := e.Disk().List(spot)
		e.ok(err)
		for _, entry := range entries {
			found = append(found, entry.Path)
		}
	}
	if !slices.Equal(found, []string{installer}) {
		e.t.Errorf("found %q", found)
	}
}

func checkPatchLog(e engineer) {
	e.t.Helper()
	raw, text := e.bytes(patchLog), e.text(patchLog)
	if !bytes.HasPrefix(raw, []byte{0xff, 0xfe}) {
		e.t.Error("OBPatch.log has no mark of UTF-16LE")
	}
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || !strings.HasSuffix(text, "\r\n") {
		e.t.Error("OBPatch.log has line ends that are not CRLF")
	}
	if n := strings.Count(text, "\n"); n < 200 {
		e.t.Errorf("OBPatch.log has %d lines", n)
	}
	if n := strings.Count(text, "=== Verbose logging started: "); n < 2 ||
		n != strings.Count(text, "=== Verbose logging stopped: ") {
		e.t.Errorf("OBPatch.log has %d sessions", n)
	}
	var sides [2]int
	for line := range strings.Lines(e.lastSession()) {
		if strings.Contains(line, "'"+cached+"'") || strings.Contains(line, "Couldn't find local patch 'C:\\") {
			sides[0] += strings.Count(line, "MSI (s) (")
			sides[1] += strings.Count(line, "MSI (c) (")
		}
	}
	if sides[0] == 0 || sides[0] != sides[1] {
		e.t.Errorf("the last session complains %v times", sides)
	}
}

func checkSetupLog(e engineer) {
	e.t.Helper()
	for line := range strings.Lines(e.text(setupLog)) {
		fields := strings.Split(strings.TrimSuffix(line, "\r\n"), "\t")
		if len(fields) != 11 {
			e.t.Fatalf("%q has %d fields", line, len(fields))
		}
		for _, number := range fields[:2] {
			if _, err := strconv.ParseUint(number, 16, 32); err != nil {
				e.t.Error(err)
			}
		}
		if _, err := time.Parse("01/02 15:04:05.000", fields[2]+" "+fields[3]); err != nil {
			e.t.Error(err)
		}
	}
	if n := strings.Count(e.text(setupLog), mention); n == 0 {
		e.t.Error("no earlier run stands in the set-up log")
	}
}

// checkTimes checks that both logs are as old as the last upgrade, a day unless told otherwise.
func checkTimes(e engineer, age time.Duration) {
	e.t.Helper()
	if age == 0 {
		age = 24 * time.Hour
	}
	info, err := e.Disk().Stat(patchLog)
	e.ok(err)
	last := now().Add(-age)
	if !info.Written.Equal(last) || !strings.Contains(e.lastSession(), "started: "+last.Format("1/2/2006  15:04:05")) {
		e.t.Errorf("OBPatch.log was written %v, want %v", info.Written, last)
	}
	info, err = e.Disk().Stat(setupLog)
	e.ok(err)
	if wizards := e.wizards(); len(wizards) > 0 {
		last = wizards[0].Started
	}
	if !info.Written.Equal(last) {
		e.t.Errorf("the set-up log was written %v, want %v", info.Written, last)
	}
}

func TestOwners(t *testing.T) {
	for scenario, want := range map[string]disk.Owner{
		"missing": {Name: `NT AUTHORITY\SYSTEM`, Trust: disk.Trusted},
		"planted": {Name: `SRV-PRACTICE\intern`, Trust: disk.NotAdmin},
	} {
		e := at(t, scenario)
		for _, path := range []string{patchLog, setupLog} {
			if owner, err := e.Disk().Owner(path); err != nil || owner != want {
				t.Errorf("%s: %s belongs to %+v, %v", scenario, path, owner, err)
			}
		}
		if owner, err := e.Disk().Owner(strings.TrimSuffix(cache, `\`)); err != nil ||
			owner.Name != `NT AUTHORITY\SYSTEM` {
			t.Errorf("the cache folder belongs to %+v, %v", owner, err)
		}
		if _, err := e.Disk().Owner(cache + "gone.msi"); err == nil {
			t.Error("a file that is not there has an owner")
		}
	}
}
