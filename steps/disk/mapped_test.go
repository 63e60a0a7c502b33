package disk_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"marsfix/steps/disk"
)

func TestIgnoresCaseAsWindowsDoes(t *testing.T) {
	root := t.TempDir()
	folderWith(t, filepath.Join(root, "WINDOWS", "temp"), "obpatch.LOG", "log")
	d := disk.NewMapped(map[byte]string{'c': root})
	for _, path := range []string{`C:\Windows\Temp\OBPatch.log`, `c:\windows\TEMP\OBPATCH.LOG`,
		`C:\WINDOWS\temp\obpatch.LOG`} {
		info, err := d.Stat(path)
		if err != nil || info.Path != path || info.Size != 3 {
			t.Fatalf("Stat(%s) is %+v, %v", path, info, err)
		}
	}
	_, err := d.Create(`C:\Windows\Temp\OBPatch.log`)
	wantCause(t, err, fs.ErrExist, `C:\Windows\Temp\OBPatch.log`)
	f, err := d.Create(`C:\windows\TEMP\Ünï.log`)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	list, err := d.List(`C:\Windows\Temp`)
	if err != nil || len(list) != 2 || list[1].Path != `C:\Windows\Temp\Ünï.log` {
		t.Fatalf("List is %+v, %v", list, err)
	}
	if _, err := d.Stat(`C:\Windows\Temp\üNÏ.LOG`); err != nil {
		t.Fatal(err)
	}
	if err := d.MakeFolder(`C:\windows\installer\New`); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(root, "WINDOWS", "installer", "New")); err != nil {
		t.Fatal(err)
	}
}

func TestOpensWithoutListing(t *testing.T) {
	root := t.TempDir()
	const files = 5000
	for i := range files {
		put(t, filepath.Join(root, fmt.Sprint(i)), "")
	}
	d := disk.NewMapped(map[byte]string{'C': root})
	took := testing.AllocsPerRun(5, func() {
		if _, err := d.Stat(`C:\77`); err != nil {
			t.Error(err)
		}
	})
	if took > files/10 {
		t.Fatalf("%v allocations: the folder was listed", took)
	}
}

func TestMapsOnlyItsDrives(t *testing.T) {
	d := disk.NewMapped(map[byte]string{'F': t.TempDir(), 'c': t.TempDir(), 'X': filepath.Join(t.TempDir(), "gone")})
	drives, err := d.Drives()
	if err != nil || !slices.Equal(drives, []string{`C:\`, `F:\`, `X:\`}) {
		t.Fatalf("Drives is %q, %v", drives, err)
	}
	for path, cause := range map[string]error{
		`D:\file`: disk.ErrNoDrive, `C:\file`: fs.ErrNotExist, `X:\file`: fs.ErrNotExist, `X:\`: fs.ErrNotExist,
	} {
		_, err := d.Stat(path)
		wantCause(t, err, cause, path)
		_, _, err = d.OpenStrict(path)
		wantCause(t, err, cause, path)
	}
	wantCause(t, d.MakeFolder(`D:\a\b`), disk.ErrNoDrive, `D:\a\b`)
	if info, err := d.Stat(`C:\`); err != nil || !info.Dir {
		t.Errorf("the root is %+v, %v", info, err)
	}
	if err := d.MakeFolder(`C:\`); err != nil {
		t.Error(err)
	}
	_, err = d.Open(`C:\`, disk.ShareAll)
	wantCause(t, err, disk.ErrIsFolder, `C:\`)
}

func TestRefusesPathsThatWindowsReadsOtherwise(t *testing.T) {
	d := disk.NewMapped(map[byte]string{'C': t.TempDir()})
	for _, path := range []string{
		``, `C`, `C:`, `C:x`, `\x`, `x`, `/etc/passwd`, `C:/x`, `\\server\share\x`, `\\?\C:\x`, `\\.\C:\x`,
		`1:\x`, `Ä:\x`,
		`C:\..`, `C:\.`, `C:\a\..\b`, `C:\a\.\b`, `C:\a\\b`, `C:\a\`, `C:\\`, `C:\a/b`, `C:\a:b`,
		`C:\a::$DATA`, "C:\\a\x00",
		`C:\a.`, `C:\a `, `C:\a. \b`, `C:\a*`, `C:\a?`, `C:\"a"`, `C:\<a>`, `C:\a|b`, "C:\\a\nb", "C:\\\xff",
		`C:\NUL`, `C:\nul.txt`, `C:\a\CON`, `C:\aux.a.b`, `C:\COM1`, `C:\com9.log`, `C:\LPT0`, `C:\COM²`, `C:\PRN \x`,
		`C:\CONIN$`, `C:\nul .txt`,
	} {
		_, err := d.Open(path, disk.ShareAll)
		wantCause(t, err, disk.ErrBadPath, path)
		_, err = d.Create(path)
		wantCause(t, err, disk.ErrBadPath, path)
		wantCause(t, d.MakeFolder(path), disk.ErrBadPath, path)
	}
	for _, path := range []string{`C:\COM`, `C:\COM10`, `C:\NULL`, `C:\.a`, `C:\a b`, `C:\a.b.c`, `C:\LPT`,
		`C:\CONSOLE`} {
		_, err := d.Stat(path)
		wantCause(t, err, fs.ErrNotExist, path)
	}
}

func TestReadsHostFilesOnlyWhenAsked(t *testing.T) {
	dir := t.TempDir()
	host := filepath.Join(dir, "OBPatch.log")
	put(t, host, "log")
	root := map[byte]string{'X': t.TempDir()}

	_, err := disk.NewMapped(root).Open(host, disk.ShareAll)
	if err == nil {
		t.Fatal("a host's file was read unasked")
	}
	d := disk.NewMapped(root)
	d.ShowHostFiles(host)
	f, err := d.Open(host, disk.ShareAll)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := d.Stat(host); err != nil || info.Size != 3 || info.Path != host {
		t.Fatalf("Stat is %+v, %v", info, err)
	}
	for name, err := range map[string]error{
		"create": func() error { _, err := d.Create(filepath.Join(dir, "new")); return err }(),
		"remove": d.Remove(host, idOf(t, d, host)),
		"rename": d.Rename(host, host+"2", idOf(t, d, host)),
		"folder": d.MakeFolder(filepath.Join(dir, "folder")),
	} {
		if err == nil {
			t.Errorf("%s of a host's file", name)
		}
	}
	wantText(t, host, "log")
}
