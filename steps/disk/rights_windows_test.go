package disk_test

import (
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"marsfix/steps/disk"
)

func TestWindowsMakesPrivateFolders(t *testing.T) {
	d := disk.NewLocal()
	dir := filepath.Join(t.TempDir(), "data", "marsfix")
	for range 2 { // the second time it is checked
		if err := d.MakePrivate(dir); err != nil {
			t.Fatal(err)
		}
	}
	left, err := d.List(filepath.Dir(dir))
	if err != nil || len(left) != 1 {
		t.Errorf("beside it lie %v, %v", left, err)
	}
	file := filepath.Join(filepath.Dir(dir), "file")
	put(t, file, "")
	var not *disk.NotPrivateError
	if err := d.MakePrivate(file); !errors.As(err, &not) || not.Flaw != disk.NotFolder {
		t.Errorf("a file under the name: %v", err)
	}
}

func TestWindowsRefusesFoldersOfOthers(t *testing.T) {
	for sddl, flaw := range map[string]disk.Flaw{
		"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x2;;;BU)":      disk.OpenToOthers, // users may add files
		"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICIIO;0x2;;;BU)":    disk.OpenToOthers, // write to files in it
		"O:BAG:BAD:P(A;OICI;FA;;;BA)(A;;GW;;;WD)":                           disk.OpenToOthers,
		"O:BUG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)":                       disk.ForeignOwner,
		"O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)": 0, // users may read
		"O:SYG:SYD:P(A;OICI;FA;;;SY)(D;;FA;;;WD)(A;OICIIO;GA;;;CO)":         0,
	} {
		sd, err := windows.SecurityDescriptorFromString(sddl)
		if err != nil {
			t.Errorf("%s: %v", sddl, err)
			continue
		}
		err = disk.CheckRights(sd, "")
		var not *disk.NotPrivateError
		if flaw == 0 && err != nil || flaw != 0 && (!errors.As(err, &not) || not.Flaw != flaw) {
			t.Errorf("%s: %v", sddl, err)
		}
	}
}

func TestWindowsRefusesAFolderWithoutRights(t *testing.T) {
	sd, err := windows.NewSecurityDescriptor()
	if err != nil {
		t.Fatal(err)
	}
	admins, err := windows.StringToSid("S-1-5-32-544")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(sd.SetOwner(admins, false), sd.SetDACL(nil, true, false)); err != nil {
		t.Fatal(err)
	}
	var not *disk.NotPrivateError
	if err := disk.CheckRights(sd, ""); !errors.As(err, &not) || not.Flaw != disk.OpenToOthers {
		t.Errorf("no list of rights at all: %v", err)
	}
}

func TestWindowsTrustsSystemAccounts(t *testing.T) {
	for sid, want := range map[string]disk.Trust{
		"S-1-5-18":     disk.Trusted,
		"S-1-5-32-544": disk.Trusted,
		"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464": disk.Trusted,
		"S-1-1-0":            disk.Stranger, // everyone
		"S-1-5-32-545":       disk.Stranger, // Users, a group
		"S-1-5-21-1-2-3-500": disk.Stranger, // an account of a domain that nobody knows
		"S-1-5-80-1-2-3-4-5": disk.Stranger,
		"S-1-5-19":           disk.Stranger,
	} {
		s, err := windows.StringToSid(sid)
		if err != nil {
			t.Fatal(err)
		}
		if got := disk.TrustOf(s); got != want {
			t.Errorf("%s is %d, want %d", sid, got, want)
		}
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		t.Fatal(err)
	}
	if disk.TrustOf(user.User.Sid) != disk.Trusted {
		t.Error("the own account is not trusted")
	}
}
