package walktest

import (
	"errors"
	"os"
	"strings"
	"unicode/utf16"
)

const (
	PatchLog = `C:\Windows\Temp\OBPatch.log`
	SetupLog = `C:\Windows\Temp\OBInstaller0Curr.errlog`
)

// Wide is text as Windows Installer writes it.
func Wide(text string) (b []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func AppendTo(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

const (
	Opening   = "=== Verbose logging started: 7/25/2025  16:37:07  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\system32\\msiexec.exe ===\n"
	Closing   = "=== Verbose logging stopped: 7/25/2025  16:37:09 ===\n"
	EnginePre = "MSI (s) (6C:28) [16:37:07:700]: "
	UsualTalk = EnginePre + "Resetting cached policy values\n" + EnginePre + "Machine policy value 'Debug' is 0\n" +
		EnginePre + "******* RunEngine:\n" +
		"           ******* Product: {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}\n" + EnginePre +
		"SOURCEMGMT: Looking for sourcelist for product {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}\n"
	NamesIt      = EnginePre + "Warning: Local cached package 'C:\\Windows\\Installer\\3f2a91.msi' is missing.\n"
	NoSourceLine = EnginePre + "SOURCEMGMT: Failed to resolve source\n"
	Returned     = EnginePre + "MainEngineThread is returning "
	ErrorEnd     = "Action ended 16:37:07: INSTALL. Return value 3.\n"
)

// PlainLog is a log without engine lines.
func PlainLog(message string) string {
	return "=== Logging started: 7/25/2025  16:37:07 ===\nAction start 16:37:07: INSTALL.\nAction start 16:37:07: RemoveExistingProducts.\n" + message + "\n" +
		ErrorEnd + "=== Logging stopped: 7/25/2025  16:37:09 ===\n"
}

// FailingLog is a log that names its package and fails.
const FailingLog = Opening + UsualTalk + NamesIt + NoSourceLine + Returned + "1612\n" + Closing

// Mailed breaks lines at blanks.
func Mailed(s string, width int, quote string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		for line = strings.TrimRight(line, "\n"); len(line) > width-len(quote); {
			at := strings.LastIndexByte(line[:width-len(quote)], ' ')
			if at <= 0 {
				break
			}
			b.WriteString(quote + line[:at] + "\n")
			line = line[at+1:]
		}
		b.WriteString(quote + line + "\n")
	}
	return b.String()
}
