package winmachine

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// TestMain lets this program play other programs: tests start it again with a role.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "role" {
		os.Exit(play(os.Args[2:]))
	}
	os.Exit(m.Run())
}

func play(role []string) int {
	switch role[0] {
	case "elevated": // writes what it is to a file
		text := fmt.Sprint(windows.GetCurrentProcessToken().IsElevated(), " ", role[2:])
		if err := os.WriteFile(role[1], []byte(text), 0o644); err != nil {
			return 1
		}
		return 42
	case "marsfix": // is another marsfix until its input ends
		m, err := New()
		if err != nil {
			return 1
		}
		if a, err := m.About(context.Background()); err != nil || a.OtherMarsfix != "" {
			return 1
		}
		return hold()
	case "execute": // holds Windows Installer's mutex until its input ends
		h, err := windows.CreateMutex(nil, true, wide(executeMutex))
		if err != nil && !errors.Is(err, windows.ERROR_ALREADY_EXISTS) {
			return 1
		}
		if _, err := windows.WaitForSingleObject(h, 0); err != nil {
			return 1
		}
		return hold()
	}
	return 1
}

// hold says that it holds, and does until its input ends.
func hold() int {
	fmt.Println("held")
	os.Stdin.Read(make([]byte, 1))
	return 0
}

// another starts this program in a role in which it holds something. die ends it.
func another(t *testing.T, role ...string) (die func()) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{"role"}, role...)...)
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || strings.TrimSpace(line) != "held" {
		t.Fatalf("%q says %q, %v", role, line, err)
	}
	return func() {
		t.Helper()
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil {
			t.Fatal(err)
		}
	}
}

// scratch skips tests that change the computer on one that was not made for them.
func scratch(t *testing.T) {
	t.Helper()
	if os.Getenv("MARSFIX_SCRATCH") == "" {
		t.Skip("changes the computer: run it with .ci/wine go test ./...")
	}
}

func machine(t *testing.T) *Machine {
	t.Helper()
	m, err := New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// msiexec runs Windows Installer and wants this exit code.
func msiexec(t *testing.T, want int, args ...string) {
	t.Helper()
	system, err := windows.GetSystemDirectory()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(system, "msiexec.exe"), append(args, "/qn")...)
	out, _ := cmd.CombinedOutput()
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Fatalf("msiexec %q ended with %d, want %d: %s", args, got, want, out)
	}
}

// install installs a practice package from a folder of the computer, and removes it at the end.
func install(t *testing.T, name string) (source string) {
	t.Helper()
	scratch(t)
	source = filepath.Join(t.TempDir(), name)
	copyTo(t, filepath.Join("..", "practice", "packages", name), source)
	msiexec(t, 0, "/i", source)
	return source
}

func copyTo(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
