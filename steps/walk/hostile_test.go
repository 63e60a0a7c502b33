package walk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// poisons are what somebody may have put into a name, a log or a path: each would do something on a console, or hide
// something.
var poisons = []string{
	"\x1b[2J\x1b[H", "\x1b]0;title\x07", "\u009b2J", "\x00", "\r\n", "\n", "\u0085", "\u2028", "\u2029", "\b\b\b",
	"\x7f", "\u202egpj.exe\u202c", "\u2066x\u2069",
	"\u200b", "\u200e", "\ufeff", "\u00ad", "\U000e0041", "\xff\xfe", "\xed\xa0\x80", "\t",
}

// poisoned is a computer that says hostile things of itself, wherever a text of its own choosing can come from.
type poisoned struct {
	*walktest.Rig
	poison string
	silent bool // without a registration, so that the logs count alone
}

func (p poisoned) About(ctx context.Context) (computer.About, error) {
	a, err := p.Rig.About(ctx)
	a.Name += p.poison
	a.System += p.poison
	a.OtherMarsfix = `SRV\` + p.poison
	return a, err
}

func (p poisoned) Products(ctx context.Context) ([]computer.Product, error) {
	if p.silent {
		return nil, computer.ErrSilent
	}
	ps, err := p.Rig.Products(ctx)
	for i := range ps {
		ps[i].Name += p.poison
		ps[i].Version += p.poison
		ps[i].Err = "the property " + p.poison
		for k := range ps[i].Patches {
			ps[i].Patches[k].Name += p.poison
		}
	}
	return append(ps, computer.Product{Name: p.poison, ProductCode: p.poison,
		LocalPackage: `C:\Windows\Installer\` + p.poison + ".msi"}), err
}

func (p poisoned) Wizards(ctx context.Context) ([]computer.Process, error) {
	ps, err := p.Rig.Wizards(ctx)
	ps = append([]computer.Process{}, ps...)
	for i := range ps {
		ps[i].Title += p.poison
		ps[i].User += p.poison
		ps[i].Image += p.poison
	}
	return ps, err
}

func (p poisoned) Services(ctx context.Context) ([]computer.Service, error) {
	ss, err := p.Rig.Services(ctx)
	ss = append([]computer.Service{}, ss...)
	for i := range ss {
		ss[i].Display += p.poison
		ss[i].Image += p.poison
	}
	return ss, err
}

func (p poisoned) FileVersion(ctx context.Context, f disk.File) (string, error) {
	v, err := p.Rig.FileVersion(ctx, f)
	return v + p.poison, err
}

func (p poisoned) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	s, err := p.Rig.Signature(ctx, f)
	s.Signer += p.poison
	return s, err
}

func (p poisoned) Disk() disk.Reader { return poisonedDisk{p.Rig.Disk(), p.poison} }

// poisonedDisk has hostile owners and, in every folder, a file with a hostile name.
type poisonedDisk struct {
	disk.Reader
	poison string
}

func (d poisonedDisk) Owner(path string) (disk.Owner, error) {
	if strings.Contains(path, "marsfix") {
		return d.Reader.Owner(path)
	}
	return disk.Owner{Name: `SRV\` + d.poison, Trust: disk.NotAdmin}, nil
}

func (d poisonedDisk) List(path string) ([]disk.Info, error) {
	infos, err := d.Reader.List(path)
	if err != nil || strings.Contains(path, "marsfix") {
		return infos, err
	}
	for _, name := range []string{d.poison + ".exe", "MARSAgentInstaller" + d.poison + ".exe", d.poison + ".msi"} {
		infos = append(infos, disk.Info{Path: path + `\` + name, Size: 7})
	}
	return infos, nil
}

// texts asserts that no text in a value, however deep, does more than be read. A path that is only for opening is let
// be.
func texts(t *testing.T, where string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		walktest.WantClean(t, where, v.String())
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() || v.Type() == reflect.TypeFor[screen.LogRef]() {
			return
		}
		for i := range v.NumField() {
			texts(t, where+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			texts(t, fmt.Sprintf("%s[%d]", where, i), v.Index(i))
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			texts(t, where, v.Elem())
		}
	}
}

// poisonLogs writes hostile lines into both logs, around the good ones.
func poisonLogs(t *testing.T, r *walktest.Rig, poison string) {
	t.Helper()
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	bad := "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\" + poison +
		".msi' is missing.\r\n" +
		poison + "\r\nMSI (s) (C0:E4) [" + poison + "]: Couldn't find local patch 'C:\\Windows\\Installer\\" + poison +
		".msp'. Looking for it at its source.\r\n"
	old, err := os.ReadFile(r.Host(walktest.PatchLog))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(r.Host(walktest.PatchLog), append(old, walktest.Wide(bad)...), 0o644); err != nil {
		t.Fatal(err)
	}
	line := "0AB0\t0974\t03/04\t09:3" + poison +
		"0:00.000\t18\tx.cpp(1)\t[0]\t\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\" + poison + "\\..\\x\r\n"
	if err := walktest.AppendTo(r.Host(walktest.SetupLog), []byte(line)); err != nil {
		t.Fatal(err)
	}
}

// hostileScenarios are the computers that a poison is tried on: all of them, or of a sample one, each in its turn.
func hostileScenarios(turn int) []string {
	all := []string{"missing", "planted", "bad-target", "wrong-package", "wizard-open"}
	if walktest.Everything() {
		return all
	}
	return all[turn%len(all):][:1]
}

// Whatever the computer, its logs and its people are called, nothing of it reaches a screen, the summary, the diagnosis
// or the journal as it is.
func TestHostileTexts(t *testing.T) {
	for i, poison := range poisons {
		for _, scenario := range hostileScenarios(i) {
			for _, quiet := range []bool{false, true} {
				name := fmt.Sprintf("%d %q/%s/silent %v", i, poison, scenario, quiet)
				walktest.Row(t, name, func(t *testing.T) {
					clock := &walktest.QuickClock{At: walktest.Began}
					r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
					poisonLogs(t, r, poison)
					m := poisoned{r, poison, quiet}
					e := walktest.Engage(t, m, r.Dir, clock)
					readThrough(e)
					e.Walk.Close()
					for _, line := range e.Walk.Summary() {
						walktest.WantClean(t, "summary", line)
					}
					wantCleanJournal(t, r)
					d, _, err := diagnose.Look(t.Context(), m, "test", walktest.Began, func(screen.Progress) {})
					if err != nil {
						t.Fatal(err)
					}
					texts(t, "diagnosis", reflect.ValueOf(d))
					for _, line := range strings.Split(d.Text(), "\n") {
						walktest.WantClean(t, "diagnosis as text", line)
					}
					u, p := undo.Find(t.Context(), m, walktest.DayAfter)
					texts(t, "undo", reflect.ValueOf(u.Question))
					texts(t, "undo", reflect.ValueOf(p))
					for _, line := range u.Text() {
						walktest.WantClean(t, "undo as text", line)
					}
				})
			}
		}
	}
}

// ReadThrough walks as far as it goes and reads every screen.
func readThrough(e *walktest.Engineer) {
	e.T.Helper()
	for range 60 {
		sc := e.Walk.Screen()
		readScreen(e)
		if sc.Step == 6 && sc.State == screen.Asking && sc.Question.Kind == screen.Confirm {
			for range 2 { // there: the files of a folder; and back
				e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
				readScreen(e)
			}
		}
		if sc.Left || !e.Press() {
			return
		}
	}
}

func readScreen(e *walktest.Engineer) {
	e.T.Helper()
	sc := e.Walk.Screen()
	texts(e.T, fmt.Sprintf("screen %d", sc.Step), reflect.ValueOf(sc))
}

// wantCleanJournal asserts that the journal can be read on any console, and is JSON all the same.
func wantCleanJournal(t *testing.T, r *walktest.Rig) {
	t.Helper()
	for _, line := range bytes.Split(bytes.TrimSpace(walktest.JournalOf(t, r)), []byte("\n")) {
		walktest.WantClean(t, "journal", string(line))
		var rec journal.Record
		if err := json.Unmarshal(line, &rec); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	}
}
