package practice

import (
	"fmt"
	"strings"
	"time"
)

// setupWriter writes the set-up log as the agent's programs do: tab separated, process and thread hexadecimal, a stamp
// without a year.
type setupWriter struct {
	text     strings.Builder
	at       time.Time // of the next line
	pid, tid int
}

func (w *setupWriter) line(source, level, format string, args ...any) {
	fmt.Fprintf(&w.text, "%04X\t%04X\t%s\t%s\t18\t%s\t[%016X]\t%s\t\t%s\t%s\r\n", w.pid, w.tid, w.at.Format("01/02"),
		w.at.Format("15:04:05.000"), source, 0x53582120, "1FCFF8B4-3E0E-4B52-9C4A-7F1A5D2E9169", level,
		fmt.Sprintf(format, args...))
	w.at = w.at.Add(7 * time.Millisecond)
}

// run is what one start of the installer writes once its files lie in the folder.
func (w *setupWriter) run(folder string) {
	w.line("setuplaunch.cpp(212)", "NORMAL", "Setup launched, version %s", newVersion)
	w.line("setuplaunch.cpp(240)", "NORMAL", "Operating system check passed")
	w.line("setuplaunch.cpp(371)", "NORMAL", "Directory Path for SetupLaunchScreen: %s", folder)
	w.line("setuplaunch.cpp(402)", "NORMAL", "Installed agent found: %s", agentProduct)
	w.line("setuplaunch.cpp(418)", "NORMAL", "Upgrade wizard is shown")
}

// failed is what a failed upgrade adds.
func (w *setupWriter) failed() {
	const hr uint32 = 0x80070000 | errorSourceAbsent
	w.line("cbpsetup.cpp(1190)", "WARNING", "Failed: Hr: = [0x%08x] Update install failed with error %d", hr,
		errorSourceAbsent)
}

// planted adds lines that somebody put there to have a package of his own copied: the last claims to be the latest.
func (w *setupWriter) planted() {
	at := w.at
	for _, folder := range []string{
		`\\192.0.2.7\share\setup`,
		`C:\Users\Public\..\..\deadbeef`,
		`\\?\C:\deadbeef`,
		"C:\\dead\x1b[2J\u202ebeef",
	} {
		w.line("setuplaunch.cpp(371)", "NORMAL", "Directory Path for SetupLaunchScreen: %s", folder)
	}
	w.at = at.Add(30 * time.Hour) // hours from now, not yet far enough to be last year's
	w.line("setuplaunch.cpp(371)", "NORMAL", "Directory Path for SetupLaunchScreen: %s", trapFolder)
	w.line("setuplaunch.cpp(371)", "NORMAL", "Directory Path for SetupLaunchScreen: %s", `\\192.0.2.7\share\later`)
	w.at = at
}
