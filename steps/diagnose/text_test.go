package diagnose_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"marsfix/steps"
	"marsfix/steps/diagnose"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/practice"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// The screen that every text of a typical diagnosis fits, with the line of the next prompt.
const (
	screenColumns = 80
	screenRows    = 24 - 1
)

// fits holds a text against the screen and its order: verdict, reason, what to do.
func fits(t *testing.T, d diagnose.Diagnosis) {
	t.Helper()
	text := d.Text()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) > screenRows {
		t.Errorf("%d lines:\n%s", len(lines), text)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) >= screenColumns {
			t.Errorf("too wide: %s", line)
		}
	}
	if verdict := strings.ReplaceAll(string(d.Verdict), "-", " "); !strings.HasSuffix(lines[0], ": "+verdict) ||
		!strings.HasPrefix(lines[len(lines)-1], "next: ") {
		t.Errorf("the verdict is not first, or what to do is not last:\n%s", text)
	}
	words := strings.Join(strings.Fields(text), " ") // as read, whatever stands in which line
	if !strings.Contains(words, d.Reason) {
		t.Errorf("it does not say %q:\n%s", d.Reason, text)
	}
	for _, p := range d.Problems[:min(1, len(d.Problems))] { // the others where there is room
		for _, word := range strings.Fields(p.Hint) { // each can be typed, or copied, as it stands
			if !strings.Contains(text, word) {
				t.Errorf("%q is broken:\n%s", word, text)
			}
		}
		begin := strings.Join(strings.Fields(p.Message), " ")
		if begin = begin[:min(60, len(begin))]; !strings.Contains(words, begin) {
			t.Errorf("it does not say what is wrong, %q:\n%s", begin, text)
		}
		if !strings.Contains(words, "hint: "+p.Hint) {
			t.Errorf("it does not say whole what to do, %q:\n%s", p.Hint, text)
		}
	}
}

// Whatever a practice computer can have, its diagnosis fits a screen.
func TestDiagnosisTextFitsOnPractice(t *testing.T) {
	for _, s := range practice.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			m, err := practice.New(practice.Options{Scenario: s.Name, Keep: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			fits(t, walktest.Look(t, m))
		})
	}
}

func TestDiagnosisTextFitsOnFolders(t *testing.T) {
	both := map[string]string{"Windows/Installer/x": "", "Windows/Temp/OBPatch.log": walktest.HeaderLine +
		walktest.MissingLine + walktest.HostileLine, "Windows/Temp/OBInstaller0Curr.errlog": walktest.FolderLine,
		"1f2e3d4c/Installers/OBSAGENT.msi": "x"}
	for name, tt := range map[string]struct {
		files map[string]string
		says  []string // in one row
	}{
		"a disk with both logs": {both, []string{"  Unique_ID      312c0",
			`package        C:\Windows\Installer\312c0.msi  (missing)`, `SetupLaunchScreen: C:\1f2e3d4c`,
			"next: run marsfix on that computer, as administrator"}},
		"collected logs": {map[string]string{"OBPatch.log": walktest.HeaderLine + walktest.MissingLine,
			"OBInstaller0Curr.errlog": walktest.FolderLine}, []string{`312c0.msi  (no disk here to check)`}},
		"healthy": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine, "Windows/Installer/312c0.msi": "(package)"}, []string{"(present)", "next: nothing to repair"}},
		"a lost patch": {map[string]string{"OBPatch.log": walktest.HeaderLine + walktest.LostLine},
			[]string{"says that the cached patch"}},
		"no log":             {map[string]string{"Windows/x": ""}, []string{"OBPatch.log is missing"}},
		"an empty log":       {map[string]string{"OBPatch.log": ""}, []string{"is empty"}},
		"a log that is none": {map[string]string{"Windows/Temp/OBPatch.log": "(folder)"}, []string{"is a folder"}},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := offline.New(walktest.Files(t, tt.files))
			if err != nil {
				t.Fatal(err)
			}
			d := walktest.Look(t, l)
			fits(t, d)
			for _, s := range tt.says {
				if !strings.Contains(d.Text(), s) {
					t.Errorf("%q is not in\n%s", s, d.Text())
				}
			}
			for _, p := range d.Problems { // there are no keys, and a folder takes no --patch-log
				if strings.Contains(p.Hint, "press ") || strings.Contains(p.Hint, "--patch-log") {
					t.Errorf("the hint cannot be followed here: %s", p.Hint)
				}
			}
		})
	}
}

// What a hint wants typed or opened stands in one row: an address or a path in two is none.
func TestDiagnosisHintsStayWhole(t *testing.T) {
	for _, hint := range []string{
		"install the agent afresh with its installer: https://aka.ms/azurebackup_agent",
		`if the log lies elsewhere, name it: marsfix --patch-log C:\path\OBPatch.log`,
	} {
		fits(t, diagnose.Diagnosis{Verdict: look.Unclear, Reason: "It is so.",
			Problems: []screen.Told{{Code: "x", Message: "it is so", Hint: hint}}})
	}
}

// overlong is a diagnosis of which every text is long, hostile, and of characters that take two units.
func overlong() diagnose.Diagnosis {
	long := strings.Repeat("\U0001F600a \"\r\n\x1b[2J\u202e\u2028", 3000)
	d := diagnose.Diagnosis{Verdict: look.RepairNeeded, Reason: long, UniqueID: "0123456789abcdef",
		MissingPackage: long, TempPath: long, SourcePackage: long}
	d.Machine.Name, d.Machine.Root = long, long
	d.Product = diagnose.Product{Name: long, Version: long, ProductCode: long, PackageCode: long, LocalPackage: long}
	for i := range 500 {
		d.Evidence = append(d.Evidence[:min(i, 1)], steps.Evidence{Step: 4, File: long, Line: 1,
			Time: long, Text: long})
		d.OtherMissing = append(d.OtherMissing, report.NamedFile{Name: long, LocalPackage: long})
		d.Problems = append(d.Problems, screen.Told{Code: screen.Code(fmt.Sprintf("code-%d", i)),
			Message: long, Hint: long})
	}
	return d
}

// One line is one line of at most 2,048 characters, counted as Windows counts them, and what comes last is still in it.
func TestDiagnosisLineIsOneLine(t *testing.T) {
	hostile := overlong()
	short := diagnose.Diagnosis{Verdict: look.Healthy, Reason: `it is "there"`,
		Problems: []screen.Told{{Code: "a"}, {Code: "b"}, {Code: "a"}}}
	for _, d := range []diagnose.Diagnosis{hostile, short, {}} {
		line := d.Line()
		if n := len(utf16.Encode([]rune(line))); n > 2048 {
			t.Errorf("%d characters", n)
		}
		if i := strings.IndexFunc(line, func(r rune) bool {
			return unicode.IsControl(r) ||
				unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
		}); i >= 0 || !utf8.ValidString(line) {
			t.Errorf("%q is unfit at %d", line, i)
		}
	}
	if line := hostile.Line(); !strings.HasPrefix(line, `repair-needed computer="`) ||
		!strings.Contains(line, " unique_id=0123456789abcdef ") ||
		!strings.Contains(line, " other_missing=500 problems=code-0,code-1,") || !strings.Contains(line, ` reason="`) {
		t.Error(line)
	}
	if got, want := short.Line(), `healthy problems=a,b reason="it is ""there"""`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Why there is no diagnosis is told on one line as well, however hostile the path is that it names.
func TestDiagnosisErrorIsOneLine(t *testing.T) {
	if got := diagnose.ErrorLine(errors.New("no\r\nway\x1b[31m")); !strings.HasPrefix(got, "error: no") ||
		strings.ContainsAny(got, "\r\n\x1b") {
		t.Errorf("%q", got)
	}
	if n := len(utf16.Encode([]rune(diagnose.ErrorLine(errors.New(strings.Repeat("\U0001F600", 3000)))))); n > 2048 ||
		n < 2000 {
		t.Errorf("%d characters", n)
	}
}

// From a disk with a log of overlong lines, and with a computer's name that is as long and hostile as a folder's can
// be.
func TestDiagnosisOfAHostileFolder(t *testing.T) {
	hostile := "é\n\""
	if runtime.GOOS == "windows" { // which has neither in a name
		hostile = "é'\u202e"
	}
	root := filepath.Join(t.TempDir(), strings.Repeat(hostile, 60))
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	log := walktest.HeaderLine + walktest.MissingLine + strings.Repeat(strings.TrimRight(walktest.HostileLine, "\r\n")+
		strings.Repeat("\x1b[31mx", 5000)+"\r\n", 3)
	if err := os.WriteFile(filepath.Join(root, "OBPatch.log"), []byte(log), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := offline.New(root)
	if err != nil {
		t.Fatal(err)
	}
	d := walktest.Look(t, l)
	fits(t, d)
	if line := d.Line(); strings.ContainsAny(line, "\r\n\x1b") || utf8.RuneCountInString(line) > 2048 ||
		!strings.Contains(line, "unique_id=312c0") {
		t.Errorf("%q", line)
	}
}

// However much is wrong, the text stays within two screens and says what it leaves out.
func TestDiagnosisTextOfVeryMuch(t *testing.T) {
	text := overlong().Text()
	if n := strings.Count(text, "\n"); n > 2*screenRows {
		t.Errorf("%d lines", n)
	}
	for _, s := range []string{"and 499 more packages of other products",
		"and 499 more problems: marsfix diagnose --root DIR --json",
		"next: run marsfix"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in it", s)
		}
	}
}
