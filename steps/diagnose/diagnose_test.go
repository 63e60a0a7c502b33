package diagnose_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/practice"
	"marsfix/steps/walk/walktest"
)

func TestDiagnoseFolders(t *testing.T) {
	for name, tt := range map[string]struct {
		files   map[string]string
		verdict look.Verdict
		id      string
		present bool
		temp    string
		source  bool
		codes   []string
	}{
		"a disk that lacks the package": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine, "Windows/Installer/x.txt": ""}, look.RepairNeeded, "312c0", false, "", false, nil},
		"a disk in other case": {map[string]string{"WINDOWS/TEMP/obpatch.LOG": walktest.HeaderLine +
			walktest.MissingLine, "WINDOWS/INSTALLER/312C0.MSI": "(package)"}, look.Healthy, "312c0", true, "", false, nil},
		"a wrong file, one session ago": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.WrongLine + walktest.EndedLine + "1612\r\n" + walktest.HeaderLine + walktest.EndedLine +
			"1602\r\n", "Windows/Installer/312c0.msi": "(package)"}, look.RepairNeeded, "312c0", true, "", false, nil},
		"an upgrade went through since": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.WrongLine + walktest.EndedLine + "1612\r\n" + walktest.HeaderLine + walktest.EndedLine + "0\r\n",
			"Windows/Installer/312c0.msi": "(package)"}, look.Healthy, "312c0", true, "", false, nil},
		"and the package is gone again": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.WrongLine + walktest.EndedLine + "1612\r\n" + walktest.HeaderLine + walktest.EndedLine + "0\r\n",
			"Windows/Installer/x.msi": "x"}, look.Unclear, "312c0", false, "", false, []string{"log-superseded"}},
		"two names, the newer one is back": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine + strings.ReplaceAll(walktest.MissingLine, "312c0", "aaa") + walktest.EndedLine +
			"1612\r\n", "Windows/Installer/AAA.msi": "(package)"}, look.RepairNeeded, "312c0", false, "", false, nil},
		"two names, both are back": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			strings.ReplaceAll(walktest.MissingLine, "312c0", "aaa") + walktest.MissingLine + walktest.EndedLine +
			"1612\r\n", "Windows/Installer/AAA.msi": "(package)", "Windows/Installer/312c0.msi": "(package)"}, look.Healthy, "312c0",
			true, "", false, nil},
		"WINNT": {map[string]string{"WINNT/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine}, look.Unclear, "", false, "", false, []string{"suspicious-name"}},
		"with both logs": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine, "Windows/Temp/OBInstaller0Curr.errlog": walktest.FolderLine,
			"1f2e3d4c/Installers/OBSAGENT.msi": "x"}, look.RepairNeeded, "312c0", false, `C:\1f2e3d4c`, true, nil},
		"collected logs": {map[string]string{"OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine, "OBInstaller0Curr.errlog": walktest.FolderLine}, look.RepairNeeded, "312c0", false,
			`C:\1f2e3d4c`, false, nil},
		"collected logs, nothing missing": {map[string]string{"obpatch.log": walktest.HeaderLine + walktest.EndedLine +
			"0\r\n"}, look.Healthy, "", false, "", false, nil},
		"collected logs, a part": {map[string]string{"obpatch.log": walktest.HeaderLine}, look.Unclear, "",
			false, "", false, []string{"log-unfinished"}},
		"no log on the disk": {map[string]string{"Windows/Temp/x": ""}, look.Unclear, "", false, "",
			false, []string{"log-missing"}},
		"an empty log": {map[string]string{"Windows/Temp/OBPatch.log": ""}, look.Unclear, "", false,
			"", false, []string{"log-empty"}},
		"a log of nothing but zeros": {map[string]string{"Windows/Temp/OBPatch.log": "\x00\x00\x00\x00\x00\x00"},
			look.Unclear, "", false, "", false, []string{"log-empty"}},
		"a log that is a folder": {map[string]string{"Windows/Temp/OBPatch.log": "(folder)"}, look.Unclear,
			"", false, "", false, []string{"log-is-folder"}},
		"only a hostile name": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.HostileLine}, look.Unclear, "", false, "", false, []string{"suspicious-name"}},
		"a hostile name after a good one": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.MissingLine + walktest.HostileLine}, look.RepairNeeded, "312c0", false, "", false,
			[]string{"suspicious-name"}},
		"a lost patch alone": {map[string]string{"Windows/Temp/OBPatch.log": walktest.HeaderLine +
			walktest.LostLine}, look.Unclear, "", false, "", false, []string{"patch-missing"}},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := offline.New(walktest.Files(t, tt.files))
			if err != nil {
				t.Fatal(err)
			}
			d := walktest.Look(t, l)
			if d.Verdict != tt.verdict || d.UniqueID != tt.id || d.PackagePresent != tt.present ||
				d.TempPath != tt.temp || d.SourcePresent != tt.source {
				t.Errorf("%+v", d)
			}
			if tt.id != "" && d.MissingPackage != `C:\Windows\Installer\312c0.msi` {
				t.Errorf("package %q", d.MissingPackage)
			}
			if len(d.Problems) != len(tt.codes) {
				t.Fatalf("problems %+v, want %v", d.Problems, tt.codes)
			}
			for i, c := range tt.codes {
				if string(d.Problems[i].Code) != c {
					t.Errorf("problem %s, want %s", d.Problems[i].Code, c)
				}
			}
		})
	}
}

// What is lost of an emptied cache is told in every form.
func TestDiagnosisOfAnEmptiedCache(t *testing.T) {
	m, err := practice.New(practice.Options{Scenario: "cache-emptied", Keep: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	d := walktest.Look(t, m)
	var lost []string
	for _, p := range d.MissingPatches {
		lost = append(lost, p.PatchCode+" "+p.LocalPackage)
	}
	want := []string{walktest.PatchCode + ` C:\Windows\Installer\` + walktest.PatchName,
		walktest.HotfixCode + ` C:\Windows\Installer\` + walktest.HotfixName}
	if d.Verdict != look.RepairNeeded || d.PackagePresent || !slices.Equal(lost, want) {
		t.Errorf("%s, present %v, lost %q", d.Verdict, d.PackagePresent, lost)
	}
	if line := d.Line(); !strings.Contains(line, " missing_patches=2 ") || !strings.Contains(line, "patch-missing") ||
		!strings.Contains(line, "and 2 cached patches are missing") {
		t.Errorf("the line is %s", line)
	}
	if text := d.Text(); !strings.Contains(text, "and 2 cached") || !strings.Contains(text, walktest.PatchName) {
		t.Errorf("the text is\n%s", text)
	}
}

func TestDiagnosePractice(t *testing.T) {
	for name, want := range map[string]look.Verdict{
		"missing": look.RepairNeeded, "healthy": look.Healthy, "planted": look.RepairNeeded,
		"bad-target": look.RepairNeeded, "patch-missing": look.RepairNeeded, "patch-elsewhere": look.RepairNeeded,
		"cache-emptied": look.RepairNeeded, "two-ids": look.RepairNeeded,
	} {
		t.Run(name, func(t *testing.T) {
			m, err := practice.New(practice.Options{Scenario: name, Keep: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			d := walktest.Look(t, m)
			if d.Verdict != want {
				t.Errorf("%s: %s", d.Verdict, d.Reason)
			}
			if d.UniqueID != "7b5ea8" || d.Product.Name == "" {
				t.Errorf("%+v", d)
			}
		})
	}
}
