package logscan

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// The header does not say whether the day or the month comes first: what both readings say counts, and nothing where
// they differ.
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
		// 1 February and 3 January, or 2 January and 1 March
		{"2/1/2025  10:00:00", "1/3/2025  10:00:00", false, false},
		{"13/1/2025  10:00:00", "1/13/2025  10:00:00", false, false},
		{"12/3/2015  13:14:36", "", false, false},
		{"2025. 07. 25.  16:37:07", "2025. 07. 24.  17:00", true, true},
		{"25-07-2025  16.37.07", "25-07-2025  16.37.06", true, true},
		{"7/25/2025 4:37:07 PM", "7/25/2025 11:00:00 AM", true, true},
		{"2025/7/25 下午 4:37:07", "2025/7/25 上午 11:00:00", true, true},
		{"2/6  23:15:13", "2/7  0:15:13", false, false}, // of which years?
		{"7/25/2025 1:37:07 AM", "7/25/2025 12:37:07 AM", true, true},
		{"7/25/2025 12:37:07 PM", "7/25/2025 11:37:07 AM", true, true},
		{"7/25/2025 12:37:07 PM", "7/25/2025 1:37:07 PM", false, true},
		{"7/25/2025 1:37:07AM", "7/25/2025 12:37:07AM", true, true},
		{"25/7/2025 1:37:07 p. m.", "25/7/2025 11:37:07 a. m.", true, true},
		{"2025/7/25 上午 1:37:07", "2025/7/25 上午 12:37:07", true, true},
		{"2025-07-25 오후 1:37:07", "2025-07-25 오전 12:37:07", true, true},
		{"25/7/2025 1:37:07 μμ", "25/7/2025 11:37:07 πμ", true, true},
		// two accounts, two orders
		{"26.07.2025  10:00:00", "7/25/2025  10:00:00", true, true},
		{"2025-07-26  10:00:00", "7/25/2025  10:00:00", true, true},
		{"2025-07-26  10:00:00", "8/7/2025  10:00:00", false, false}, // 8 July, or 7 August
		{"26/7/2568  10:00:00", "7/25/2025  10:00:00", true, true},
		{"24/7/2568  10:00:00", "7/25/2025  10:00:00", false, true},
		{"yesterday", "12/3/2015  13:14:36", false, false},
		{"99/99/2015  13:14:36", "12/3/2015  13:14:36", false, false},
		{"12/3/99999999999999999999  13:14:36", "12/3/2015  13:14:36", false, false},
	} {
		later, known := Session{Started: tt.a}.After(Session{Started: tt.b})
		if later != tt.later || known != tt.known {
			t.Errorf("%q after %q is %v, known %v", tt.a, tt.b, later, known)
		}
		if back, known := (Session{Started: tt.b}).After(Session{Started: tt.a}); known != tt.known || known &&
			back == tt.later {
			t.Errorf("%q after %q is %v, known %v", tt.b, tt.a, back, known)
		}
	}
}

// A day near the time written is the one that is meant; of a log that was copied later the time tells nothing.
func TestSessionAfterByTheTimeWritten(t *testing.T) {
	day := func(month time.Month, day int) time.Time { return time.Date(2025, month, day, 11, 0, 0, 0, time.UTC) }
	for _, tt := range []struct {
		a            string
		aWritten     time.Time
		b            string
		bWritten     time.Time
		later, known bool
	}{
		{"1/8/2025  10:00:00", day(8, 1), "2/7/2025  10:00:00", day(7, 2), true, true},
		{"1/8/2025  10:00:00", day(1, 8), "2/7/2025  10:00:00", day(2, 7), false, true},
		{"1/8/2025  10:00:00", day(9, 1), "2/7/2025  10:00:00", day(9, 1), false, false},
		{"1/8/2025  10:00:00", day(8, 1), "2/7/2025  10:00:00", day(9, 1), false, false},
		{"9/3/2025  10:00:00", day(3, 9), "3/8/2025  10:00:00", day(3, 8), true, true},
	} {
		a, b := Session{Started: tt.a, Written: tt.aWritten}, Session{Started: tt.b, Written: tt.bWritten}
		if later, known := a.After(b); later != tt.later || known != tt.known {
			t.Errorf("%q after %q is %v, known %v", tt.a, tt.b, later, known)
		}
		if back, known := b.After(a); known != tt.known || known && back == tt.later {
			t.Errorf("%q after %q is %v, known %v", tt.b, tt.a, back, known)
		}
	}
}

// A header without a year has the year of the time at which its log was written, or the one before.
func TestSessionAfterWithoutAYear(t *testing.T) {
	written := func(text string) time.Time {
		t, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("", 9*3600))
		if err != nil {
			panic(err)
		}
		return t
	}
	for _, tt := range []struct {
		a, aWritten, b, bWritten string
		later, known             bool
	}{
		{"2/7  0:15:13", "2026-02-07 00:15", "2/6  23:15:13", "2026-02-06 23:15", true, true},
		{"2/6  9.15.13", "2026-02-06 23:15", "2/6  10.15", "2026-02-06 23:15", false, true},
		{"1/1  0:15:13", "2026-01-01 00:16", "12/31  23:15:13", "2025-12-31 23:15", true, true},
		// copied half a year later
		{"1/1  0:15:13", "2026-07-01 00:00", "12/31  23:15:13", "2026-07-01 00:00", true, true},
		{"2/6  23:15:13", "2026-02-06 23:15", "2/5/2026  23:15:13", "2026-02-05 23:15", true, true},
		{"2/6  23:15:13", "2026-02-06 23:15", "2/7/2025  23:15:13", "2025-02-07 23:15", true, true},
		{"2/1  10:00:00", "2026-05-01 10:00", "1/3  10:00:00", "2026-05-01 10:00", false, false},
		{"13/32  10:00:00", "2026-05-01 10:00", "1/3  10:00:00", "2026-05-01 10:00", false, false},
	} {
		a, b := Session{Started: tt.a, Written: written(tt.aWritten)},
			Session{Started: tt.b, Written: written(tt.bWritten)}
		if later, known := a.After(b); later != tt.later || known != tt.known {
			t.Errorf("%q after %q is %v, known %v", tt.a, tt.b, later, known)
		}
		if back, known := b.After(a); known != tt.known || known && back == tt.later {
			t.Errorf("%q after %q is %v, known %v", tt.b, tt.a, back, known)
		}
	}
}

// The last session is found from the end in every encoding, and is the one that a scan finds.
func TestLastSession(t *testing.T) {
	const first = header + `1/2/2025  10:00:00  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\a\Setup.exe ===` + "\r\n"
	second := strings.NewReplacer("1/2/2025", "3/4/2025", `\a\`, `\b\`).Replace(first)
	for name, text := range map[string]string{
		"two":          first + "one\r\n" + second + "two\r\n",
		"cut":          first + strings.TrimRight(second, "\r\n=")[:60],
		"none":         "one\r\n",
		"far back":     first + strings.Repeat("a line without anything\r\n", 40_000),
		"not a header": first + "Logging started: at noon\r\n",
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
			if want := log.Last; got.Started != want.Started || got.Process != want.Process ||
				got.Line.Offset != want.Line.Offset {
				t.Errorf("%s, mode %v: %+v, want %+v", name, m, got, want)
			}
		}
	}
}

// A session without engine lines has a header as well.
func TestLastPlainSession(t *testing.T) {
	const log = header + "1/2/2025  10:00:00  Build type: SHIP\r\none\r\n=== Logging started: 1/3/2025  10:00:00 ===\r\ntwo\r\n=== Logging stopped: 1/3/2025  10:00:01 ===\r\n"
	for _, m := range modes {
		data := encodeAs(log, m)
		s, err := LastSession(t.Context(), bytes.NewReader(data), int64(len(data)))
		if err != nil || s.Started != "1/3/2025  10:00:00" {
			t.Errorf("mode %v: %+v, %v", m, s, err)
		}
	}
}

// TestSessionBegan: the order of day and month is ISO where it is certain, by itself or by the time written.
func TestSessionBegan(t *testing.T) {
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 12, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		started string
		written time.Time
		want    string
	}{
		{"11/25/2026  15:13:59", time.Time{}, "2026-11-25 15:13:59"},
		{"25.11.2026  15:13:59", time.Time{}, "2026-11-25 15:13:59"},
		{"2026/11/25  15:13:59", time.Time{}, "2026-11-25 15:13:59"},
		{"7/25/2025 4:37:07 PM", time.Time{}, "2025-07-25 16:37:07"},
		{"05/05/2026  09:00:00", time.Time{}, "2026-05-05 09:00:00"}, // both orders mean it
		{"05/06/2026  09:00:00", time.Time{}, "05/06/2026  09:00:00"},
		{"05/06/2026  09:00:00", day(6, 5), "2026-06-05 09:00:00"},
		{"05/06/2026  09:00:00", day(5, 6), "2026-05-06 09:00:00"}, // the other day is yet to come
		{"05/06/2026  09:00:00", day(8, 1), "05/06/2026  09:00:00"},
		{"yesterday", day(8, 1), "yesterday"},
		{"", time.Time{}, ""},
	} {
		if got := (Session{Started: c.started, Written: c.written}).Began(); got != c.want {
			t.Errorf("%q, written %v, began %q; want %q", c.started, c.written, got, c.want)
		}
	}
}
