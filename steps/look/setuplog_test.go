package look

import (
	"testing"

	"marsfix/logscan"
	"marsfix/steps/disk"
)

// After a start of ours a line counts only if it was written since, whatever the stamps say; else the log's own order
// does.
func TestBestLine(t *testing.T) {
	later, fresh := logscan.FolderLine{Folder: `C:\later`}, logscan.FolderLine{Folder: `C:\fresh`, New: true}
	for name, tt := range map[string]struct {
		start Start
		lines []logscan.FolderLine
		want  string
	}{
		"a new line beats a later stamp": {Start{PID: 7, LogSize: 100}, []logscan.FolderLine{later, fresh},
			fresh.Folder},
		"no new line yet":       {Start{PID: 7, LogSize: 100}, []logscan.FolderLine{later}, ""},
		"the log was not there": {Start{PID: 7}, []logscan.FolderLine{later, fresh}, fresh.Folder},
		"a wizard that ran already": {Start{PID: 7, LogSize: -1, Found: true},
			[]logscan.FolderLine{later, fresh}, later.Folder},
		"nothing was started":                  {Start{}, []logscan.FolderLine{later, fresh}, later.Folder},
		"nothing was started, nothing is told": {Start{}, nil, ""},
	} {
		got := ""
		if ln := bestLine(Facts{Start: tt.start, Setup: logscan.SetupLog{Folders: tt.lines}}); ln != nil {
			got = ln.Folder
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// What is new begins where the log ended before the start, unless it is another file by now or was cut.
func TestNewFrom(t *testing.T) {
	one, other := disk.ID{Low: 1}, disk.ID{Low: 2}
	for _, tt := range []struct {
		start  Start
		id     disk.ID
		length int64
		want   int64
	}{
		{Start{PID: 7, LogID: one, LogSize: 100}, one, 150, 100},
		{Start{PID: 7, LogID: one, LogSize: 100}, one, 100, 100},
		{Start{PID: 7, LogID: one, LogSize: 100}, one, 99, 0},
		{Start{PID: 7, LogID: one, LogSize: 100}, other, 150, 0},
		{Start{PID: 7, LogSize: -1}, one, 150, -1},
		{Start{LogID: one, LogSize: 100}, one, 150, -1},
	} {
		if got := NewFrom(tt.start, tt.id, tt.length); got != tt.want {
			t.Errorf("%+v, %v of %d bytes: from %d, want %d", tt.start, tt.id, tt.length, got, tt.want)
		}
	}
}
