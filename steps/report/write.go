package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// The names of a report's two files, and of the folder of reports in the data folder of marsfix.
const (
	htmlName   = "report.html"
	JSONName   = "report.json"
	FolderName = "reports"
)

// Files is where a report lies; the zero value: nowhere.
type Files struct {
	Dir, HTML, JSON string
	Told            string // how the path of HTML is told
}

// Write writes a report into the folder of marsfix on the computer itself, in a folder of its own. A computer whose
// disk goes with the walk gets none.
func Write(ctx context.Context, m computer.Machine, r Report, now time.Time) (Files, *screen.Problem) {
	a, err := m.About(ctx)
	if err == nil && a.Passing {
		return Files{}, nil
	}
	dir := computer.OwnFolder(a)
	if err == nil && dir == "" {
		err = fs.ErrNotExist
	}
	var files Files
	if err == nil {
		files, err = writeIn(m.Writer(), dir, r, now)
	}
	if err != nil {
		return Files{}, problem(r.command(), disk.Join(cmp.Or(dir, "marsfix"), FolderName), err)
	}
	files.Told = a.Told(files.HTML)
	return files, nil
}

func writeIn(d disk.Writer, dir string, r Report, now time.Time) (Files, error) {
	reports, err := MakeReports(d, dir)
	if err != nil {
		return Files{}, err
	}
	defer reports.Close()
	one, err := reports.Make(EntryName(r.Machine.Name, now))
	if err != nil {
		return Files{}, err
	}
	defer one.Close()
	files := Files{Dir: one.Path(), HTML: disk.Join(one.Path(), htmlName), JSON: disk.Join(one.Path(), JSONName)}
	return files, write(one, htmlName, JSONName, r)
}

// MakeReports makes and holds the folder of reports.
func MakeReports(d disk.Writer, dir string) (disk.Private, error) {
	own, err := d.MakePrivate(dir)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	return own.Make(FolderName)
}

// WriteTo writes a report into a folder of this system, made if it is not there. A folder that holds one already keeps
// it: the new one gets a folder of its own inside.
func WriteTo(d disk.Disk, dir string, r Report, now time.Time) (Files, *screen.Problem) {
	if err := d.MakeFolder(dir); err != nil {
		return Files{}, problem(r.command(), dir, err)
	}
	at := func(dir string) Files {
		return Files{Dir: dir, HTML: filepath.Join(dir, htmlName), JSON: filepath.Join(dir, JSONName),
			Told: filepath.Join(dir, htmlName)}
	}
	files := at(dir)
	if isThere(d, files.HTML) || isThere(d, files.JSON) {
		files = at(filepath.Join(dir, EntryName(r.Machine.Name, now)))
		if err := d.MakeFolder(files.Dir); err != nil {
			return Files{}, problem(r.command(), files.Dir, err)
		}
	}
	if err := write(d, files.HTML, files.JSON, r); err != nil {
		return Files{}, problem(r.command(), files.Dir, err)
	}
	return files, nil
}

// Save is WriteTo on the disk of this system, by any path.
func Save(dir string, r Report, now time.Time) (Files, *screen.Problem) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return Files{}, problem(r.command(), dir, err)
	}
	return WriteTo(disk.NewLocal(), full, r, now)
}

// Made makes and saves a report where a folder is named for it, and tells where its page lies; command is what looks
// again.
func Made(dir string, told func() Report, now time.Time, command string) (html string, err error) {
	if dir == "" {
		return "", nil
	}
	files, p := Save(dir, told(), now)
	return files.HTML, p.Err(command)
}

// isThere reports whether a name is taken; a name that cannot be asked for is left to the writing itself.
func isThere(d disk.Reader, path string) bool {
	_, err := d.Stat(path)
	return err == nil
}

// write writes both files, or none.
func write(d disk.Place, htmlName, jsonName string, r Report) error {
	data, err := r.JSON()
	if err != nil {
		return err
	}
	id, err := disk.WriteWhole(d, htmlName, disk.BytesTo(r.HTML()))
	if err != nil {
		return err
	}
	if _, err := disk.WriteWhole(d, jsonName, disk.BytesTo(data)); err != nil {
		if rerr := d.Remove(htmlName, id); rerr != nil {
			err = &disk.CleanupError{Err: err, Remove: rerr}
		}
		return err
	}
	return nil
}

// EntryName is the name of a report's folder: the computer and the time.
func EntryName(computer string, now time.Time) string {
	return fileName(computer) + "-" + now.UTC().Format("20060102T150405Z")
}

// fileName makes a computer's name fit to be part of a file's name on every system.
func fileName(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_':
			return c
		}
		return '_'
	}, s)
	return cmp.Or(s[:min(len(s), 64)], "computer")
}

// problem says why a report is not where it should be.
func problem(command, dir string, err error) *screen.Problem {
	elsewhere := "name a folder that you can write to: " + command + " --report DIR"
	p := &screen.Problem{Code: screen.CodeReportUnwritable,
		Message: fmt.Sprintf("the report cannot be written into \"%s\": %v", dir, computer.OwnCause(err)),
		Cure:    computer.OwnHint(err, elsewhere)}
	switch {
	case errors.Is(err, disk.ErrFull):
		p.Cure = "make room on that drive, or " + p.Cure
	case errors.Is(err, disk.ErrNoDrive):
		p.Cure = computer.NoDrive(dir, command+` --report \\server\share\folder`)
	case errors.Is(err, disk.ErrBadPath):
		p.Cure = "give the full path: " + command + " --report DIR"
	}
	return p
}

// command is what makes such a report.
func (r Report) command() string {
	if r.Kind == "diagnosis" {
		return "marsfix diagnose"
	}
	return computer.About{Label: r.Machine.Label}.Command()
}
