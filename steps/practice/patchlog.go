package practice

import (
	"fmt"
	"strings"
	"time"
)

// The wordings of Windows Installer (msi.dll) for a cached package or patch that it cannot use.
func warnMissing(path string) string {
	return fmt.Sprintf("Warning: Local cached package '%s' is missing.", path)
}

func warnNotStorage(path string) string {
	return fmt.Sprintf("Warning: Local cached package '%s' could not be opened as a storage file.", path)
}

func warnOtherCode(path string) string {
	return fmt.Sprintf("Warning: The package code in the cached package '%s' does not match the registered package code.  "+
		"Cached package will be ignored.", path)
}

func warnLostPatch(path string) string {
	return fmt.Sprintf("Couldn't find local patch '%s'. Looking for it at its source.", path)
}

// plantedWarnings is the good line with hostile ones about it: names that lead elsewhere, and text that plays with
// whoever shows it.
func plantedWarnings() []string {
	var lines []string
	for _, path := range []string{
		`C:\Windows\Installer\..\..\Users\Public\7b5ea8.msi`,
		`\\192.0.2.7\share\7b5ea8.msi`,
		`\\?\C:\Windows\Installer\deadbeef.msi`,
		`C:\Windows\Installer\deadbeef.msi:hidden`,
		`C:\Windows\Installer\sub\deadbeef.msi`,
		registeredPath,
		"C:\\Windows\\Installer\\dead\x1b[2J\x1b]0;owned\abeef.msi",
		"C:\\Windows\\Installer\\dead\u202eism.feeb\u2066.msi",
		`C:\Windows\Installer\deadbeef.msi. `,
		`C:\Users\Public\Installer\deadbeef.msi`,
		`C:\Windows\Installer\CON.msi`,
	} {
		lines = append(lines, warnMissing(path))
	}
	return lines
}

// patchWriter writes sessions as Windows Installer does with verbose logging.
type patchWriter struct {
	text strings.Builder
	at   time.Time // of the next line
}

func (w *patchWriter) raw(format string, args ...any) {
	fmt.Fprintf(&w.text, format, args...)
	w.text.WriteString("\r\n")
}

// client and server write a line of the engine's two sides.
func (w *patchWriter) client(format string, args ...any) { w.engine("c", "2C:D0", format, args...) }
func (w *patchWriter) server(format string, args ...any) { w.engine("s", "0C:50", format, args...) }

func (w *patchWriter) engine(side, thread, format string, args ...any) {
	stamp := strings.Replace(w.at.Format("15:04:05.000"), ".", ":", 1)
	w.raw("MSI (%s) (%s) [%s]: %s", side, thread, stamp, fmt.Sprintf(format, args...))
	w.at = w.at.Add(3 * time.Millisecond)
}

const sessionStamp = "1/2/2006  15:04:05"

func (w *patchWriter) begin(at time.Time, folder string) {
	w.at = at
	w.raw("=== Verbose logging started: %s  Build type: SHIP UNICODE 5.00.10011.00  Calling process: %s\\CBPSetup.exe ===",
		at.Format(sessionStamp), folder)
	w.client("Resetting cached policy values")
	w.client("Machine policy value 'Debug' is 0")
	w.client("******* RunEngine:")
	w.raw("           ******* Product: %s", agentProduct)
	w.raw("           ******* Action: ")
	w.raw("           ******* CommandLine: **********")
	w.client("Client-side and UI is none or basic: Running entire install on the server.")
	w.client("Grabbed execution mutex.")
	w.client("Cloaking enabled.")
	w.client("Attempting to enable all disabled privileges before calling Install on Server")
	w.client("Incrementing counter to disable shutdown. Counter after increment: 0")
	w.server("Running installation inside multi-package transaction %s", agentProduct)
	w.server("Grabbed execution mutex.")
	w.server("MainEngineThread: opening patch %s\\Installers\\MARSAgent.msp", folder)
	w.server("Machine policy value 'DisablePatch' is 0")
	w.server("Resetting cached policy values")
}

func (w *patchWriter) end(code int) {
	w.server("MainEngineThread is returning %d", code)
	w.server("RESTART MANAGER: Session closed.")
	w.server("No System Restore sequence number for this installation.")
	w.server("User policy value 'DisableRollback' is 0")
	w.server("Incrementing counter to disable shutdown. Counter after increment: 0")
	w.client("Decrementing counter to disable shutdown. If counter >= 0, shutdown will be denied.  Counter after decrement: -1")
	w.client("MainEngineThread is returning %d", code)
	w.raw("=== Verbose logging stopped: %s ===", w.at.Format(sessionStamp))
	w.raw("")
}

// failed is a session in which Windows Installer could not use what it had cached, and did not find the source either.
func (w *patchWriter) failed(at time.Time, folder, source string, warnings []string) {
	w.begin(at, folder)
	for _, text := range warnings {
		w.server("%s", text)
	}
	w.server("User policy value 'SearchOrder' is 'nmu'")
	w.server("User policy value 'DisableMedia' is 0")
	w.server("Machine policy value 'AllowLockdownMedia' is 0")
	for _, text := range []string{
		"Media enabled only if package is safe.",
		"Looking for sourcelist for product " + agentProduct,
		"Adding " + agentProduct + "; to potential sourcelist list (pcode;disk;relpath).",
		"Now checking product " + agentProduct,
		"Media is enabled for product.",
		"Attempting to use LastUsedSource from source list.",
		"Trying source " + source + ".",
	} {
		w.server("SOURCEMGMT: %s", text)
	}
	w.server("Note: 1: 2203 2: %s%s 3: -2147287037 ", source, agentFile)
	w.server("SOURCEMGMT: Source is invalid due to missing/inaccessible package.")
	w.server("Note: 1: 1706 2: -2147483647 3: %s ", agentFile)
	for _, list := range []string{"net", "media", "URL"} {
		w.server("SOURCEMGMT: Processing %s source list.", list)
		w.server("Note: 1: 1402 2: UNKNOWN\\%s 3: 2 ", strings.ToUpper(list[:1])+list[1:])
		w.server("Note: 1: 1706 2: -2147483647 3: %s ", agentFile)
	}
	w.server("Note: 1: 1706 2:  3: %s ", agentFile)
	w.server("SOURCEMGMT: Failed to resolve source")
	for _, text := range warnings {
		w.client("%s", text)
	}
	w.client("Note: 1: 1708 ")
	w.client("Product: %s - Update '%s' could not be installed. Error code 1612.", agentName, agentName)
	w.end(errorSourceAbsent)
}
