package winmachine

import (
	"encoding/binary"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// The shapes of lines in OBPatch.log, as Windows Installer writes them, and in OBInstaller0Curr.errlog.
var (
	patchLine = regexp.MustCompile(`^(=== Verbose logging (started: \d+/\d+/\d{4}  \d+:\d\d:\d\d  Build type: SHIP UNICODE 5\.00\.\d+\.00  Calling process: C:\\[0-9a-f]{32}\\CBPSetup\.exe|stopped: \d+/\d+/\d{4}  \d+:\d\d:\d\d) ===` +
		`|MSI \([sc]\) \([0-9A-F]{2}:[0-9A-F]{2}\) \[\d\d:\d\d:\d\d:\d{3}\]: .+| {11}\*{7} Product: \{[0-9A-F-]{36}\})$`)
	setupLine = regexp.MustCompile(`^[0-9A-F]{4,}\t[0-9A-F]{4,}\t\d\d/\d\d\t\d\d:\d\d:\d\d\.\d{3}\t\d+\t\w+\.cpp\(\d+\)\t\[[0-9A-F]{16}\]\t[0-9A-F-]{36}\t\t[A-Z]+\tDirectory Path for SetupLaunchScreen: (C:\\[0-9a-f]{32})$`)
)

// linesOf takes a text with CRLF apart.
func linesOf(t *testing.T, name, text string) []string {
	t.Helper()
	lines := strings.Split(text, "\r\n")
	if lines[len(lines)-1] != "" || strings.ContainsAny(strings.Join(lines, ""), "\r\n") {
		t.Fatalf("the lines of %s do not all end as on Windows:\n%q", name, text)
	}
	return lines[:len(lines)-1]
}

// checkPatchLog holds that OBPatch.log, after an upgrade that failed with 1612 and one that went through, is what
// Windows Installer appends: UTF-16LE with its mark at the beginning only, every line of a shape of the engine, and
// what it says of a lost package in its words.
func checkPatchLog(t *testing.T, cached string) {
	t.Helper()
	data := readFile(t, `C:\windows\Temp\OBPatch.log`)
	units := make([]uint16, len(data)/2)
	if _, err := binary.Decode(data, binary.LittleEndian, units); err != nil || len(data)%2 != 0 {
		t.Fatalf("OBPatch.log has %d bytes, %v", len(data), err)
	}
	text, marked := strings.CutPrefix(string(utf16.Decode(units)), "\ufeff")
	if !marked || strings.Contains(text, "\ufeff") {
		t.Errorf("OBPatch.log begins with % x, and has its mark once more: %v", data[:2],
			strings.Contains(text, "\ufeff"))
	}
	var engine []string
	for _, line := range linesOf(t, "OBPatch.log", text) {
		if !patchLine.MatchString(line) {
			t.Errorf("OBPatch.log has the line %q", line)
		}
		if side, said, ok := strings.Cut(line, "]: "); ok && strings.HasPrefix(side, "MSI (s)") {
			engine = append(engine, said)
		}
	}
	lost := []string{"Grabbed execution mutex.", "Warning: Local cached package '" + cached + "' is missing.",
		"SOURCEMGMT: Looking for sourcelist for product " + agentCode,
		"SOURCEMGMT: Source is invalid due to missing/inaccessible package.",
		"SOURCEMGMT: Failed to resolve source", "MainEngineThread is returning 1612"}
	if want := append(lost, "Grabbed execution mutex.", "MainEngineThread is returning 0"); !slices.Equal(engine,
		want) {
		t.Errorf("the engine says\n%q, want\n%q", engine, want)
	}
}

// checkSetupLog holds that the set-up log has a true line for each of these many starts, and that their folders, of one
// start each, are gone.
func checkSetupLog(t *testing.T, starts int) {
	t.Helper()
	folders := map[string]bool{}
	lines := linesOf(t, "the set-up log", string(readFile(t, `C:\windows\Temp\OBInstaller0Curr.errlog`)))
	for _, line := range lines {
		m := setupLine.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("the set-up log has the line %q", line)
			continue
		}
		folders[m[1]] = true
		if _, err := os.Stat(m[1]); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the extraction folder %s is still there: %v", m[1], err)
		}
	}
	if len(lines) != starts || len(folders) != starts {
		t.Errorf("of %d starts the set-up log has the lines %q", starts, lines)
	}
}
