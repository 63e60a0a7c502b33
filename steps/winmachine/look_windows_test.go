package winmachine

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc/mgr"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// Busy is whether somebody holds the mutex now: not its existence, and not that its holder has died.
func TestWindowsBusy(t *testing.T) {
	scratch(t)
	m := machine(t)
	want := func(when string, want bool) {
		t.Helper()
		if got, err := m.Busy(t.Context()); err != nil || got != want {
			t.Errorf("%s: busy is %v, %v", when, got, err)
		}
	}
	want("no mutex", false)
	h, err := windows.CreateMutex(nil, false, wide(executeMutex))
	if err != nil {
		t.Fatal(err)
	}
	defer windows.CloseHandle(h)
	want("nobody holds it", false)
	held, release, over := make(chan error), make(chan bool), make(chan error)
	go func() { // a mutex belongs to its thread, so this one must be another than Busy's
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		_, err := windows.WaitForSingleObject(h, windows.INFINITE)
		held <- err
		<-release
		over <- windows.ReleaseMutex(h)
	}()
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	want("somebody holds it", true)
	want("asked twice, somebody holds it", true)
	release <- true
	if err := <-over; err != nil {
		t.Fatal(err)
	}
	want("it was released", false)
	die := another(t, "execute", "it")
	want("another program holds it", true)
	die()
	want("its holder has died", false)
}

func TestWindowsSignature(t *testing.T) {
	m := machine(t)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	look := func(path string) computer.Signature {
		t.Helper()
		f, err := m.Disk().Open(path, disk.ShareRead)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s, err := m.Signature(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := look(filepath.Join(filepath.Dir(here), "practice", "packages",
		"obsagent.msi")); s.State != computer.SignNone || s.Signer != "" || s.Code != trustNoSignature {
		t.Errorf("an unsigned package reads %+v", s)
	}
	// Wine trusts every root, Windows does not: another signer here, an untrusted one there. Never Microsoft.
	if s := look(filepath.Join(here, "testdata", "signed.msi")); s.State != computer.SignOther &&
		s.State != computer.SignUntrusted || s.Signer != "Contoso Stranger" {
		t.Errorf("a stranger's package reads %+v", s)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if s := look(exe); s.State != computer.SignNone {
		t.Errorf("an unsigned program reads %+v", s)
	}
	text := filepath.Join(t.TempDir(), "text.msi")
	if err := os.WriteFile(text, []byte("no package"), 0o644); err != nil {
		t.Fatal(err)
	}
	if s := look(text); s.State == computer.SignTrusted || s.State == computer.SignTrustedOff ||
		s.State == computer.SignOther {
		t.Errorf("a text reads %+v", s)
	}
}

func TestWindowsFileVersion(t *testing.T) {
	m := machine(t)
	system, err := windows.GetSystemDirectory()
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	version := func(path string) string {
		t.Helper()
		f, err := m.Disk().Open(path, disk.ShareAll)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		v, err := m.FileVersion(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := version(filepath.Join(system, "msi.dll")); strings.Count(v, ".") != 3 || v == "0.0.0.0" {
		t.Errorf("msi.dll has version %q", v)
	}
	if v := version(exe); v != "" {
		t.Errorf("a program without a version has %q", v)
	}
	if v := version(filepath.Join(filepath.Dir(system), "win.ini")); v != "" {
		t.Errorf("a text has version %q", v)
	}
}

func TestWindowsServices(t *testing.T) {
	scratch(t)
	m := machine(t)
	look := func() (backup, management computer.Service) {
		t.Helper()
		s, err := m.Services(t.Context())
		if err != nil || len(s) != 2 {
			t.Fatalf("services %+v, %v", s, err)
		}
		return s[0], s[1]
	}
	if b, a := look(); b.Name != "obengine" || a.Name != managementName || b.State != "" || a.State != "" {
		t.Errorf("without services they read %+v, %+v", b, a)
	}
	scm, err := mgr.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer scm.Disconnect()
	for name, image := range map[string]string{
		"obengine":     `C:\Program Files\Microsoft Azure Recovery Services Agent\bin\cbengine.exe`,
		"OtherAgentId": `C:\Program Files\Microsoft Azure Recovery Services Agent\bin\OBRecoveryServicesManagementAgent.exe`,
	} {
		s, err := scm.CreateService(name, image, mgr.Config{StartType: mgr.StartManual, DisplayName: "shown " + name})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := errors.Join(s.Delete(), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	b, a := look()
	if b.State != "stopped" || !strings.HasSuffix(b.Image, `\cbengine.exe`) || b.Display != "shown obengine" {
		t.Errorf("the backup service reads %+v", b)
	}
	if a.Name != "OtherAgentId" || a.State != "stopped" {
		t.Errorf("the management agent under another name reads %+v", a)
	}
}
