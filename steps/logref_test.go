package steps

import (
	"testing"

	"marsfix/logscan"
	"marsfix/steps/look"
)

// TestLogOpensAtItsLine: on every step that speaks of a line, the log is opened at that line and its number is known.
func TestLogOpensAtItsLine(t *testing.T) {
	f := settled()
	f.PatchLog = look.LogFile{Path: `C:\Windows\Temp\OBPatch.log`, Read: true}
	f.PatchLog.Info.Size = 5000
	w := logscan.Warning{Kind: logscan.Missing, Session: 1, ID: "7b5ea8", Path: `C:\Windows\Installer\7b5ea8.msi`}
	w.At, w.Number = 4242, 17
	f.Patch = logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{w}}
	f.SetupLog = look.LogFile{Path: `C:\Windows\Temp\OBInstaller0Curr.errlog`, Read: true}
	f.SetupLog.Info.Size = 5000
	f.Folder = look.Folder{Path: `C:\1f2e3d4c`, From: "log"}
	f.Folder.Line.At, f.Folder.Line.Number = 4242, 17
	for step, show := range map[int]func(Facts) view{3: showSearchLog, 4: showLocateLine, 5: showNoteID,
		8: showFindFolder} {
		v := show(f)
		if v.log == nil || v.log.Offset != 4242 || v.log.Line != 17 {
			t.Errorf("step %d opens %+v", step, v.log)
		}
	}
}
