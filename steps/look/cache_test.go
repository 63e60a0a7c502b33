package look

import (
	"testing"

	"marsfix/steps/computer"
)

// Other products whose package is gone are named; the one in question is not, nor one whose package is there or was not
// asked for.
func TestOthersMissing(t *testing.T) {
	own := mars(aaa)
	f := Facts{Decision: Decision{Product: &own}, Cache: disks(gone, gone)}
	f.Cache[`c:\windows\installer\ccc.msi`] = there
	f.Cache[`c:\windows\installer\ddd.msi`] = shut
	f.Registration.Products = []computer.Product{own, {Name: "Lost", LocalPackage: bbb},
		{Name: "Whole", LocalPackage: `C:\Windows\Installer\ccc.msi`},
		{Name: "Denied", LocalPackage: `C:\Windows\Installer\ddd.msi`},
		{Name: "Nobody asked", LocalPackage: `C:\Windows\Installer\eee.msi`}, {Name: "None"}}
	if got := OthersMissing(f); len(got) != 1 || got[0].Name != "Lost" {
		t.Errorf("missing are %+v", got)
	}
}
