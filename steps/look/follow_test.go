package look

import (
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// oneDisk is a computer of which nothing can be asked but its disk, which counts the bytes that are read.
type oneDisk struct {
	computer.Looker
	disk.Reader
	read atomic.Int64 // several goroutines read a log
}

func (o *oneDisk) Disk() disk.Reader { return o }

func (o *oneDisk) Open(path string, share disk.Share) (disk.File, error) {
	f, err := o.Reader.Open(path, share)
	return countedFile{f, o}, err
}

type countedFile struct {
	disk.File
	o *oneDisk
}

func (c countedFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.File.ReadAt(p, off)
	c.o.read.Add(int64(n))
	return n, err
}

// A set-up log that is looked at five times a second is read once, and then only what is new; one that was cut or
// replaced is read anew.
func TestTheSetupLogIsReadOnce(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, SetupLogName)
	line := func(folder string) string {
		return "0AB0\t0974\t08/04\t13:16:29.206\t18\tsetup.cpp(1372)\t[0]\tG\t\tNORMAL\tDirectory Path for SetupLaunchScreen: " + folder + "\r\n"
	}
	filler := strings.Repeat("0AB0\t0974\t08/04\t13:16:29.205\t18\tsetup.cpp(1)\t[0]\tG\t\tNORMAL\tnothing\r\n", 1<<15)
	write := func(flag int, text string) {
		t.Helper()
		f, err := os.OpenFile(path, os.O_WRONLY|flag, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
	o := &oneDisk{Reader: disk.NewMappedReader(map[byte]string{'C': dir})}
	f := Facts{Given: Given{SetupLog: `C:\` + SetupLogName}}
	look := func(want string, lines int64, most int64) {
		t.Helper()
		o.read.Store(0)
		f = SetupLines(t.Context(), o, f, Env{Now: time.Now(), Report: func(screen.Progress) {}})
		got := ""
		if len(f.Setup.Folders) > 0 {
			got = f.Setup.Folders[0].Folder
		}
		if got != want || f.Setup.Lines != lines || o.read.Load() > most {
			t.Fatalf("folder %q, %d lines, %d bytes read; want %q, %d, at most %d", got, f.Setup.Lines, o.read.Load(),
				want, lines, most)
		}
	}
	const all, little = 4 << 20, 256 << 10
	write(os.O_CREATE, filler+line(`C:\1`))
	look(`C:\1`, 1<<15+1, all)
	look(`C:\1`, 1<<15+1, little)
	write(os.O_APPEND, line(`C:\2`))
	look(`C:\2`, 1<<15+2, little)
	write(os.O_TRUNC, filler[:1<<20]+line(`C:\3`))
	look(`C:\3`, int64(strings.Count(filler[:1<<20], "\n"))+1, all)
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	write(os.O_CREATE, strings.ReplaceAll(filler, "nothing", "another")+line(`C:\4`))
	look(`C:\4`, 1<<15+1, all)
}
