package offline_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/offline"
)

// folder makes a folder SRV-042 with these files in it; a name that ends in "/" is a folder.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "SRV-042")
	for _, name := range append(names, "./") {
		at := filepath.Join(root, name)
		dir := filepath.Dir(at)
		if strings.HasSuffix(name, "/") {
			dir = at
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if dir == at {
			continue
		}
		if err := os.WriteFile(at, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func open(t *testing.T, root string) (*offline.Machine, computer.About) {
	t.Helper()
	m, err := offline.New(root)
	if err != nil {
		t.Fatal(err)
	}
	about, err := m.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if about.Name != "SRV-042" || about.Root != root {
		t.Fatalf("it is called %q, of %q", about.Name, about.Root)
	}
	return m, about
}

func TestKnowsAMountedDisk(t *testing.T) {
	for dir, want := range map[string]string{
		"Windows": `C:\Windows`, "WINDOWS": `C:\Windows`, "windows": `C:\Windows`, "winnt": `C:\WINNT`,
		"WINNT": `C:\WINNT`,
	} {
		m, about := open(t, folder(t, dir+"/temp/obpatch.LOG", dir+"/Installer/7b5ea8.msi", "OBPatch.log"))
		if about.WindowsDir != want || about.DiskSilent || !slices.Equal(about.WindowsNames, []string{want[3:]}) {
			t.Fatalf("%s: %+v", dir, about)
		}
		if !slices.Equal(about.Temps, []string{want + `\Temp`, want + `\SystemTemp`}) {
			t.Fatalf("%s: logs are looked for in %q", dir, about.Temps)
		}
		for _, path := range []string{want + `\Temp\OBPatch.log`, want + `\Installer\7B5EA8.msi`} {
			f, err := m.Disk().Open(path, disk.ShareAll)
			if err != nil {
				t.Fatalf("%s: %v", dir, err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := m.Disk().Stat(want + `\Installer\gone.msi`); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("%s: a package that is gone: %v", dir, err)
		}
		if _, err := m.Disk().Stat(`F:\e703768b`); !errors.Is(err, disk.ErrNoDrive) {
			t.Fatalf("%s: another drive: %v", dir, err)
		}
	}
}

// A collector that spells a folder in two ways makes two of it here.
func TestRefusesFoldersThatDifferInCase(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("disks of other systems do not tell case apart")
	}
	for _, files := range [][]string{{"Windows/Temp/OBPatch.log", "WINDOWS/Installer/a.msi"},
		{"Windows/Temp/OBPatch.log", "Windows/TEMP/x"}, {"Windows/Installer/a.msi", "Windows/installer/b.msi"}} {
		if _, err := offline.New(folder(t, files...)); !errors.Is(err, offline.ErrTwice) {
			t.Errorf("%q: %v", files, err)
		}
	}
}

// Of two cached files that Windows would take for one, nobody knows which it was: neither answers. The others do.
func TestAnswersForNoFileThatIsThereTwice(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("disks of other systems do not tell case apart")
	}
	m, _ := open(t, folder(t, "Windows/Installer/3f2a91.msi", "Windows/Installer/3F2A91.MSI", "Windows/Installer/a1.msi"))
	for path, want := range map[string]bool{`C:\Windows\Installer\3f2a91.msi`: false, `C:\Windows\Installer\3F2a91.msi`: false,
		`C:\Windows\Installer\a1.msi`: true, `C:\Windows\Installer\A1.msi`: true, `C:\Windows\Installer`: true} {
		if _, err := m.Disk().Stat(path); (err == nil) != want || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestKnowsCollectedLogs(t *testing.T) {
	for _, log := range []string{"OBPatch.log", "obpatch.log", "OBINSTALLER0CURR.ERRLOG"} {
		m, about := open(t, folder(t, log, "sub/OBPatch.log"))
		if !about.DiskSilent || about.WindowsDir != `C:\Windows` ||
			!slices.Equal(about.WindowsNames, []string{"Windows", "WINNT"}) {
			t.Fatalf("%s: %+v", log, about)
		}
		if !slices.Equal(about.Temps, []string{`C:\`}) {
			t.Fatalf("%s: logs are looked for in %q", log, about.Temps)
		}
		info, err := m.Disk().Stat(`C:\` + strings.ToLower(log))
		if err != nil || info.Size != int64(len(log)) {
			t.Fatalf("%s: %+v, %v", log, info, err)
		}
		if _, err := m.Disk().Stat(`C:\CBEngineCurr.errlog`); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("a log that was not collected: %v", err)
		}
		for _, path := range []string{`C:\Windows\Installer\7b5ea8.msi`, `C:\sub\OBPatch.log`, `F:\e703768b`, `F:\`} {
			_, stat := m.Disk().Stat(path)
			_, open := m.Disk().Open(path, disk.ShareAll)
			_, _, strict := m.Disk().OpenStrict(path)
			_, list := m.Disk().List(path)
			for _, err := range []error{stat, open, strict, list} {
				if !errors.Is(err, computer.ErrSilent) {
					t.Fatalf("%s is answered with %v", path, err)
				}
			}
		}
	}
}

// A folder whose log has another name is refused by that name, and one that is called as a drive is keeps the name of
// the folder above.
func TestTellsOfNames(t *testing.T) {
	for name, log := range map[string]string{"OBPatch.log.txt": "OBPatch.log", "obpatch (1).LOG": "OBPatch.log",
		"OBPatch.zip":                     "OBPatch.log",
		"Copy of OBInstaller0Curr.errlog": "OBInstaller0Curr.errlog"} {
		_, err := offline.New(folder(t, name))
		if other := (*offline.OtherName)(nil); !errors.As(err, &other) || other.Name != name || other.Log != log ||
			!errors.Is(err, offline.ErrNoWindows) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m, err := offline.New(filepath.Join(folder(t, "C/Windows/Temp/x"), "C"))
	if err != nil {
		t.Fatal(err)
	}
	about, err := m.About(t.Context())
	if err != nil || about.Name != filepath.Join("SRV-042", "C") {
		t.Errorf("it is called %q, %v", about.Name, err)
	}
}

func TestRefusesOtherFolders(t *testing.T) {
	empty := folder(t, "System32/config/SOFTWARE", "logs/OBPatch.log")
	file := folder(t, "Windows") // a file of that name
	for root, want := range map[string]error{
		empty:                          offline.ErrNoWindows,
		file:                           offline.ErrNoWindows,
		filepath.Join(file, "Windows"): nil,
		filepath.Join(empty, "gone"):   fs.ErrNotExist,
	} {
		_, err := offline.New(root)
		if err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("New(%s) is %v, want %v", root, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), root) {
			t.Errorf("%v does not name %s", err, root)
		}
	}
}

func TestIsSilentOfAllElse(t *testing.T) {
	m, _ := open(t, folder(t, "Windows/Temp/OBPatch.log"))
	f, err := m.Disk().Open(`C:\Windows\Temp\OBPatch.log`, disk.ShareAll)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx := context.Background()
	_, products := m.Products(ctx)
	_, wizards := m.Wizards(ctx)
	_, services := m.Services(ctx)
	_, version := m.FileVersion(ctx, f)
	_, signature := m.Signature(ctx, f)
	_, busy := m.Busy(ctx)
	_, owner := m.Disk().Owner(`C:\Windows\Temp\OBPatch.log`)
	for i, err := range []error{products, wizards, services, version, signature, busy, owner} {
		if !errors.Is(err, computer.ErrSilent) {
			t.Errorf("answer %d is %v", i, err)
		}
	}
}
