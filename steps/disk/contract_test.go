package disk_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps/disk"
)

// place is a disk under test, with an empty folder of it as the disk and as the host call it.
type place struct {
	disk     disk.Disk
	at, host string
	sep      string
}

func (p place) path(name string) string { return p.at + p.sep + name }

func (p place) onHost(name string) string { return filepath.Join(p.host, name) }

// onEach runs a test of the contract on this computer's own disk and on a mapped one.
func onEach(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("local", func(t *testing.T) {
		dir, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		test(t, place{disk.NewLocal(), dir, dir, string(filepath.Separator)})
	})
	t.Run("mapped", func(t *testing.T) {
		dir := t.TempDir()
		host := filepath.Join(dir, "Windows", "Temp")
		if err := os.MkdirAll(host, 0o755); err != nil {
			t.Fatal(err)
		}
		test(t, place{disk.NewMapped(map[byte]string{'C': dir}), `C:\Windows\Temp`, host, `\`})
	})
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func folderWith(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, name), text)
}

func wantText(t *testing.T, path, text string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != text {
		t.Fatalf("%s holds %q, want %q", path, got, text)
	}
}

// wantCause checks the kind of an error and that it names the path as it was asked for.
func wantCause(t *testing.T, err, cause error, path string) {
	t.Helper()
	if !errors.Is(err, cause) {
		t.Fatalf("error is %v, want %v", err, cause)
	}
	var at *fs.PathError
	if !errors.As(err, &at) || at.Path != path {
		t.Fatalf("error is %#v, want a PathError of %q", err, path)
	}
}

func idOf(t *testing.T, d disk.Reader, path string) disk.ID {
	t.Helper()
	info, err := d.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ID
}

func TestReadsWhatStandsThere(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("OBPatch.log"), "what msiexec wrote")
		for _, way := range ways {
			f, err := open(p.disk, p.path("OBPatch.log"), way)
			if err != nil {
				t.Fatal(err)
			}
			info, err := f.Info()
			if err != nil || info.Size != 18 || info.Dir || info.Link || info.Path != p.path("OBPatch.log") {
				t.Fatalf("Info is %+v, %v", info, err)
			}
			if info.ID != idOf(t, p.disk, p.path("OBPatch.log")) || info.ID == (disk.ID{}) {
				t.Fatalf("identity of the opened file %v is not that of its name", info.ID)
			}
			got, err := io.ReadAll(io.NewSectionReader(f, 0, 100))
			if err != nil || string(got) != "what msiexec wrote" {
				t.Fatalf("read %q, %v", got, err)
			}
			if n, err := f.ReadAt(make([]byte, 4), 18); n != 0 || err != io.EOF {
				t.Fatalf("reading at the end gives %d, %v; want a bare io.EOF", n, err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			_, err = f.ReadAt(make([]byte, 1), 0)
			wantCause(t, err, fs.ErrClosed, p.path("OBPatch.log"))
		}
	})
}

// ways are those to open a file for reading.
var ways = []string{"shared", "no link", "strict"}

func open(d disk.Reader, path, way string) (disk.File, error) {
	switch way {
	case "shared":
		return d.Open(path, disk.ShareAll)
	case "no link":
		return d.Open(path, disk.ShareNoLink)
	}
	f, _, err := d.OpenStrict(path)
	return f, err
}

func TestSaysWhyItCannotOpen(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("file"), "")
		if err := os.Mkdir(p.onHost("folder"), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, cause := range map[string]error{
			"gone":                         fs.ErrNotExist,
			"folder":                       disk.ErrIsFolder,
			"gone" + p.sep + "gone":        fs.ErrNotExist,
			"file" + p.sep + "below":       fs.ErrNotExist,
			"folder" + p.sep + "..":        disk.ErrBadPath,
			"folder" + p.sep + "x\x00":     disk.ErrBadPath,
			"folder" + p.sep + p.sep + "x": disk.ErrBadPath,
		} {
			for _, way := range ways {
				_, err := open(p.disk, p.path(name), way)
				wantCause(t, err, cause, p.path(name))
			}
		}
	})
}

func TestWritesNewFilesOnly(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		f, err := p.disk.Create(p.path("new"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(f, bytes.NewReader([]byte("package"))); err != nil {
			t.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			t.Fatal(err)
		}
		info, err := f.Info()
		if err != nil || info.Size != 7 || info.ID != idOf(t, p.disk, p.path("new")) {
			t.Fatalf("Info is %+v, %v", info, err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = p.disk.Create(p.path("new"))
		wantCause(t, err, fs.ErrExist, p.path("new"))
		wantText(t, p.onHost("new"), "package")
	})
}
