package practice_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/logscan"
	"marsfix/steps/practice"
)

// What marsfix reads out of the logs of each computer: the names of the last session newest first, and what it came to.
func TestMarsfixReadsTheLogs(t *testing.T) {
	for _, s := range practice.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			e := at(t, s.Name)
			patch := scanPatch(e)
			want := []string{"7b5ea8"}
			switch s.Name {
			case "two-ids":
				want = []string{"4a91c3", "7b5ea8"} // the registration is asked which
			case "unregistered":
				want = []string{"7b5ea8", "4a91c3"}
			}
			var ids []string
			for _, w := range patch.Named {
				ids = append(ids, w.ID)
			}
			if !slices.Equal(ids, want) {
				t.Errorf("OBPatch.log names %q, want %q", ids, want)
			}
			if hostile := patch.SuspiciousCount > 0; hostile != (s.Name == "planted") {
				t.Errorf("%d suspicious lines", patch.SuspiciousCount)
			}
			if lost := len(patch.Patches) > 0; lost != slices.Contains(begunWithoutPatches, s.Name) {
				t.Errorf("lost patches %+v", patch.Patches)
			}
			kind := logscan.Missing
			if s.Name == "bad-target" {
				kind = logscan.NotStorage
			}
			if patch.Named[0].Kind != kind || patch.Sessions != 3 || patch.LastSession.Code != 1612 ||
				patch.LastSession.Error.Number == 0 {
				t.Errorf("it reads %+v, the newest name is %+v", patch.LastSession, patch.Named[0])
			}
			if setup := scanSetup(e, -1); len(setup.Folders) == 0 ||
				len(setup.Suspicious) > 0 != (s.Name == "planted") {
				t.Errorf("the set-up log reads %+v", setup)
			}
		})
	}
}

func TestMarsfixReadsTheNewLine(t *testing.T) {
	for _, scenario := range []string{"missing", "two-ids", "planted", "other-drive"} {
		e := at(t, scenario)
		since := int64(len(e.bytes(setupLog)))
		pid, folder := e.waiting()
		setup := scanSetup(e, since)
		if len(setup.Folders) == 0 {
			t.Fatalf("%s: no folder", scenario)
		}
		best := setup.Folders[0]
		if best.Folder != folder || !best.New || !best.When.Equal(now().Add(14*time.Millisecond)) {
			t.Errorf("%s: read %+v, the wizard runs from %s", scenario, best, folder)
		}
		if running := e.follow(pid).Processes; best.PID != running[1].PID {
			t.Errorf("%s: process %d wrote the line, %+v run", scenario, best.PID, running)
		}
	}
}

func TestMarsfixReadsTheNewSession(t *testing.T) {
	e := at(t, "second-package")
	from := int64(len(e.bytes(patchLog)))
	_, folder := e.waiting()
	e.ok(e.copy(folder+`\Installers\OBSAGENT.msi`, cached))
	e.closeWizard()
	e.start()
	added := scanPatchFrom(e, from)
	if added.Sessions != 1 || len(added.Named) != 1 || added.Named[0].ID != "8c61f3" || added.LastSession.Code != 1612 {
		t.Errorf("the new part reads %+v", added)
	}
	if !strings.HasSuffix(added.Last.Process, `\CBPSetup.exe`) {
		t.Errorf("written by %q", added.Last.Process)
	}
}

func scanPatch(e engineer) logscan.PatchLog { return scanPatchFrom(e, 0) }

func scanPatchFrom(e engineer, from int64) logscan.PatchLog {
	e.t.Helper()
	f := e.open(patchLog)
	info, err := f.Info()
	e.ok(err)
	found, err := logscan.ScanPatch(context.Background(), f, info.Size,
		logscan.PatchOptions{From: from, Windows: []string{"Windows"}})
	e.ok(err)
	return found
}

func scanSetup(e engineer, since int64) logscan.SetupLog {
	e.t.Helper()
	f := e.open(setupLog)
	info, err := f.Info()
	e.ok(err)
	found, err := logscan.ScanSetup(context.Background(), f, info.Size,
		logscan.SetupOptions{Written: info.Written, Since: since})
	e.ok(err)
	return found
}
