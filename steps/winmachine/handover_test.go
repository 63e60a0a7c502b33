package winmachine

import (
	"slices"
	"testing"
)

// What is handed to an elevated marsfix names no letter that it does not see.
func TestMappedDrivesAreHandedOverAsWhatTheyStandFor(t *testing.T) {
	behind := func(drive string) string {
		return map[string]string{"Z:": `\\server\share`, "S:": `C:\work\`, "R:": `\\server\root\`}[drive]
	}
	args := []string{
		`--installer=Z:\in\MARSAgentInstaller.exe`, `--patch-log=C:\Windows\Temp\OBPatch.log`,
		`--setup-log=S:\logs\a=b.errlog`, `--report=R:\`,
		`--report=\\other\share\x`, "--plain", "--ascii", `Z:\marsfix.exe`, "", "--", "--x=", `--x=Z:`, `--x=Z:rel`,
	}
	want := []string{
		`--installer=\\server\share\in\MARSAgentInstaller.exe`, `--patch-log=C:\Windows\Temp\OBPatch.log`,
		`--setup-log=C:\work\logs\a=b.errlog`, `--report=\\server\root\`,
		`--report=\\other\share\x`, "--plain", "--ascii", `\\server\share\marsfix.exe`, "", "--", "--x=",
		`--x=Z:`, `--x=Z:rel`,
	}
	if got := overShares(args, behind); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for device, want := range map[string]string{
		`\??\C:\work`: `C:\work`, `\??\UNC\server\share\x`: `\\server\share\x`, `\Device\HarddiskVolume3`: "",
		`\Device\CdRom0`: "", "": "",
		`\Device\LanmanRedirector\;Z:0000000000012345\server\share`: "",
	} {
		if got := substituted(device); got != want {
			t.Errorf("%s stands for %q, want %q", device, got, want)
		}
	}
}
