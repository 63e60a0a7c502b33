package practice_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/msi"
	"marsfix/steps/practice"
)

var (
	_ computer.Machine = (*practice.Machine)(nil)
	_ computer.Hand    = (*practice.Machine)(nil)
)

const (
	cache     = `C:\Windows\Installer\`
	cached    = cache + `7b5ea8.msi`
	second    = cache + `8c61f3.msi`
	patchLog  = `C:\Windows\Temp\OBPatch.log`
	setupLog  = `C:\Windows\Temp\OBInstaller0Curr.errlog`
	installer = `C:\Users\admin\Downloads\MARSAgentInstaller.exe`
	agentCode = "{7B5EA8D0-4C3F-4E0A-9C54-0A7D5E2F9169}"
	agentID   = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	before    = "2.0.9169.0"
	after     = "2.0.9262.0"
	mention   = "Directory Path for SetupLaunchScreen: "
)

// engineer works on a practice computer as the article says, through what a face has and nothing else.
type engineer struct {
	t *testing.T
	*practice.Machine
}

// now is what the clock of a computer shows that at gives.
func now() time.Time { return time.Date(2026, time.March, 4, 10, 20, 30, 0, time.Local) }

// at gives the computer of a scenario, on which no time passes.
func at(t *testing.T, scenario string) engineer {
	t.Helper()
	return with(t, practice.Options{Scenario: scenario, Now: now})
}

func with(t *testing.T, o practice.Options) engineer {
	t.Helper()
	m, err := practice.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return engineer{t, m}
}

func (e engineer) ok(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

func (e engineer) exists(path string) bool {
	e.t.Helper()
	_, err := e.Disk().Stat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		e.t.Fatal(err)
	}
	return err == nil
}

func (e engineer) open(path string) disk.File {
	e.t.Helper()
	f, err := e.Disk().Open(path, disk.ShareAll)
	e.ok(err)
	e.t.Cleanup(func() { f.Close() })
	return f
}

func (e engineer) bytes(path string) []byte {
	e.t.Helper()
	f := e.open(path)
	info, err := f.Info()
	e.ok(err)
	b, err := io.ReadAll(io.NewSectionReader(f, 0, info.Size))
	e.ok(err)
	return b
}

// text decodes a log by its mark.
func (e engineer) text(path string) string {
	e.t.Helper()
	b := e.bytes(path)
	if len(b) < 2 || b[0] != 0xff || b[1] != 0xfe {
		return string(b)
	}
	var units []uint16
	for i := 2; i+1 < len(b); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(b[i:]))
	}
	return string(utf16.Decode(units))
}

// lastSession is the text of the last session of OBPatch.log.
func (e engineer) lastSession() string {
	e.t.Helper()
	text := e.text(patchLog)
	i := strings.LastIndex(text, "=== Verbose logging started: ")
	if i < 0 {
		e.t.Fatal("no session in OBPatch.log")
	}
	return text[i:]
}

func (e engineer) agent() computer.Product {
	e.t.Helper()
	all, err := e.Products(context.Background())
	e.ok(err)
	i := slices.IndexFunc(all, func(p computer.Product) bool { return p.ProductCode == agentID })
	if i < 0 {
		e.t.Fatal("the agent is not registered")
	}
	return all[i]
}

func (e engineer) states() [2]string {
	e.t.Helper()
	s, err := e.Services(context.Background())
	e.ok(err)
	return [2]string{s[0].State, s[1].State}
}

func (e engineer) wizards() []computer.Process {
	e.t.Helper()
	w, err := e.Wizards(context.Background())
	e.ok(err)
	return w
}

func (e engineer) start() int {
	e.t.Helper()
	pid, err := e.Start(context.Background(), installer)
	e.ok(err)
	return pid
}

func (e engineer) follow(pid int) computer.Run {
	e.t.Helper()
	r, err := e.Follow(context.Background(), pid)
	e.ok(err)
	return r
}

func (e engineer) closeWizard() {
	e.t.Helper()
	e.ok(e.CloseWizard(context.Background()))
	if w := e.wizards(); len(w) != 0 {
		e.t.Fatalf("after closing the wizard %v still run", w)
	}
}

// folder is what the last line of the set-up log names.
func (e engineer) folder() string {
	e.t.Helper()
	text := e.text(setupLog)
	i := strings.LastIndex(text, mention)
	if i < 0 {
		e.t.Fatal("the set-up log names no folder")
	}
	line, _, _ := strings.Cut(text[i+len(mention):], "\r\n")
	return line
}

func (e engineer) signature(path string) computer.Signature {
	e.t.Helper()
	s, err := e.Signature(context.Background(), e.open(path))
	e.ok(err)
	return s
}

func (e engineer) identity(path string) msi.Identity {
	e.t.Helper()
	f := e.open(path)
	info, err := f.Info()
	e.ok(err)
	id, err := msi.Read(f, info.Size)
	e.ok(err)
	return id
}
