package bundle_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/bundle"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/look"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestBundleHoldsWhatSupportAsksFor walks, writes the report, and looks at what a bundle made of it holds.
func TestBundleHoldsWhatSupportAsksFor(t *testing.T) {
	e := walktest.Dated(t, "missing")
	e.Run()
	m := e.Machine
	e.Walk.Close()
	files, p := report.Write(context.Background(), m, e.Walk.Report(), walktest.BundledAt)
	if p != nil {
		t.Fatal(p)
	}
	if want := `C:\Program Files\marsfix\reports\SRV-PRACTICE-20260304T100000Z\report.html`; files.HTML != want {
		t.Errorf("the report lies in %s, want %s", files.HTML, want)
	}
	b := walktest.PlanBundle(t, m, bundle.Options{})
	got := walktest.Unzip(t, b)
	for name, holds := range map[string]string{
		"logs/OBPatch.log":                 `Warning: Local cached package 'C:\Windows\Installer\7b5ea8.msi' is missing.`,
		"logs/OBInstaller0Curr.errlog":     "\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\",
		"logs/OBMsi.log":                   "practice: first installation",
		"logs/OBManagedlog.LOGCurr.errlog": "practice: set-up, managed half",
		"logs/CBEngineCurr.errlog":         "practice: backup service",
		"registration.json":                `"local_package": "C:\\Windows\\Installer\\7b5ea8.msi"`,
		"cache.json":                       `"name": "7b5ea8.msi"`,
		"journal.jsonl":                    `"act":"copy"`,
		"report.html":                      "SRV-PRACTICE is repaired",
		"report.json":                      `"exit_code": 0`,
		"diagnosis.html":                   "SRV-PRACTICE has nothing to repair",
		"diagnosis.json":                   `"kind": "diagnosis"`,
		"MANIFEST.txt":                     "C:\\Program Files\\Microsoft Azure Recovery Services Agent\\Temp\\CBEngineCurr.errlog",
	} {
		if !strings.Contains(got[name], holds) {
			t.Errorf("%s does not hold %s:\n%.600s", name, holds, got[name])
		}
	}
	// of its patch
	for name, holds := range map[string]string{"registration.json": `"state": "applied"`,
		"cache.json": `"name": "7b5eb1.msp"`} {
		if !strings.Contains(got[name], holds) {
			t.Errorf("%s does not hold %s:\n%s", name, holds, got[name])
		}
	}
	var listed []string
	for _, r := range b.Rows() {
		listed = append(listed, r.Label)
	}
	for _, it := range b.Items {
		if it.Missing {
			t.Errorf("%s is missing: %s", it.Name, it.Note)
		}
	}
	for name := range got {
		if !slices.Contains(listed, name) {
			t.Errorf("%s is in the zip and was not listed before", name)
		}
		if name != "MANIFEST.txt" && !strings.Contains(got["MANIFEST.txt"], name) {
			t.Errorf("the manifest does not name %s", name)
		}
	}
	if !json.Valid([]byte(got["registration.json"])) || !json.Valid([]byte(got["cache.json"])) {
		t.Error("what should be JSON is none")
	}
}

// TestBundleKeepsSecrets plants secrets in logs of both encodings, in the registration, the journal and a report, and
// in the path of a log, which the manifest tells.
func TestBundleKeepsSecrets(t *testing.T) {
	m, c := walktest.Ill(t)
	secrets := []string{"hunter2-in-patch", "hunter2-in-setup", "hunter2-in-engine", "hunter2-in-source",
		"hunter2-in-path",
		"MIIEvQIBADANBgkq", "hkiG9w0BAQEFAASC"}
	walktest.AppendFile(t, filepath.Join(c, "Windows/Temp/OBPatch.log"),
		walktest.Utf16LE("Command line: Setup.exe /q /pu:bobby /pw:hunter2-in-patch\r\nProperty(S): LogonUser = bobby\r\n"))
	walktest.AppendFile(t, filepath.Join(c, "Windows/Temp/OBInstaller0Curr.errlog"),
		[]byte("1\t2\tpassword: hunter2-in-setup and more\tNORMAL C:\\Users\\bobby\\x\r\n"))
	walktest.AppendFile(t, filepath.Join(c,
		"Program Files/Microsoft Azure Recovery Services Agent/Temp/CBEngineCurr.errlog"),
		[]byte("1\t2\thttps://proxy:hunter2-in-engine@proxy.example.com:8080\r\n"+
			"-----BEGIN PRIVATE KEY-----\r\nMIIEvQIBADANBgkq\r\nhkiG9w0BAQEFAASC\r\n-----END PRIVATE KEY-----\r\nlast line\r\n"))
	elsewhere := filepath.Join(c, "Users/bobby/password=hunter2-in-path")
	if err := errors.Join(os.MkdirAll(elsewhere, 0o755),
		os.Rename(filepath.Join(c, "Windows/Temp/OBPatch.log"), filepath.Join(elsewhere, "OBPatch.log"))); err != nil {
		t.Fatal(err)
	}
	given := look.Given{PatchLog: `C:\Users\bobby\password=hunter2-in-path\OBPatch.log`}
	registry := filepath.Join(c, "Windows/System32/config/practice.json")
	content, err := os.ReadFile(registry)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(content, []byte(`C:\\e703768b6b4e0b79707d1228d22c236d\\Installers\\`),
		[]byte(`C:\\Users\\bobby\\x?sig=hunter2-in-source&a`), 1)
	if bytes.Equal(changed, content) {
		t.Fatal("the registration has no such source")
	}
	if err := os.WriteFile(registry, changed, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, hide := range []bool{false, true} {
		got := walktest.Unzip(t, walktest.PlanBundle(t, m, bundle.Options{HideUsers: hide, Given: given}))
		bobby := 0
		for name, text := range got {
			for _, s := range secrets {
				if strings.Contains(text, s) {
					t.Errorf("hide %v: %s holds %s", hide, name, s)
				}
			}
			bobby += strings.Count(text, "bobby")
		}
		if hide != (bobby == 0) {
			t.Errorf("hide %v: the user's name stands there %d times", hide, bobby)
		}
		if hide && !strings.Contains(got["logs/OBPatch.log"], "/pu:[user ") {
			t.Errorf("who the user was cannot be told from others:\n%s", got["logs/OBPatch.log"])
		}
		if !strings.Contains(got["logs/OBPatch.log"], "/pw:[removed]\r\n") {
			t.Error("it cannot be seen where something was taken out")
		}
		if from := "\\password=[removed]\r\n"; !strings.Contains(got["MANIFEST.txt"], from) {
			t.Errorf("the manifest does not tell that of the path %q is left:\n%s", from, got["MANIFEST.txt"])
		}
		if text := got["logs/CBEngineCurr.errlog"]; !strings.HasSuffix(text,
			"\r\n-----END PRIVATE KEY-----\r\nlast line\r\n") {
			t.Errorf("the end of the log is lost: %.200q", text[max(0, len(text)-200):])
		}
	}
}

// WiX parts values in CustomActionData with a control character. What it says of a service stays, and a secret between
// two of them goes.
func TestABundleReadsTheValuesOfWiX(t *testing.T) {
	m, c := walktest.Ill(t)
	walktest.AppendFile(t, filepath.Join(c, "Windows/Temp/OBPatch.log"), walktest.Utf16LE(
		"CustomActionData=SchedServiceConfig\u0080TCP IP Interface\u00800\u0080none\u0080none\u0080none\u00800\r\n"+
			"CustomActionData=svc\u0080CORP\u0080hunter2-in-wix\u0080x\r\n"))
	text := walktest.Unzip(t, walktest.PlanBundle(t, m, bundle.Options{}))["logs/OBPatch.log"]
	for _, line := range []string{"CustomActionData=SchedServiceConfig TCP IP Interface 0 none none none 0\r\n",
		"CustomActionData=svc CORP [removed] x\r\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("the log in the zip has no line %q:\n%s", line, text[max(0, len(text)-300):])
		}
	}
}

// TestBundleOfABareComputer finds nothing of what it looks for, and says so file by file.
func TestBundleOfABareComputer(t *testing.T) {
	m, c := walktest.Ill(t)
	for _, name := range []string{"Windows/Temp", "Program Files/Microsoft Azure Recovery Services Agent/Temp"} {
		if err := os.RemoveAll(filepath.Join(c, name)); err != nil {
			t.Fatal(err)
		}
	}
	got := walktest.Unzip(t, walktest.PlanBundle(t, m, bundle.Options{}))
	for _, name := range []string{"OBPatch.log", "OBInstaller0Curr.errlog", "OBMsi.log", "OBManagedlog.LOGCurr.errlog",
		"CBEngineCurr.errlog"} {
		if _, there := got["logs/"+name]; there || !strings.Contains(got["MANIFEST.txt"], name+": not found") {
			t.Errorf("%s: there %v, or the manifest does not say that it is not:\n%s", name, there, got["MANIFEST.txt"])
		}
	}
}

// TestBundleIsWholeOrNotThere breaks every operation that writes a bundle, one after the other.
func TestBundleIsWholeOrNotThere(t *testing.T) {
	m, _ := walktest.Ill(t)
	b := walktest.PlanBundle(t, m, bundle.Options{})
	for _, cause := range []error{disk.ErrFull, errors.New("the network is gone")} {
		for k := 1; ; k++ {
			dir := t.TempDir()
			path := filepath.Join(dir, "bundle.zip")
			broken := false
			hook := disktest.At(k, func(op disktest.Op, path string) error {
				broken = true
				return disktest.Short{N: 100, Err: disktest.Fail(cause)(op, path)}
			})
			p := b.WriteTo(context.Background(), disktest.New(disk.NewLocal(), hook), path,
				func(screen.Progress) {})
			if !broken {
				break
			}
			if p == nil && holdsWhole(t, path) {
				continue // it broke where nothing depends on it any more
			}
			if p == nil || p.Cure == "" {
				t.Errorf("operation %d: %+v", k, p)
			}
			left, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range left {
				if f.Name() == "bundle.zip" && !holdsWhole(t, path) {
					t.Errorf("operation %d: half a bundle has the name", k)
				}
				if f.Name() != "bundle.zip" && !strings.Contains(p.Message, f.Name()) {
					t.Errorf("operation %d: %s is left, and the problem does not say so: %s", k, f.Name(), p.Message)
				}
			}
		}
	}
}

func holdsWhole(t *testing.T, path string) bool {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	return slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "MANIFEST.txt" })
}

func TestBundleReplacesNothing(t *testing.T) {
	m, _ := walktest.Ill(t)
	b := walktest.PlanBundle(t, m, bundle.Options{})
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := b.WriteTo(context.Background(), disk.NewLocal(), path, func(screen.Progress) {})
	if p == nil || p.Code != "bundle-exists" {
		t.Errorf("%+v", p)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "mine" {
		t.Errorf("%q, %v", got, err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
	if p := b.WriteTo(context.Background(), disk.NewLocal(), filepath.Join(path, "b.zip"),
		func(screen.Progress) {}); p == nil || p.Code != "bundle-unwritable" {
		t.Errorf("below a file: %+v", p)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	other := filepath.Join(filepath.Dir(path), "other.zip")
	if p := b.WriteTo(ctx, disk.NewLocal(), other, func(screen.Progress) {}); p == nil ||
		p.Code != "bundle-stopped" {
		t.Errorf("stopped: %+v", p)
	}
	if _, err := os.Stat(other); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("stopped, and %v", err)
	}
}

// TestBundleKeepsTheSessionsThatMatter cuts a long log, and keeps its last session and the one that names the package.
func TestBundleKeepsTheSessionsThatMatter(t *testing.T) {
	m, c := walktest.Ill(t)
	path := filepath.Join(c, "Windows/Temp/OBPatch.log")
	session := func(n int, size int, line string) string {
		head := fmt.Sprintf("=== Verbose logging started: 3/%d/2026  09:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\nsession %d begins\r\n", n, n)
		return head + strings.Repeat("MSI (s) (0C:50) [13:14:37:045]: a line that is as long as those of Windows Installer are\r\n", size/100) + line
	}
	log := session(1, 2<<20, "") + session(2, 200_000,
		"MSI (s) (0C:50) [09:00:00:000]: Warning: Local cached package 'C:\\Windows\\Installer\\7b5ea8.msi' is missing.\r\n") +
		session(3, 7<<20, "") + session(4, 1<<20, "the very last line\r\n")
	if err := os.WriteFile(path, append([]byte{0xFF, 0xFE}, walktest.Utf16LE(log)...), 0o644); err != nil {
		t.Fatal(err)
	}
	b := walktest.PlanBundle(t, m, bundle.Options{})
	it := b.Items[slices.IndexFunc(b.Items, func(it bundle.Item) bool { return it.Name == "logs/OBPatch.log" })]
	if it.Kept >= it.Size || it.Kept > 16<<20 || it.Kept < 4<<20 {
		t.Errorf("of %d bytes %d are kept: %s", it.Size, it.Kept, it.Note)
	}
	got := walktest.Unzip(t, b)["logs/OBPatch.log"]
	for text, want := range map[string]bool{"session 1 begins": false, "session 2 begins": true,
		"7b5ea8.msi' is missing": true,
		"session 4 begins":       true, "the very last line\r\n": true, "are left out here, bytes 0 to ": true} {
		if strings.Contains(got, text) != want {
			t.Errorf("%q is in it: %v", text, !want)
		}
	}
	if n := strings.Count(got, "left out here"); n != 2 {
		t.Errorf("%d gaps are told of", n)
	}
	if !strings.HasSuffix(got, "the very last line\r\n") || strings.Contains(got, "\uFEFF") {
		t.Error("the end is not the log's, or a mark is left in it")
	}
}

// A log that another one follows, and that alone names what is lost, goes in beside it.
func TestBundleHoldsTheOlderLogThatNamesTheLoss(t *testing.T) {
	log := func(day int, line string) string {
		return fmt.Sprintf("=== Verbose logging started: 3/%d/2026  09:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\n%sMSI (s) (0C:50) [09:00:01:000]: MainEngineThread is returning 1618\r\n", day, line)
	}
	r, _ := walktest.OnRig(t, "unregistered")
	if err := errors.Join(os.WriteFile(r.Host(walktest.PatchLog), []byte(log(15, "")), 0o644),
		os.WriteFile(r.Host(`C:\Windows\SystemTemp\OBPatch.log`), []byte(log(14,
			"MSI (s) (0C:50) [09:00:00:000]: Warning: Local cached package 'C:\\Windows\\Installer\\7b5ea8.msi' is missing.\r\n")),
			0o644)); err != nil {
		t.Fatal(err)
	}
	got := walktest.Unzip(t, walktest.PlanBundle(t, r.Machine, bundle.Options{}))
	if strings.Contains(got["logs/OBPatch.log"], "7b5ea8") || !strings.Contains(got["logs/older-OBPatch.log"], "7b5ea8") ||
		strings.Contains(got["MANIFEST.txt"], "older ones are left out") {
		t.Errorf("in the zip are %q, %q:\n%s", got["logs/OBPatch.log"], got["logs/older-OBPatch.log"], got["MANIFEST.txt"])
	}
}

// TestNoJournalYet: on a computer that marsfix has not repaired, the list says where it looked for the journal.
func TestNoJournalYet(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	list := walktest.PlanBundle(t, r, bundle.Options{}).List()
	want := fmt.Sprintf(`  %-36s C:\Program Files\marsfix\journal.jsonl (there is none yet)`, "journal.jsonl")
	if !slices.Contains(list, want) {
		t.Errorf("the list has no line %q:\n%s", want, strings.Join(list, "\n"))
	}
}
