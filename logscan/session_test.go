package logscan

import (
	"bytes"
	"strings"
	"testing"
)

// The header does not say whether the day or the month comes first: what both readings say counts, and nothing where they differ.
func TestSessionAfter(t *testing.T) {
	for _, tt := range []struct {
		a, b         string
		later, known bool
	}{
		{"12/3/2015  13:14:36", "12/3/2015  13:14:35", true, true},
		{"12/3/2015  13:14:36", "12/3/2015  13:14:36", false, false},
		{"12/3/2015  9:14:36", "12/3/2015  13:14:36", false, true},
		{"1/2/2026  00:00:00", "12/31/2025  23:59:59", true, true},
		{"31.12.2025  23:59:59", "1.1.2026  00:00:00", false, true},
		{"2026-01-31  10:00:00", "2025-12-31  10:00:00", true, true},
		{"31/01/26  10:00", "30/01/26  11:00", true, true},
		{"2/1/2025  10:00:00", "1/3/2025  10:00:00", false, false}, // 1 February and 3 January, or 2 January and 1 March
		{"13/1/2025  10:00:00", "1/13/2025  10:00:00", false, false},
		{"12/3/2015  13:14:36", "", false, false},
		{"yesterday", "12/3/2015  13:14:36", false, false},
		{"99/99/2015  13:14:36", "12/3/2015  13:14:36", false, false},
		{"12/3/99999999999999999999  13:14:36", "12/3/2015  13:14:36", false, false},
	} {
		later, known := Session{Started: tt.a}.After(Session{Started: tt.b})
		if later != tt.later || known != tt.known {
			t.Errorf("%q after %q is %v, known %v", tt.a, tt.b, later, known)
		}
		if back, known := (Session{Started: tt.b}).After(Session{Started: tt.a}); known != tt.known || known && back == tt.later {
			t.Errorf("%q after %q is %v, known %v", tt.b, tt.a, back, known)
		}
	}
}

// The last session is found from the end in every encoding, and is the one that a scan finds.
func TestLastSession(t *testing.T) {
	const first = header + `1/2/2025  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\a\Setup.exe ===` + "\r\n"
	second := strings.NewReplacer("1/2/2025", "3/4/2025", `\a\`, `\b\`).Replace(first)
	for name, text := range map[string]string{
		"two":      first + "one\r\n" + second + "two\r\n",
		"cut":      first + strings.TrimRight(second, "\r\n=")[:60],
		"none":     "one\r\n",
		"far back": first + strings.Repeat("a line without anything\r\n", 40_000),
	} {
		for _, m := range modes {
			data := encodeAs(text, m)
			got, err := LastSession(t.Context(), bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			log, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)), PatchOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if want := log.Last; got.Started != want.Started || got.Process != want.Process || got.Line.Offset != want.Line.Offset {
				t.Errorf("%s, mode %v: %+v, want %+v", name, m, got, want)
			}
		}
	}
}
