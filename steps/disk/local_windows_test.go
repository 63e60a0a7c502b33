package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/windows"

	"marsfix/steps/disk"
)

// hold opens a file as another program would: with this access, sharing this.
func hold(t *testing.T, path string, access, share uint32) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(name, access, share, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := windows.CloseHandle(h); err != nil {
			t.Error(err)
		}
	})
}

func TestWindowsSaysThatAFileIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "OBInstaller0Curr.errlog")
	put(t, path, "line")
	hold(t, path, windows.GENERIC_WRITE, 0)
	_, err := disk.NewLocal().Open(path, disk.ShareAll)
	wantCause(t, err, disk.ErrShared, path)
}

func TestWindowsReadsALogThatIsWrittenAndLetsItBeRenamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "OBPatch.log")
	put(t, path, "line")
	hold(t, path, windows.GENERIC_WRITE, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE)
	f, err := disk.NewLocal().Open(path, disk.ShareAll)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".old"); err != nil {
		t.Errorf("its writer cannot rotate the log: %v", err)
	}
	text, err := io.ReadAll(io.NewSectionReader(f, 0, 10))
	if err := errors.Join(err, f.Close()); err != nil || string(text) != "line" {
		t.Errorf("read %q, %v", text, err)
	}
}

func TestWindowsDeniesWritingWhileStrict(t *testing.T) {
	d := disk.NewLocal()
	path := filepath.Join(t.TempDir(), "OBSAGENT.msi")
	put(t, path, "package")
	f, shared, err := d.OpenStrict(path)
	if err != nil || shared {
		t.Fatalf("shared %v, %v", shared, err)
	}
	if err := os.WriteFile(path, []byte("planted"), 0o644); err == nil {
		t.Error("it could be written to")
	}
	if err := os.Rename(path, path+".old"); err == nil {
		t.Error("it could be renamed")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, "package")
}

func TestWindowsTellsWhenWritingCannotBeDenied(t *testing.T) {
	path := filepath.Join(t.TempDir(), "OBSAGENT.msi")
	put(t, path, "package")
	hold(t, path, windows.GENERIC_READ|windows.GENERIC_WRITE, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE)
	f, shared, err := disk.NewLocal().OpenStrict(path)
	if err != nil || !shared {
		t.Fatalf("shared %v, %v", shared, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// What a colleague has copied into the cache may be read-only: it can be set aside, and put back, all the same.
func TestWindowsRenamesAReadOnlyFile(t *testing.T) {
	d := disk.NewLocal()
	path := filepath.Join(t.TempDir(), "7b5ea8.msi")
	put(t, path, "wrong package")
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	// Windows would refuse a handle for writing; Wine, where everybody is root, does not.
	if access, flush := disk.ForRename(windows.FILE_ATTRIBUTE_READONLY |
		windows.FILE_ATTRIBUTE_ARCHIVE); access&windows.GENERIC_WRITE != 0 || flush {
		t.Errorf("a read-only file is opened for %#x", access)
	}
	if access, flush := disk.ForRename(windows.FILE_ATTRIBUTE_ARCHIVE); access&windows.GENERIC_WRITE == 0 || !flush {
		t.Errorf("another file is opened for %#x, and is flushed: %v", access, flush)
	}
	same := idOf(t, d, path)
	if err := errors.Join(d.Rename(path, path+".aside", same), d.Rename(path+".aside", path, same)); err != nil {
		t.Fatal(err)
	}
	wantText(t, path, "wrong package")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o200 != 0 {
		t.Errorf("it is %v, %v", info, err)
	}
	if err := os.Chmod(path, 0o644); err != nil { // so that it can be removed
		t.Fatal(err)
	}
}

func TestWindowsTakesLongPaths(t *testing.T) {
	d := disk.NewLocal()
	dir := filepath.Join(t.TempDir(), strings.Repeat("a", 200), strings.Repeat("b", 200))
	if err := d.MakeFolder(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "file")
	f, err := d.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r, _, err := d.OpenStrict(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Rename(path, path+"2", idOf(t, d, path)); err != nil {
		t.Fatal(err)
	}
	if err := d.Remove(path+"2", idOf(t, d, path+"2")); err != nil {
		t.Fatal(err)
	}
}

func TestWindowsRefusesOtherPaths(t *testing.T) {
	d := disk.NewLocal()
	for path, cause := range map[string]error{
		`\\.\C:\Windows`:    disk.ErrBadPath,
		`\\?\C:\Windows`:    disk.ErrBadPath,
		`\\?\GLOBALROOT\x`:  disk.ErrBadPath,
		`Windows\Temp`:      disk.ErrBadPath,
		`C:Windows`:         disk.ErrBadPath,
		`C:\Windows\..\x`:   disk.ErrBadPath,
		`C:\Windows\x::$D`:  disk.ErrBadPath,
		`C:\Windows\NUL`:    disk.ErrBadPath,
		`Q:\nothing`:        disk.ErrNoDrive,
		`C:\Windows\System`: disk.ErrIsFolder,
	} {
		if path == `C:\Windows\System` {
			path = os.Getenv("SystemRoot")
		}
		_, err := d.Open(path, disk.ShareAll)
		wantCause(t, err, cause, path)
	}
	_, _, err := d.OpenStrict(`\\server\share\x.exe`)
	wantCause(t, err, disk.ErrBadPath, `\\server\share\x.exe`)
}

func TestWindowsListsFixedDrives(t *testing.T) {
	drives, err := disk.NewLocal().Drives()
	system := os.Getenv("SystemDrive") + `\`
	if err != nil || !slices.Contains(drives, system) {
		t.Fatalf("Drives is %q, %v; %s lacks", drives, err, system)
	}
	for path, want := range map[string]error{system + "x": nil, `\\server\share\x`: nil, `C:x`: disk.ErrBadPath} {
		if removable, err := disk.NewLocal().Removable(path); removable || !errors.Is(err, want) {
			t.Errorf("%s is on a removable drive: %v, %v", path, removable, err)
		}
	}
}

func TestWindowsCreatesNothingThroughALink(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "victim")
	link := filepath.Join(dir, "link")
	made := os.Symlink(target, link)
	if info, err := os.Lstat(link); made != nil || err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Logf("no symbolic link can be made here (%v, %v): only a plain file is tried", made, err)
		put(t, link, "")
	}
	_, err := disk.NewLocal().Create(link)
	wantCause(t, err, fs.ErrExist, link)
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file was made: %v", err)
	}
}

func TestWindowsCountsOnlyVolumesAsNoLinks(t *testing.T) {
	for target, want := range map[string]bool{
		`\??\Volume{7d3f1a52-9c0b-4e64-8a57-1b2c3d4e5f60}\`: true,
		`\??\Volume{7d3f1a52-9c0b-4e64-8a57-1b2c3d4e5f60}`:  true,
		// a junction that anybody can make
		`\??\Volume{7d3f1a52-9c0b-4e64-8a57-1b2c3d4e5f60}\Users\eve\Installers`: false,
		`\??\Volume{7d3f1a52-9c0b-4e64-8a57-1b2c3d4e5f60`:                       false,
		`\??\C:\Users\eve\Installers`:                                           false,
		`\??\UNC\server\share`:                                                  false,
		``:                                                                      false,
	} {
		if disk.IsVolume(target) != want {
			t.Errorf("IsVolume(%q) is not %v", target, want)
		}
	}
}
