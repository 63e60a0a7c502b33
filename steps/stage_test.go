package steps_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// starting is a computer that keeps what was started, with a share \\files\agent, which is C:\net; of some paths the owner is somebody else.
type starting struct {
	*rig
	started *[]string
	foreign string
}

func (s starting) Start(ctx context.Context, program string) (int, error) {
	*s.started = append(*s.started, program)
	return s.rig.Start(ctx, onC(program))
}

func (s starting) Disk() disk.Reader {
	if s.foreign == "" {
		return netDrive{s.rig.Disk()}
	}
	return foreignDisk{netDrive{s.rig.Disk()}, s.foreign}
}

func (n netDrive) Open(path string, share disk.Share) (disk.File, error) {
	return n.Reader.Open(onC(path), share)
}

// Removable: the folder C:\stick is a stick.
func (n netDrive) Removable(path string) (bool, error) {
	return strings.HasPrefix(path, `C:\stick\`), nil
}

const (
	downloads = `C:\Users\admin\Downloads\MARSAgentInstaller.exe`
	onShare   = `\\files\agent\MARSAgentInstaller.exe`
	onNet     = `N:\MARSAgentInstaller.exe`
	onStick   = `C:\stick\MARSAgentInstaller.exe`
	runFolder = `C:\ProgramData\marsfix-run-`
)

// toStart walks to the question of step 6, for an installer that was named.
func toStart(t *testing.T, installer, foreign string) (*rig, *engineer, *[]string) {
	t.Helper()
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	if _, err := r.Disk().Stat(downloads); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(r.host(downloads))
	if err := errors.Join(err, os.Mkdir(r.host(`C:\net`), 0o755), os.WriteFile(r.host(onC(onShare)), content, 0o644),
		os.Mkdir(r.host(`C:\stick`), 0o755), os.WriteFile(r.host(onStick), content, 0o644),
		os.WriteFile(r.host(`C:\Users\admin\Downloads\version.dll`), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	started := new([]string)
	w := steps.NewWalk(t.Context(), starting{r, started, foreign}, steps.Options{Given: steps.Given{Installer: installer}, Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	e := &engineer{t: t, walk: w, disk: r.dir}
	e.settle(w.Begin())
	e.until("start")
	return r, e, started
}

// An installer is started from a copy in a private folder; where that cannot be had, from where it lies, with the DLLs beside it named,
// and from a share or a stick not at all.
func TestTheInstallerIsStartedFromAPrivateCopy(t *testing.T) {
	for _, path := range []string{downloads, onShare, onNet, onStick} {
		t.Run(path, func(t *testing.T) {
			r, e, started := toStart(t, path, "")
			var calls []call
			e.act(r, recorder(&calls))
			made := slices.IndexFunc(calls, func(c call) bool { return c.op == disktest.MakePrivate && strings.HasPrefix(c.path, runFolder) })
			written := slices.IndexFunc(calls, func(c call) bool { return c.op == disktest.Create && strings.HasPrefix(c.path, runFolder) })
			if made < 0 || written < made || calls[written].path != calls[made].path+`\MARSAgentInstaller.exe` {
				t.Errorf("private made as %d, written as %d of %v", made, written, calls)
			}
			if len(*started) != 1 || (*started)[0] != calls[written].path {
				t.Errorf("started was %q", *started)
			}
		})
		t.Run(path+", no room", func(t *testing.T) {
			r, e, started := toStart(t, path, "")
			e.act(r, func(op disktest.Op, path string) error {
				if op == disktest.MakePrivate && strings.HasPrefix(path, runFolder) {
					return disk.ErrFull
				}
				return nil
			})
			sc := e.walk.Screen()
			if path != downloads {
				if len(*started) != 0 || sc.State != steps.Failed || e.problem().Code != "disk-full" {
					t.Errorf("from there %q was started: %v %+v", *started, sc.State, sc.Problems)
				}
				return
			}
			named := slices.ContainsFunc(sc.Rows, func(r steps.Row) bool { return r.Label == "beside it" && r.Value == "version.dll" })
			if !slices.Equal(*started, []string{path}) || !named {
				t.Errorf("started was %q, and the DLL is named: %v", *started, named)
			}
		})
	}
}

// A start takes away what earlier ones left behind, and no folder of somebody else: neither one that another account made, nor one that
// marsfix would have called otherwise, nor one with more in it.
func TestAStartSweepsItsOwnLeftovers(t *testing.T) {
	const own = "0123456789abcdef"
	for _, tt := range []struct {
		name, foreign string
		more          bool
		swept         bool
	}{
		{name: own, swept: true},
		{name: own, foreign: `\marsfix-run-` + own},
		{name: "before"},
		{name: own + "0"},
		{name: "0123456789ABCDEF"},
		{name: own, more: true},
	} {
		r, e, _ := toStart(t, downloads, tt.foreign)
		left := r.host(runFolder + tt.name)
		err := errors.Join(os.Mkdir(left, 0o755), os.WriteFile(filepath.Join(left, "MARSAgentInstaller.exe"), nil, 0o644))
		if tt.more {
			err = errors.Join(err, os.WriteFile(filepath.Join(left, "notes.txt"), nil, 0o644))
		}
		if err != nil {
			t.Fatal(err)
		}
		e.press()
		if _, err := os.Stat(filepath.Join(left, "MARSAgentInstaller.exe")); (err != nil) != tt.swept {
			t.Errorf("%+v is found with %v", tt, err)
		}
	}
}
