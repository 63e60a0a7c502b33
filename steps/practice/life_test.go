package practice_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/practice"
)

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestTheDiskIsMadeWhenItIsNeeded(t *testing.T) {
	e := at(t, "other-drive")
	_, err := e.About(context.Background())
	e.ok(err)
	reader := e.Disk()
	if found := names(t, e.Place()); found != "" {
		t.Fatalf("%s holds %s before anybody looked", e.Place(), found)
	}
	_, err = reader.Stat(patchLog)
	e.ok(err)
	if found := names(t, e.Place()); found != "C F" {
		t.Errorf("%s holds %s", e.Place(), found)
	}
}

func TestCloseDeletesTheDisk(t *testing.T) {
	m, err := practice.New(practice.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Start(context.Background(), installer); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Lstat(m.Place()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the disk is still there: %v", err)
	}
	if _, err := m.Disk().Stat(patchLog); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if _, err := m.Start(context.Background(), installer); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	if _, err := m.Products(context.Background()); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestKeep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "place")
	m, err := practice.New(practice.Options{Keep: dir})
	if err != nil {
		t.Fatal(err)
	}
	e := engineer{t, m}
	pid := e.start()
	e.ok(m.Close())
	if m.Place() != dir || names(t, dir) != "C" {
		t.Errorf("%s holds %s", m.Place(), names(t, dir))
	}
	if _, err := os.Stat(filepath.Join(dir, "C", "Windows", "Temp", "OBPatch.log")); err != nil || pid == 0 {
		t.Error(err)
	}
	if _, err := practice.New(practice.Options{Keep: dir}); !errors.Is(err, fs.ErrExist) ||
		!strings.Contains(err.Error(), dir) {
		t.Errorf("a second computer in the same folder: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	e.ok(os.WriteFile(file, nil, 0o600))
	if _, err := practice.New(practice.Options{Keep: file}); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("a file as the place: %v", err)
	}
}

func TestAPlaceWithADriveFIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "f"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := practice.New(practice.Options{Keep: dir}); !errors.Is(err, fs.ErrExist) {
		t.Error(err)
	}
	if found := names(t, dir); found != "f" {
		t.Errorf("the refused folder holds %s", found)
	}
}

func TestADiskThatCannotBeMadeIsAnError(t *testing.T) {
	dir := t.TempDir()
	m, err := practice.New(practice.Options{Keep: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "C"), nil, 0o600); err != nil { // a file where the drive should be
		t.Fatal(err)
	}
	_, err = m.Disk().Open(patchLog, disk.ShareAll)
	var path *fs.PathError
	if !errors.As(err, &path) || path.Path != patchLog {
		t.Errorf("error %v", err)
	}
	if _, err := m.Wizards(context.Background()); err == nil {
		t.Error("wizards are listed without a disk")
	}
	if err := m.Close(); err != nil {
		t.Error(err)
	}
}

func TestStartStartsNothingButItsInstaller(t *testing.T) {
	e := at(t, "missing")
	changed := e.bytes(installer)
	changed[len(changed)/2] ^= 1
	e.write(`C:\Users\admin\Desktop\MARSAgentInstaller.exe`, changed)
	e.write(`C:\Users\admin\Desktop\other.exe`, []byte("MZ"))
	for _, path := range []string{
		`C:\Users\admin\Desktop\MARSAgentInstaller.exe`, `C:\Users\admin\Desktop\other.exe`,
		`C:\gone.exe`, `C:\Windows`,
	} {
		if pid, err := e.Start(context.Background(), path); err == nil {
			t.Errorf("%s was started as %d", path, pid)
		} else if !strings.Contains(err.Error(), path) {
			t.Errorf("%q does not name %s", err, path)
		}
	}
	if len(e.wizards()) != 0 {
		t.Error("a wizard runs")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Start(ctx, installer); !errors.Is(err, context.Canceled) || len(e.wizards()) != 0 {
		t.Errorf("a cancelled start: %v", err)
	}
}

func TestTheInstallerStartsFromWhereverItLies(t *testing.T) {
	onHost := filepath.Join(t.TempDir(), "MARSAgentInstaller.exe")
	e := with(t, practice.Options{Now: now, HostFiles: []string{onHost}})
	for _, path := range []string{`C:\Program Files\marsfix\run-1\MARSAgentInstaller.exe`, onHost} {
		content := e.bytes(installer)
		if path == onHost {
			e.ok(os.WriteFile(path, content, 0o600))
		} else {
			e.write(path, content)
		}
		pid, err := e.Start(context.Background(), path)
		e.ok(err)
		if r := e.follow(pid); len(r.Processes) != 2 || r.Processes[0].Image != path {
			t.Errorf("%s: %+v", path, r)
		}
	}
	if n := len(e.wizards()); n != 4 {
		t.Errorf("%d processes run", n)
	}
	e.closeWizard()
}

func TestManyAtOnce(t *testing.T) {
	e := with(t, practice.Options{Scenario: "wizard-open", Wait: func(ctx context.Context,
		_ time.Duration) error {
		return ctx.Err()
	}})
	ctx := context.Background()
	var wg sync.WaitGroup
	for range 4 {
		for _, call := range []func() error{
			func() error { _, err := e.Products(ctx); return err },
			func() error { _, err := e.Services(ctx); return err },
			func() error { _, err := e.Wizards(ctx); return err },
			func() error { _, err := e.Busy(ctx); return err },
			func() error { _, err := e.Disk().List(`C:\Windows\Installer`); return err },
			func() error { _, err := e.Start(ctx, installer); return err },
			func() error { return e.CloseWizard(ctx) },
		} {
			wg.Go(func() {
				if err := call(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	e.closeWizard()
}
