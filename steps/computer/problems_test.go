package computer

import (
	"strings"
	"testing"
)

// How a wizard is ended by force is said only while that breaks off no installation.
func TestEndingAWizardIsSaidOnlyWhileWindowsInstallerIsIdle(t *testing.T) {
	for _, busy := range []bool{false, true} {
		p := WizardStuck([]Process{{PID: 4711, Image: `C:\1f2e\Setup.exe`}}, busy)
		if strings.Contains(p.Cure, "taskkill /PID 4711") == busy || !strings.Contains(p.Cure, "query session") {
			t.Errorf("busy %v: %q", busy, p.Cure)
		}
	}
}
