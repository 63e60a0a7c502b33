package steps

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
	reportHTMLName = "report.html"
	ReportJSONName = "report.json"
	ReportsDir     = "reports"
)

// ReportFiles is where a report lies; the zero value: nowhere.
type ReportFiles struct {
	Dir, HTML, JSON string
	Told            string // how the path of HTML is told
}

// WriteReport writes a report into the folder of marsfix on the computer itself, in a folder of its own. A computer whose disk goes with the
// walk gets none.
func WriteReport(ctx context.Context, m computer.Machine, r Report, now time.Time) (ReportFiles, *screen.Problem) {
	a, err := m.About(ctx)
	if err == nil && a.Passing {
		return ReportFiles{}, nil
	}
	dir := computer.OwnFolder(a)
	if err == nil && dir == "" {
		err = fs.ErrNotExist
	}
	var files ReportFiles
	if err == nil {
		files, err = writeReportIn(m.Writer(), dir, r, now)
	}
	if err != nil {
		return ReportFiles{}, reportProblem(r.command(), disk.Join(screen.Or(dir, "marsfix"), ReportsDir), err)
	}
	files.Told = a.Told(files.HTML)
	return files, nil
}

func writeReportIn(d disk.Writer, dir string, r Report, now time.Time) (ReportFiles, error) {
	reports, err := MakeReports(d, dir)
	if err != nil {
		return ReportFiles{}, err
	}
	defer reports.Close()
	one, err := reports.Make(ReportFolder(r.Machine.Name, now))
	if err != nil {
		return ReportFiles{}, err
	}
	defer one.Close()
	files := ReportFiles{Dir: one.Path(), HTML: disk.Join(one.Path(), reportHTMLName), JSON: disk.Join(one.Path(), ReportJSONName)}
	return files, writeReport(one, reportHTMLName, ReportJSONName, r)
}

// MakeReports makes and holds the folder of reports.
func MakeReports(d disk.Writer, dir string) (disk.Private, error) {
	own, err := d.MakePrivate(dir)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	return own.Make(ReportsDir)
}

// WriteReportTo writes a report into a folder of this system, made if it is not there. A folder that holds one already keeps it:
// the new one gets a folder of its own inside.
func WriteReportTo(d disk.Disk, dir string, r Report, now time.Time) (ReportFiles, *screen.Problem) {
	if err := d.MakeFolder(dir); err != nil {
		return ReportFiles{}, reportProblem(r.command(), dir, err)
	}
	at := func(dir string) ReportFiles {
		return ReportFiles{Dir: dir, HTML: filepath.Join(dir, reportHTMLName), JSON: filepath.Join(dir, ReportJSONName), Told: filepath.Join(dir, reportHTMLName)}
	}
	files := at(dir)
	if isThere(d, files.HTML) || isThere(d, files.JSON) {
		files = at(filepath.Join(dir, ReportFolder(r.Machine.Name, now)))
		if err := d.MakeFolder(files.Dir); err != nil {
			return ReportFiles{}, reportProblem(r.command(), files.Dir, err)
		}
	}
	if err := writeReport(d, files.HTML, files.JSON, r); err != nil {
		return ReportFiles{}, reportProblem(r.command(), files.Dir, err)
	}
	return files, nil
}

// SaveReport is WriteReportTo on the disk of this system, by any path.
func SaveReport(dir string, r Report, now time.Time) (ReportFiles, *screen.Problem) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return ReportFiles{}, reportProblem(r.command(), dir, err)
	}
	return WriteReportTo(disk.NewLocal(), full, r, now)
}

// isThere tells whether a name is taken; a name that cannot be asked for is left to the writing itself.
func isThere(d disk.Reader, path string) bool {
	_, err := d.Stat(path)
	return err == nil
}

// writeReport writes both files, or none.
func writeReport(d disk.Place, htmlName, jsonName string, r Report) error {
	html, err := r.HTML()
	if err != nil {
		return err
	}
	data, err := r.JSON()
	if err != nil {
		return err
	}
	id, err := disk.WriteWhole(d, htmlName, disk.BytesTo(html))
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

// ReportFolder is the name of a report's folder: the computer and the time.
func ReportFolder(computer string, now time.Time) string {
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

// reportProblem says why a report is not where it should be.
func reportProblem(command, dir string, err error) *screen.Problem {
	elsewhere := "name a folder that you can write to: " + command + " --report DIR"
	p := &screen.Problem{Code: "report-unwritable",
		Message: fmt.Sprintf("the report cannot be written into \"%s\": %v", dir, computer.OwnCause(err)), Hint: computer.OwnHint(err, elsewhere)}
	switch {
	case errors.Is(err, disk.ErrFull):
		p.Hint = "make room on that drive, or " + p.Hint
	case errors.Is(err, disk.ErrBadPath):
		p.Hint = "give the full path: " + command + " --report DIR"
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
