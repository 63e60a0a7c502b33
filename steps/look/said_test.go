package look

import (
	"testing"

	"marsfix/logscan"
)

// What a warning says of its package, for each kind of warning that names one.
func TestSaid(t *testing.T) {
	for kind, want := range map[logscan.Kind]string{
		logscan.Missing:          "says that 7b5ea8.msi is missing",
		logscan.NotStorage:       "says that 7b5ea8.msi is not a valid .msi file",
		logscan.NoPackageCode:    "says that 7b5ea8.msi has no valid package code",
		logscan.OtherPackageCode: "says that 7b5ea8.msi has a different package code than the registered one",
		logscan.Cut:              "warns about 7b5ea8.msi, and the line is cut off",
	} {
		if got := Said(logscan.Warning{ID: "7b5ea8", Kind: kind}); got != want {
			t.Errorf("kind %d: %q, want %q", kind, got, want)
		}
	}
}
