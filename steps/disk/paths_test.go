package disk_test

import (
	"testing"

	"marsfix/steps/disk"
)

// Paths are the same that Windows takes for the same, and no others: what only Unicode folds is another folder there,
// and anybody's.
func TestSamePathsAreThoseOfWindows(t *testing.T) {
	for other, same := range map[string]bool{
		`C:\Users\MÜLLER\kit`: true, `c:\users\müller\KIT\`: true, `C:\Uſers\Müller\kit`: false,
		"C:\\Users\\Müller\\\u212Ait": false, `C:\Users\Muller\kit`: false,
	} {
		if disk.SamePath(`C:\Users\Müller\kit`, other) != same || disk.SamePath(other, `C:\Users\Müller\kit`) != same {
			t.Errorf("%s is the same: %v", other, !same)
		}
		if disk.Inside(`C:\Users\Müller\kit\Setup.exe`, other) != same {
			t.Errorf("it lies in %s: %v", other, !same)
		}
	}
}
