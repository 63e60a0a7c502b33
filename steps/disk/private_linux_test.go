package disk_test

import (
	"errors"
	"os"
	"testing"

	"marsfix/steps/disk"
)

// A folder of somebody else is no private one, however closed it is: he could open it again.
func TestRefusesAPrivateFolderOfSomebodyElse(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	onEach(t, func(t *testing.T, p place) {
		private := p.path("theirs")
		if err := p.disk.MakePrivate(private); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(p.onHost("theirs"), 65534, 65534); err != nil {
			t.Fatal(err)
		}
		var not *disk.NotPrivateError
		if err := p.disk.MakePrivate(private); !errors.As(err, &not) || not.Flaw != disk.ForeignOwner || not.Who == "" {
			t.Errorf("MakePrivate(%s) is %v", private, err)
		}
	})
}
