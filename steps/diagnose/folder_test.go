package diagnose_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps/diagnose"
	"marsfix/steps/look"
	"marsfix/steps/offline"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// logOf is a log that names a package, with its header.
func logOf(started, path string) string {
	return "=== Verbose logging started: " + started +
		"  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\n" +
		walktest.EnginePre + "Warning: Local cached package '" + path + "' is missing.\r\n" +
		walktest.Returned + "1612\r\n"
}

// Where no system reports its Windows folder, the folder of an accepted name is told, as the log has it.
func TestTheLoggedFolderIsTold(t *testing.T) {
	for name, tt := range map[string]struct{ file, logged, want string }{
		"WINNT on D:":                {"OBPatch.log", `D:\WINNT\Installer\1a2.msi`, `D:\WINNT\Installer\1a2.msi`},
		"Windows on H:":              {"OBPatch.log", `H:\WINDOWS\Installer\1a2.msi`, `H:\WINDOWS\Installer\1a2.msi`},
		"the usual one, in capitals": {"OBPatch.log", `C:\WINDOWS\Installer\1a2.msi`, `C:\Windows\Installer\1a2.msi`},
		"a disk of another letter": {"Windows/Temp/OBPatch.log", `H:\WINDOWS\Installer\1a2.msi`,
			`H:\WINDOWS\Installer\1a2.msi`},
		"a disk with WINNT": {"WINNT/Temp/OBPatch.log", `C:\WINNT\Installer\1a2.msi`,
			`C:\WINNT\Installer\1a2.msi`},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := offline.New(walktest.Files(t,
				map[string]string{tt.file: logOf("7/25/2025  16:37:07", tt.logged)}))
			if err != nil {
				t.Fatal(err)
			}
			d := walktest.Look(t, l)
			if d.Verdict != look.RepairNeeded || d.MissingPackage != tt.want || !strings.Contains(d.Reason, tt.want) {
				t.Errorf("%s: %q: %s", d.Verdict, d.MissingPackage, d.Reason)
			}
		})
	}
}

// Of several logs the one with the latest session counts, also where the headers have no year, or no engine lines
// follow.
func TestTheLatestOfSeveralLogs(t *testing.T) {
	plain := strings.ReplaceAll(walktest.PlainLog("Error 1714. It cannot be removed. System Error 1612."),
		"7/25/2025", "7/26/2025")
	for name, tt := range map[string]struct {
		temp, system               string
		tempWritten, systemWritten string
		id                         string
		verdict                    look.Verdict
	}{
		"no year": {logOf("2/6  23:15:13", `C:\Windows\Installer\a1.msi`),
			logOf("2/7  0:15:13", `C:\Windows\Installer\b2.msi`), "2026-02-06 23:15", "2026-02-07 00:15", "b2",
			look.RepairNeeded},
		"no year, the other": {logOf("2/7  0:15:13", `C:\Windows\Installer\a1.msi`),
			logOf("2/6  23:15:13", `C:\Windows\Installer\b2.msi`), "2026-02-07 00:15", "2026-02-06 23:15", "a1",
			look.RepairNeeded},
		"no year, copied together": {logOf("2/6  23:15:13", `C:\Windows\Installer\a1.msi`),
			logOf("2/7  0:15:13", `C:\Windows\Installer\b2.msi`), "2026-03-01 00:00", "2026-03-01 00:00", "b2",
			look.RepairNeeded},
		"over New Year": {logOf("12/31  23:59:00", `C:\Windows\Installer\a1.msi`),
			logOf("1/1  0:05:00", `C:\Windows\Installer\b2.msi`), "2026-02-01 00:00", "2026-02-01 00:00", "b2",
			look.RepairNeeded},
		"one with a year": {logOf("2/6/2026  23:15:13", `C:\Windows\Installer\a1.msi`),
			logOf("2/7  0:15:13", `C:\Windows\Installer\b2.msi`), "2026-02-06 23:15", "2026-02-07 00:15", "b2",
			look.RepairNeeded},
		"a plain one is later": {logOf("7/25/2025  16:37:07", `C:\Windows\Installer\a1.msi`), plain,
			"2025-07-25 16:37", "2025-07-26 16:37", "a1", look.RepairNeeded},
		"a plain one is earlier": {logOf("7/27/2025  16:37:07", `C:\Windows\Installer\a1.msi`), plain,
			"2025-07-27 16:37", "2025-07-26 16:37", "a1", look.RepairNeeded},
		"one that is no log": {logOf("7/25/2025  16:37:07", `C:\Windows\Installer\a1.msi`), "<html>",
			"2025-07-25 16:37", "2025-07-28 16:37", "a1", look.RepairNeeded},
	} {
		t.Run(name, func(t *testing.T) {
			root := walktest.Files(t, map[string]string{"Windows/Temp/OBPatch.log": tt.temp,
				"Windows/SystemTemp/OBPatch.log": tt.system})
			for dir, written := range map[string]string{"Temp": tt.tempWritten, "SystemTemp": tt.systemWritten} {
				at, err := time.Parse("2006-01-02 15:04", written)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(filepath.Join(root, "Windows", dir, "OBPatch.log"), at, at); err != nil {
					t.Fatal(err)
				}
			}
			l, err := offline.New(root)
			if err != nil {
				t.Fatal(err)
			}
			if d := walktest.Look(t, l); d.UniqueID != tt.id || d.Verdict != tt.verdict {
				t.Errorf("%s, %q: %s", d.Verdict, d.UniqueID, d.Reason)
			}
		})
	}
}

// inOneFolder reports whether two of some files have the same name in one folder, but for case.
func inOneFolder(files map[string]string) bool {
	seen := map[string]bool{}
	for file := range files {
		if seen[strings.ToLower(file)] {
			return true
		}
		seen[strings.ToLower(file)] = true
	}
	return false
}

// Where two logs are at hand, neither is forgotten: what the older one names as lost stays lost when the newer one only
// failed, and where nobody can tell which is newer, they have to agree.
func TestTwoLogs(t *testing.T) {
	log := func(started, lines, code string) string {
		return strings.ReplaceAll(walktest.Opening, "7/25/2025  16:37:07", started) + walktest.UsualTalk + lines +
			walktest.Returned + code + "\n" + walktest.Closing
	}
	names := strings.ReplaceAll(walktest.NamesIt, "3f2a91", "aaa1")
	const temp, system = "Windows/Temp/OBPatch.log", "Windows/SystemTemp/OBPatch.log"
	for name, tt := range map[string]struct {
		files   map[string]string
		written string // of the first; the second is a second younger
		verdict look.Verdict
		problem string
	}{
		"lost, then stopped": {map[string]string{temp: log("7/25/2025  16:00:00", names, "1612"),
			system: log("7/26/2025  16:00:00", "", "1618")}, "2025-07-26", look.RepairNeeded, ""},
		"lost, then failed": {map[string]string{temp: log("7/25/2025  16:00:00", names, "1612"),
			system: log("7/26/2025  16:00:00", "", "1603")}, "2025-07-26", look.RepairNeeded, ""},
		"lost, then through": {map[string]string{temp: log("7/25/2025  16:00:00", names, "1612"),
			system: log("7/26/2025  16:00:00", "", "0")}, "2025-07-26", look.Unclear, "log-superseded"},
		"through, then lost": {map[string]string{temp: log("7/25/2025  16:00:00", "", "0"),
			system: log("7/26/2025  16:00:00", names, "1612")}, "2025-07-26", look.RepairNeeded, ""},
		"lost, then through, by two orders": {map[string]string{temp: log("26.07.2025  16:00:00", names, "1612"),
			system: log("7/25/2025  16:00:00", "", "0")}, "2025-09-30", look.RepairNeeded, ""},
		"of no known order": {map[string]string{temp: log("1/8/2025  16:00:00", names, "1612"),
			system: log("2/7/2025  16:00:00", "", "0")}, "2025-09-30", look.Unclear, "logs-disagree"},
		"of no known order, both through": {map[string]string{temp: log("1/8/2025  16:00:00", "", "0"),
			system: log("2/7/2025  16:00:00", "", "0")}, "2025-09-30", look.Healthy, ""},
		"of no known order, unnamed": {map[string]string{temp: log("1/8/2025  16:00:00", "", "1612"),
			system: log("2/7/2025  16:00:00", "", "0")}, "2025-09-30", look.Unclear, "logs-disagree"},
		"at the same time": {map[string]string{temp: log("7/25/2025  16:00:00", names, "1612"),
			system: log("7/25/2025  16:00:00", "", "0")}, "2025-09-30", look.Unclear, "logs-disagree"},
		"lost after midnight": {map[string]string{temp: log("7/25/2025  1:37:07 AM", names, "1612"),
			system: log("7/25/2025  12:37:07 AM", "", "0")}, "2025-09-30", look.RepairNeeded, ""},
		"without a header": {map[string]string{temp: strings.TrimPrefix(log("7/25/2025  16:00:00", names, "1612"),
			strings.ReplaceAll(walktest.Opening, "7/25/2025  16:37:07", "7/25/2025  16:00:00")),
			system: log("7/26/2025  16:00:00", "", "0")}, "2025-09-30", look.Unclear, "logs-disagree"},
		"one is a page": {map[string]string{temp: "<html>", system: log("7/26/2025  16:00:00", "", "0")},
			"2025-09-30", look.Healthy, ""},
		"one is empty": {map[string]string{temp: "", system: log("7/26/2025  16:00:00", "", "0")}, "2025-09-30",
			look.Healthy, ""},
		"two names that differ in case": {map[string]string{temp: log("7/25/2025  16:00:00", "", "0"),
			"Windows/Temp/obpatch.LOG": log("7/26/2025  16:00:00", names, "1612")}, "2025-09-30",
			look.RepairNeeded, ""},
		"and the later one went through": {map[string]string{temp: log("7/25/2025  16:00:00", names, "1612"),
			"Windows/Temp/obpatch.LOG": log("7/26/2025  16:00:00", "", "0")}, "2025-09-30", look.Unclear,
			"log-superseded"},
		"and the other way about": {map[string]string{temp: log("7/26/2025  16:00:00", names, "1612"),
			"Windows/Temp/obpatch.LOG": log("7/25/2025  16:00:00", "", "0")}, "2025-09-30", look.RepairNeeded, ""},
		"in a folder of logs": {map[string]string{"OBPatch.log": log("7/25/2025  16:00:00", names, "1612"),
			"obpatch.LOG": log("7/26/2025  16:00:00", "", "1618")}, "2025-09-30", look.RepairNeeded, ""},
	} {
		if runtime.GOOS != "linux" && inOneFolder(tt.files) {
			continue // disks of other systems do not tell case apart
		}
		t.Run(name, func(t *testing.T) {
			at, err := time.Parse(time.DateOnly, tt.written)
			if err != nil {
				t.Fatal(err)
			}
			tt.files["Windows/Installer/x"] = ""
			if name == "in a folder of logs" {
				delete(tt.files, "Windows/Installer/x")
			}
			root := walktest.Files(t, tt.files)
			for file := range tt.files {
				written := at
				if file != temp {
					written = at.Add(time.Second)
				}
				if err := os.Chtimes(filepath.Join(root, filepath.FromSlash(file)), written, written); err != nil {
					t.Fatal(err)
				}
			}
			l, err := offline.New(root)
			if err != nil {
				t.Fatal(err)
			}
			d := walktest.Look(t, l)
			first := ""
			if len(d.Problems) > 0 {
				first = string(d.Problems[0].Code)
			}
			if d.Verdict != tt.verdict || first != tt.problem {
				t.Errorf("%s %v: %s", d.Verdict, codes(d), d.Reason)
			}
			if want := map[bool]string{true: "aaa1"}[tt.verdict == look.RepairNeeded]; want != "" &&
				(d.UniqueID != want || len(d.Evidence) == 0) {
				t.Errorf("the id is %q, the evidence %+v", d.UniqueID, d.Evidence)
			}
			for _, e := range d.Evidence { // the line stands in the file that is told
				text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(strings.ReplaceAll(e.File[len(`C:\`):],
					`\`, "/"))))
				if err != nil || !strings.Contains(string(text), e.Text) {
					t.Errorf("%s has no line %q: %v", e.File, e.Text, err)
				}
			}
			fits(t, d)
		})
	}
}

// Of what nobody could look at nothing is said to be there or not to be there: no disk, or a drive that is not mounted.
func TestNothingIsSaidOfWhatNobodyLookedAt(t *testing.T) {
	named := logOf("7/25/2025  16:37:07", `C:\Windows\Installer\3f2a91.msi`)
	away := strings.ReplaceAll(walktest.FolderLine, `C:\1f2e3d4c`, `F:\1f2e3d4c`)
	for name, tt := range map[string]struct {
		files  map[string]string
		unseen []string // names of what nobody could look at
		absent int      // files of which the text says that they are not there
	}{
		"collected logs": {map[string]string{"OBPatch.log": named, "OBInstaller0Curr.errlog": walktest.FolderLine},
			[]string{"1f2e3d4c", "3f2a91"}, 0},
		"another drive": {map[string]string{"Windows/Temp/OBPatch.log": named,
			"Windows/Temp/OBInstaller0Curr.errlog": away, "Windows/Installer/x": ""},
			[]string{"1f2e3d4c"}, 1},
		"a part of a disk": {map[string]string{"Windows/Temp/OBPatch.log": named,
			"Windows/Temp/OBInstaller0Curr.errlog": walktest.FolderLine, "1f2e3d4c/Installers/OBSAGENT.msi": "x"},
			[]string{"3f2a91"}, 0},
		"all is there": {map[string]string{"Windows/Temp/OBPatch.log": named,
			"Windows/Temp/OBInstaller0Curr.errlog": walktest.FolderLine,
			"Windows/Installer/3f2a91.msi":         "(package)", "1f2e3d4c/Installers/OBSAGENT.msi": "x"}, nil, 0},
		"the folder is there": {map[string]string{"Windows/Temp/OBPatch.log": named,
			"Windows/Temp/OBInstaller0Curr.errlog": walktest.FolderLine,
			"Windows/Installer/x":                  "", "1f2e3d4c/Installers/OBSAGENT.msi": "x"}, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := offline.New(walktest.Files(t, tt.files))
			if err != nil {
				t.Fatal(err)
			}
			d, made, err := diagnose.Look(context.Background(), l, "test", time.Now(), func(screen.Progress) {})
			if err != nil {
				t.Fatal(err)
			}
			page := string(made().HTML())
			if n := strings.Count(d.Text(), "(missing)"); n != tt.absent {
				t.Errorf("%d files are not there:\n%s", n, d.Text())
			}
			said := regexp.MustCompile(`does not exist|not there|>is missing|· is missing|· exists|\(present\)|\(missing\)`)
			for line := range strings.Lines(page + d.Text()) {
				for _, unseen := range tt.unseen {
					// what the log says
					if strings.Contains(line, unseen) && said.MatchString(line) &&
						!strings.Contains(line, "<th>names</th>") {
						t.Errorf("it is said: %s", line)
					}
				}
			}
			if strings.Contains(page, "does not exist") {
				t.Error("the page says that something does not exist")
			}
			if looked := !slices.Contains(tt.unseen, "3f2a91"); looked != strings.Contains(d.Line(), " present=") {
				t.Error(d.Line())
			}
		})
	}
}
