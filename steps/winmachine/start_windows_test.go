package winmachine

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
	"marsfix/steps/winmachine/winetest"
)

// waitLimit is how long anything here may take at most.
const waitLimit = 3 * time.Minute

// waitUntil asks again until it is so.
func waitUntil(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(waitLimit); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within %v", what, waitLimit)
		}
	}
}

// standin puts the stand-in for the installer into a folder of its own, and tells its path.
func standin(t *testing.T, name string) string {
	t.Helper()
	scratch(t)
	dir := t.TempDir()
	exe := filepath.Join(dir, name)
	copyTo(t, filepath.Join(os.Getenv(winetest.EnvBuilt), "standin.exe"), exe)
	msi := filepath.Join(dir, "new.msi")
	copyTo(t, filepath.Join("..", "practice", "packages", "obsagent.msi"), msi)
	data, err := json.Marshal(map[string]string{"package": msi, "product": agentCode})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(`C:\standin.json`, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return exe
}

// press is the engineer's hand in the wizard's window.
func press(t *testing.T, button string) {
	t.Helper()
	if out, err := exec.Command(filepath.Join(os.Getenv(winetest.EnvBuilt), "standin.exe"), "press", button).
		CombinedOutput(); err != nil {
		t.Fatalf("press %s: %v: %s", button, err, out)
	}
}

// wizards is the look at wizards, by what follows their last backslash.
func wizards(t *testing.T, m *Machine) map[string]computer.Process {
	t.Helper()
	list, err := m.Wizards(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]computer.Process{}
	for _, p := range list {
		by[filepath.Base(p.Image)] = p
	}
	return by
}

// The installer is started, seen with its window, user and parents, closed by the engineer, and its end and code are
// told.
func TestWindowsStartAndFollow(t *testing.T) {
	m := machine(t)
	exe := standin(t, "MARSAgentInstaller.exe")
	if ws := wizards(t, m); len(ws) != 0 {
		t.Fatalf("before any start there are wizards: %+v", ws)
	}
	begun := time.Now().Add(-time.Second) // process times are coarser than ours
	pid, err := m.Start(t.Context(), exe)
	if err != nil {
		t.Fatal(err)
	}
	var ws map[string]computer.Process
	waitUntil(t, "the wizard's window", func() bool {
		ws = wizards(t, m)
		return ws["CBPSetup.exe"].Title != ""
	})
	first, setup := ws["MARSAgentInstaller.exe"], ws["CBPSetup.exe"]
	if first.PID != pid || setup.Parent != pid || first.Image != exe || len(ws) != 2 {
		t.Errorf("started %d %s, seen %+v", pid, exe, ws)
	}
	for _, p := range ws {
		if p.Own != computer.Yes || p.Elevated != known(windows.GetCurrentProcessToken().IsElevated()) {
			t.Errorf("its account and rights are described as %+v", p)
		}
		if !p.Ours || p.User == "" || p.Started.Before(begun) || p.Started.After(time.Now().Add(time.Second)) {
			t.Errorf("a process of ours is described as %+v", p)
		}
	}
	run, err := m.Follow(t.Context(), pid)
	if err != nil || run.Ended || len(run.Processes) != 2 {
		t.Errorf("while the wizard is open it reads %+v, %v", run, err)
	}
	folder := filepath.Dir(setup.Image)
	if _, err := os.Stat(filepath.Join(folder, "Installers", "OBSAGENT.msi")); err != nil {
		t.Error(err)
	}
	press(t, "close")
	waitUntil(t, "the end of the installer", func() bool {
		run, err = m.Follow(t.Context(), pid)
		return err != nil || run.Ended && len(run.Processes) == 0
	})
	if err != nil || run.Code != 1602 {
		t.Errorf("closed, it reads %+v, %v; want code 1602", run, err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the extraction folder %s is still there: %v", folder, err)
	}
	if ws := wizards(t, m); len(ws) != 0 {
		t.Errorf("after the end there are wizards: %+v", ws)
	}
}

// A wizard that somebody else started is one too, and known by its window or by the folder that it runs from; it is not
// ours.
func TestWindowsWizardOfOthers(t *testing.T) {
	m := machine(t)
	cmd := exec.Command(standin(t, "renamed.exe"))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ws map[string]computer.Process
	waitUntil(t, "the wizard's window", func() bool {
		ws = wizards(t, m)
		return ws["CBPSetup.exe"].Title != ""
	})
	if p := ws["CBPSetup.exe"]; len(ws) != 1 || p.Ours || p.Own != computer.Yes {
		t.Errorf("seen as %+v", ws)
	}
	run, err := m.Follow(t.Context(), cmd.Process.Pid)
	if err != nil || len(run.Processes) != 2 {
		t.Errorf("followed by its parents it reads %+v, %v", run, err)
	}
	press(t, "close")
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1602 {
		t.Errorf("it ended with %v", err)
	}
}

// The upgrade itself: 1612 while the cached package is lost, 0 with it back, told by the exit code that Follow keeps.
func TestWindowsFollowTellsTheUpgradesCode(t *testing.T) {
	m := machine(t)
	source := install(t, "obsagent.msi")
	t.Cleanup(func() { msiexec(t, 0, "/x", agentCode) })
	for _, log := range []string{`C:\windows\Temp\OBInstaller0Curr.errlog`, `C:\windows\Temp\OBPatch.log`} {
		if err := os.Remove(log); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
	cached := find(t, m, agentCode).LocalPackage
	data := readFile(t, cached)
	for _, path := range []string{cached, source} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	upgrade := func() uint32 {
		pid, err := m.Start(t.Context(), standin(t, "MARSAgentInstaller.exe"))
		if err != nil {
			t.Fatal(err)
		}
		press(t, "upgrade")
		var run computer.Run
		waitUntil(t, "the end of the upgrade", func() bool {
			run, err = m.Follow(t.Context(), pid)
			return err != nil || run.Ended && len(run.Processes) == 0
		})
		if err != nil {
			t.Fatal(err)
		}
		return run.Code
	}
	if code := upgrade(); code != 1612 {
		t.Errorf("without its package the upgrade ended with %d", code)
	}
	if err := os.WriteFile(cached, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if code := upgrade(); code != 0 {
		t.Errorf("with its package back the upgrade ended with %d", code)
	}
	checkPatchLog(t, cached)
	checkSetupLog(t, 2)
}

func TestWindowsStartRefuses(t *testing.T) {
	if !visibleDesktop() {
		t.Skip("starts nothing where no desktop is visible (SSH, a service): run it at one")
	}
	m := machine(t)
	text := filepath.Join(t.TempDir(), "readme.exe")
	if err := os.WriteFile(text, []byte("no program"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, program := range []string{"notepad.exe", `.\notepad.exe`, text, filepath.Join(t.TempDir(), "none.exe")} {
		if pid, err := m.Start(t.Context(), program); err == nil || !strings.Contains(err.Error(), program) {
			t.Errorf("Start(%q) is process %d, %v", program, pid, err)
		}
	}
	if run, err := m.Follow(t.Context(), 0x7ffffff0); err != nil || !run.Ended || run.Coded {
		t.Errorf("a process that is not there reads %+v, %v", run, err)
	}
}

// errorMode is the mode of a process for errors that would otherwise be told in a window, as the kernel keeps it.
func errorMode(t *testing.T, process windows.Handle) uint32 {
	t.Helper()
	const processDefaultHardErrorMode = 12
	var mode uint32
	if err := windows.NtQueryInformationProcess(process, processDefaultHardErrorMode, unsafe.Pointer(&mode),
		uint32(unsafe.Sizeof(mode)), nil); err != nil {
		t.Fatal(err)
	}
	return mode
}

// A Go program keeps quiet about crashes (SetErrorMode), and so would what it starts: the installer has Windows' own
// mode.
func TestWindowsTheInstallerCrashesAloud(t *testing.T) {
	const quiet = windows.SEM_NOGPFAULTERRORBOX
	if errorMode(t, windows.CurrentProcess())&quiet == 0 {
		t.Fatal("this program does not keep quiet: nothing is shown by its child")
	}
	info, err := createSuspended(filepath.Join(os.Getenv("SystemRoot"), "System32", "notepad.exe"))
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(info.Process)
	defer windows.CloseHandle(info.Thread)
	mode := errorMode(t, info.Process)
	if err := windows.TerminateProcess(info.Process, 1); err != nil { // it has not run a single instruction
		t.Error(err)
	}
	if mode&quiet != 0 {
		t.Errorf("the child's mode is %#x", mode)
	}
}
