package winmachine

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"marsfix/steps/winmachine/winetest"
)

func TestWindowsAbout(t *testing.T) {
	a, err := machine(t).About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	has := func(list []string, dir string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, dir) })
	}
	if a.Name == "" || a.Label != "" || a.Root != "" || a.DiskSilent || !strings.HasPrefix(a.System, "Windows") &&
		!strings.HasPrefix(a.System, "Microsoft Windows") {
		t.Errorf("the computer is %+v", a)
	}
	if !strings.EqualFold(a.WindowsDir, os.Getenv("SystemRoot")) || !has(a.WindowsNames, a.WindowsDir[3:]) ||
		!has(a.Temps, a.WindowsDir+`\Temp`) {
		t.Errorf("the Windows folder is %q, its names %q, logs lie in %q; SystemRoot is %q", a.WindowsDir,
			a.WindowsNames, a.Temps, os.Getenv("SystemRoot"))
	}
	if !has(a.Temps, filepath.Clean(os.TempDir())) || !has(a.InstallerSpots, filepath.Dir(exe)) {
		t.Errorf("logs are looked for in %q, installers in %q", a.Temps, a.InstallerSpots)
	}
	for _, spot := range []string{`\Downloads`, `\Desktop`} {
		if !slices.ContainsFunc(a.InstallerSpots, func(s string) bool { return strings.HasSuffix(s, spot) }) {
			t.Errorf("no %s among %q", spot, a.InstallerSpots)
		}
	}
	if !strings.EqualFold(a.DataDir, os.Getenv("ProgramData")) ||
		!strings.EqualFold(a.ProgramFiles, os.Getenv("ProgramFiles")) {
		t.Errorf("data in %q, programs in %q", a.DataDir, a.ProgramFiles)
	}
	if a.RestartPending != restartPending() || a.Desktop != visibleDesktop() {
		t.Errorf("a restart is pending: %v; a desktop is visible: %v", a.RestartPending, a.Desktop)
	}
	if os.Getenv(winetest.EnvScratch) != "" && (!a.Desktop || a.OtherMarsfix != "") {
		t.Errorf("on a computer made for tests no desktop is visible (%v), or %q runs marsfix", a.Desktop, a.OtherMarsfix)
	}
}

func TestWindowsRestartPending(t *testing.T) {
	scratch(t)
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, `SYSTEM\CurrentControlSet\Control\Session Manager`,
		registry.ALL_ACCESS)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { k.Close() })
	const value = "PendingFileRenameOperations"
	if waiting, _, err := k.GetStringsValue(value); err == nil {
		t.Cleanup(func() {
			if err := k.SetStringsValue(value, waiting); err != nil {
				t.Error(err)
			}
		})
	}
	if err := k.SetStringsValue(value, []string{`\??\C:\a`, ""}); err != nil {
		t.Fatal(err)
	}
	if !restartPending() {
		t.Error("a file waits to be renamed, yet no restart is pending")
	}
	if err := k.DeleteValue(value); err != nil {
		t.Fatal(err)
	}
	if restartPending() && !updateWaits() {
		t.Error("nothing waits any more, yet a restart is pending")
	}
}

// updateWaits reports whether servicing or an update waits for a restart, as on a real computer it may.
func updateWaits() bool {
	const current = `SOFTWARE\Microsoft\Windows\CurrentVersion\`
	for _, path := range []string{`Component Based Servicing\RebootPending`, `WindowsUpdate\Auto Update\RebootRequired`} {
		if k, err := openKey(current + path); err == nil {
			k.Close()
			return true
		}
	}
	return false
}

// Another marsfix is seen for as long as it runs. Other tests run some as well, where they have no computer of their
// own.
func TestWindowsOtherMarsfix(t *testing.T) {
	scratch(t)
	m := machine(t)
	die := another(t, "marsfix", "it")
	a, err := m.About(t.Context())
	if err != nil || a.OtherMarsfix == "" || a.OtherMarsfix == "another user" {
		t.Errorf("beside another marsfix the answer is %q, %v", a.OtherMarsfix, err)
	}
	die()
	if a, err = m.About(t.Context()); err != nil || a.OtherMarsfix != "" {
		t.Errorf("after its end the answer is %q, %v", a.OtherMarsfix, err)
	}
}

func TestWindowsCopy(t *testing.T) {
	scratch(t)
	const fact = "C:\\Windows\\Installer\\7b5ea8.msi ÄÖ 漢字"
	if err := Copy(fact); err != nil {
		t.Fatal(err)
	}
	user32 := windows.NewLazySystemDLL("user32.dll")
	if err := openSoon(0); err != nil {
		t.Fatal(err)
	}
	defer closeClipboard()
	data, _, err := user32.NewProc("GetClipboardData").Call(13)
	if data == 0 {
		t.Fatal(err)
	}
	at, err := globalLock(windows.Handle(data))
	if err != nil {
		t.Fatal(err)
	}
	defer globalUnlock(windows.Handle(data))
	if got := windows.UTF16PtrToString(*(**uint16)(unsafe.Pointer(&at))); got != fact {
		t.Errorf("pasted as %q", got)
	}
}

// runas gives another process an administrator's rights, its arguments arrive as they were, and its exit code comes
// back.
func TestWindowsRunElevated(t *testing.T) {
	scratch(t)
	note := filepath.Join(t.TempDir(), "note of the other.txt")
	code, err := runElevated(t.Context(), []string{"role", "elevated", note, `with "quotes" and \`, ""})
	if err != nil || code != 42 {
		t.Fatalf("ended with %d, %v", code, err)
	}
	if got, want := string(readFile(t, note)), `true [with "quotes" and \ ]`; got != want {
		t.Errorf("the elevated one says %q, want %q", got, want)
	}
}
