package walk_test

import (
	"strings"
	"testing"

	"marsfix/steps/look"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// A file that was given on a drive which marsfix does not see is no file that is missing: an elevated program sees no
// mapped drives.
func TestAFileOnAMappedDrive(t *testing.T) {
	for name, c := range map[string]struct {
		given look.Given
		step  int
		want  string
	}{
		"--patch-log": {look.Given{PatchLog: `Z:\logs\OBPatch.log`}, 2,
			`marsfix --patch-log \\server\share\OBPatch.log`},
		"--installer": {look.Given{Installer: `Z:\MARSAgentInstaller.exe`}, 6,
			`marsfix --installer \\server\share\MARSAgentInstaller.exe`},
		"--setup-log": {look.Given{SetupLog: `Z:\OBInstaller0Curr.errlog`}, 7,
			`marsfix --setup-log \\server\share\OBInstaller0Curr.errlog`},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			w := walk.New(t.Context(), r, walk.Options{Given: c.given, Clock: clock, Version: "test"})
			t.Cleanup(w.Close)
			e := &walktest.Engineer{T: t, Walk: w, Disk: r.Dir}
			e.Settle(w.Begin())
			told := ""
			for range 60 {
				sc := w.Screen()
				for _, p := range sc.Problems {
					if strings.Contains(p.Cure, "Z: is a mapped drive") && strings.Contains(p.Cure, "net use") {
						told = p.Cure
						if sc.Step != c.step {
							t.Errorf("step %d tells it, not %d", sc.Step, c.step)
						}
					}
				}
				if sc.Step > c.step || sc.Left || !e.Press() {
					break
				}
			}
			if !strings.HasSuffix(told, c.want) {
				t.Errorf("it tells %q, not %s; at the end %+v", told, c.want, w.Screen().Problems)
			}
		})
	}
}
