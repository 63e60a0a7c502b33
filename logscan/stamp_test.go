package logscan

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones, where the system has none
)

// Stamps are in an unknown zone: the hour that this computer's clock skips in spring is one like any other, and does
// not change which of two is later.
func TestStampsAreOrderedAsWritten(t *testing.T) {
	for zone, day := range map[string]string{"America/New_York": "03/09", "Europe/Berlin": "03/30"} {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		written := time.Date(2025, time.April, 1, 12, 0, 0, 0, place)
		var log strings.Builder
		for minute := 0; minute < 5*60; minute += 10 {
			fmt.Fprintf(&log, "0AB0\t0974\t%s\t%02d:%02d:00.000\t18\tDirectory Path for SetupLaunchScreen: C:\\%03d\r\n", day, minute/60, minute%60, minute)
		}
		l, err := ScanSetup(t.Context(), strings.NewReader(log.String()), int64(log.Len()),
			SetupOptions{Written: written, Since: -1})
		if err != nil || len(l.Folders) != 30 {
			t.Fatalf("%d lines, %v", len(l.Folders), err)
		}
		for i, f := range l.Folders {
			if want := fmt.Sprintf(`C:\%03d`, 290-10*i); f.Folder != want ||
				f.When.Format("01/02 15:04:05.000") != f.Stamp {
				t.Errorf("%s: number %d is %s of %s, read as %v; want %s", zone, i, f.Folder, f.Stamp, f.When, want)
			}
		}
	}
}
