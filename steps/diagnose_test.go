package steps_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/offline"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
)

const (
	header  = "=== Verbose logging started: 12/3/2015  13:14:36  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\n"
	missing = "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\312c0.msi' is missing.\r\n"
	lost    = "MSI (s) (C0:E4) [09:27:14:308]: Couldn't find local patch 'C:\\WINDOWS\\Installer\\145258.msp'. Looking for it at its source.\r\n"
	wrong   = "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\312c0.msi' could not be opened as a storage file.\r\n"
	ended   = "MSI (s) (C0:E4) [09:27:14:308]: MainEngineThread is returning "
	hostile = "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\..\\evil.msi' is missing.\r\n"
	folder  = "0AB0\t0974\t08/04\t13:16:29.206\t18\tsetup.cpp(1372)\t[0000000053582120]\t1FCFF8B4\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c\r\n"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(diagnose.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("diagnose.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("diagnose.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func look1(t *testing.T, l computer.Looker) diagnose.Diagnosis {
	t.Helper()
	d, _, err := diagnose.Report(context.Background(), l, "test", time.Now(), func(screen.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema(t).Validate(v); err != nil {
		t.Errorf("%s\n%v", b, err)
	}
	return d
}

// files makes a folder with the files told.
func files(t *testing.T, named map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range named {
		p := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if text == "(folder)" {
			if err := os.Mkdir(p, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestDiagnoseFolders(t *testing.T) {
	for name, tt := range map[string]struct {
		files   map[string]string
		verdict steps.Verdict
		id      string
		present bool
		temp    string
		source  bool
		codes   []string
	}{
		"a disk that lacks the package":    {map[string]string{"Windows/Temp/OBPatch.log": header + missing, "Windows/Installer/x.txt": ""}, steps.RepairNeeded, "312c0", false, "", false, nil},
		"a disk in other case":             {map[string]string{"WINDOWS/TEMP/obpatch.LOG": header + missing, "WINDOWS/INSTALLER/312C0.MSI": "x"}, steps.Healthy, "312c0", true, "", false, nil},
		"a wrong file, one session ago":    {map[string]string{"Windows/Temp/OBPatch.log": header + wrong + ended + "1612\r\n" + header + ended + "1602\r\n", "Windows/Installer/312c0.msi": "x"}, steps.RepairNeeded, "312c0", true, "", false, nil},
		"an upgrade went through since":    {map[string]string{"Windows/Temp/OBPatch.log": header + wrong + ended + "1612\r\n" + header + ended + "0\r\n", "Windows/Installer/312c0.msi": "x"}, steps.Healthy, "312c0", true, "", false, nil},
		"and the package is gone again":    {map[string]string{"Windows/Temp/OBPatch.log": header + wrong + ended + "1612\r\n" + header + ended + "0\r\n", "Windows/Installer/x.msi": "x"}, steps.RepairNeeded, "312c0", false, "", false, nil},
		"two names, the newer one is back": {map[string]string{"Windows/Temp/OBPatch.log": header + missing + strings.ReplaceAll(missing, "312c0", "aaa") + ended + "1612\r\n", "Windows/Installer/AAA.msi": "x"}, steps.RepairNeeded, "312c0", false, "", false, nil},
		"two names, both are back":         {map[string]string{"Windows/Temp/OBPatch.log": header + strings.ReplaceAll(missing, "312c0", "aaa") + missing + ended + "1612\r\n", "Windows/Installer/AAA.msi": "x", "Windows/Installer/312c0.msi": "x"}, steps.Healthy, "312c0", true, "", false, nil},
		"WINNT":                            {map[string]string{"WINNT/Temp/OBPatch.log": header + missing}, steps.Unclear, "", false, "", false, []string{"suspicious-name"}},
		"with both logs":                   {map[string]string{"Windows/Temp/OBPatch.log": header + missing, "Windows/Temp/OBInstaller0Curr.errlog": folder, "1f2e3d4c/Installers/OBSAGENT.msi": "x"}, steps.RepairNeeded, "312c0", false, `C:\1f2e3d4c`, true, nil},
		"collected logs":                   {map[string]string{"OBPatch.log": header + missing, "OBInstaller0Curr.errlog": folder}, steps.RepairNeeded, "312c0", false, `C:\1f2e3d4c`, false, nil},
		"collected logs, nothing missing":  {map[string]string{"obpatch.log": header + ended + "0\r\n"}, steps.Healthy, "", false, "", false, nil},
		"collected logs, a part":           {map[string]string{"obpatch.log": header}, steps.Unclear, "", false, "", false, []string{"log-unfinished"}},
		"no log on the disk":               {map[string]string{"Windows/Temp/x": ""}, steps.Unclear, "", false, "", false, []string{"log-missing"}},
		"an empty log":                     {map[string]string{"Windows/Temp/OBPatch.log": ""}, steps.Unclear, "", false, "", false, []string{"log-empty"}},
		"a log of nothing but zeros":       {map[string]string{"Windows/Temp/OBPatch.log": "\x00\x00\x00\x00\x00\x00"}, steps.Unclear, "", false, "", false, []string{"log-empty"}},
		"a log that is a folder":           {map[string]string{"Windows/Temp/OBPatch.log": "(folder)"}, steps.Unclear, "", false, "", false, []string{"log-is-folder"}},
		"only a hostile name":              {map[string]string{"Windows/Temp/OBPatch.log": header + hostile}, steps.Unclear, "", false, "", false, []string{"suspicious-name"}},
		"a hostile name after a good one":  {map[string]string{"Windows/Temp/OBPatch.log": header + missing + hostile}, steps.RepairNeeded, "312c0", false, "", false, []string{"suspicious-name"}},
		"a lost patch alone":               {map[string]string{"Windows/Temp/OBPatch.log": header + lost}, steps.Unclear, "", false, "", false, []string{"patch-missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := offline.New(files(t, tt.files))
			if err != nil {
				t.Fatal(err)
			}
			d := look1(t, l)
			if d.Verdict != tt.verdict || d.UniqueID != tt.id || d.PackagePresent != tt.present || d.TempPath != tt.temp || d.SourcePresent != tt.source {
				t.Errorf("%+v", d)
			}
			if tt.id != "" && d.MissingPackage != `C:\Windows\Installer\312c0.msi` {
				t.Errorf("package %q", d.MissingPackage)
			}
			if len(d.Problems) != len(tt.codes) {
				t.Fatalf("problems %+v, want %v", d.Problems, tt.codes)
			}
			for i, c := range tt.codes {
				if d.Problems[i].Code != c {
					t.Errorf("problem %s, want %s", d.Problems[i].Code, c)
				}
			}
		})
	}
}

func TestDiagnosePractice(t *testing.T) {
	for name, want := range map[string]steps.Verdict{
		"missing": steps.RepairNeeded, "healthy": steps.Healthy, "planted": steps.RepairNeeded,
		"bad-target": steps.RepairNeeded, "patch-missing": steps.RepairNeeded, "two-ids": steps.RepairNeeded,
	} {
		t.Run(name, func(t *testing.T) {
			m, err := practice.New(practice.Options{Scenario: name, Keep: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			d := look1(t, m)
			if d.Verdict != want {
				t.Errorf("%s: %s", d.Verdict, d.Reason)
			}
			if d.UniqueID != "7b5ea8" || d.Product.Name == "" {
				t.Errorf("%+v", d)
			}
		})
	}
}
