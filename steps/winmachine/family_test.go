package winmachine

import (
	"maps"
	"slices"
	"testing"
	"time"
)

func TestFamily(t *testing.T) {
	at := func(s int) time.Time { return time.Unix(1_700_000_000+int64(s), 0) }
	list := []process{
		{pid: 7, parent: 5, started: at(30)},   // grandchild, listed before its parent
		{pid: 5, parent: 3, started: at(20)},   // child
		{pid: 6, parent: 3, started: at(10)},   // child, in the same moment as its parent
		{pid: 8, parent: 3, started: at(9)},    // older than its "parent": the id was another program's then
		{pid: 9, parent: 8, started: at(40)},   // child of that one
		{pid: 10, parent: 3},                   // nobody may ask when it was started
		{pid: 11, parent: 10, started: at(50)}, // its parent's time is not known
		// names that harm nobody here
		{pid: 4, parent: 0, started: at(0), name: "\x1b[2J\u202e\x00", image: `\\?\C:\..\..\` + "\xff"},
		// its own parent
		{pid: 12, parent: 12, started: at(60)},
	}
	for _, c := range []struct {
		first   int
		started time.Time
		want    []int
	}{
		{3, at(10), []int{3, 5, 6, 7}}, // the first one has ended already
		{5, at(20), []int{5, 7}},
		{12, at(60), []int{12}},
		{99, at(0), []int{99}},
		{3, time.Time{}, []int{3}},
	} {
		got := slices.Sorted(maps.Keys(family(list, c.first, c.started)))
		if !slices.Equal(got, c.want) {
			t.Errorf("family of %d: %v, want %v", c.first, got, c.want)
		}
	}
	if got := startTime(list, 5); got != at(20) {
		t.Errorf("5 was started at %v", got)
	}
	if got := startTime(list, 3); !got.IsZero() {
		t.Errorf("3, which is not there, was started at %v", got)
	}
}

// A chain as long as a computer has processes, in the worst order.
func TestFamilyOfMany(t *testing.T) {
	var list []process
	for pid := 4000; pid > 1; pid-- {
		list = append(list, process{pid: pid, parent: pid - 1, started: time.Unix(int64(pid), 0)})
	}
	if got := len(family(list, 1, time.Unix(1, 0))); got != 4000 {
		t.Errorf("%d of 4000 found", got)
	}
}

func TestIsInstaller(t *testing.T) {
	for name, want := range map[string]bool{
		"MARSAgentInstaller.exe": true, "marsagentinstaller (1).EXE": true, "MARSAgentInstaller_2.0.9262.0.exe": true,
		"MARSAgentInstaller.exe.txt": false, "xMARSAgentInstaller.exe": false, "MARSAgentInstaller": false, "": false,
		".exe": false,
	} {
		if got := isInstaller(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestBesideImage(t *testing.T) {
	for image, want := range map[string][]string{
		`F:\e703768b\CBPSetup.exe`:     {`F:\e703768b\Installers\OBSAGENT.msi`},
		`C:\1f2e\bin\Setup.exe`:        {`C:\1f2e\bin\Installers\OBSAGENT.msi`, `C:\1f2e\Installers\OBSAGENT.msi`},
		`C:\a\b\c\Setup.exe`:           {`C:\a\b\c\Installers\OBSAGENT.msi`, `C:\a\b\Installers\OBSAGENT.msi`},
		`C:\Setup.exe`:                 nil,
		`\\server\share\a\Setup.exe`:   nil,
		`\Device\HarddiskVolume2\a\b`:  nil,
		`Setup.exe`:                    nil,
		``:                             nil,
		`\`:                            nil,
		`C:\`:                          nil,
		"C:\\\x00\x1b[2J\u202e\\a.exe": {"C:\\\x00\x1b[2J\u202e\\Installers\\OBSAGENT.msi"},
	} {
		if got := besideImage(image); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", image, got, want)
		}
	}
}
