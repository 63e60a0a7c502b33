package bundle

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// mostReport bounds how long a report is that is read back, in bytes.
const mostReport = 16 << 20

// addReport adds the report of the walk on the screen, or the last one written, and what a look tells now.
func (b *Bundle) addReport(l computer.Looker, f look.Facts) {
	now := diagnose.Of(f, b.options.Version).Report(f.Neighbours(l.Disk()), b.options.Now)
	last, from := b.options.Report, ""
	if last == nil {
		last, from = b.lastReport(l.Disk())
	}
	if last != nil {
		b.addReportFiles("report", from, *last)
	}
	b.addReportFiles("diagnosis", "", now)
}

// addReportFiles adds both faces of a report, made from the value itself so that nothing in them escapes the redaction.
func (b *Bundle) addReportFiles(name, from string, r report.Report) {
	note := map[string]string{"report": "the last report, written " + report.Piece(r.Written, time.DateTime),
		"diagnosis": "a fresh diagnosis"}[name]
	face := func(render func(report.Report) ([]byte, error)) part {
		return func(_ context.Context, w io.Writer, red *redact.Redactor) (string, error) {
			fixed, err := r.Copy()
			if err != nil {
				return "", err
			}
			fixed.MapText(report.Sanitizer(red))
			out, err := render(fixed)
			if err == nil {
				_, err = w.Write(out)
			}
			return "", err
		}
	}
	it := Item{Name: name + ".html", Note: note}
	if from != "" {
		it.Note += ", from " + from
	}
	b.add(it, face(func(r report.Report) ([]byte, error) { return r.HTML(), nil }))
	it.Name = name + ".json"
	b.add(it, face(report.Report.JSON))
}

// lastReport is the newest report that lies on the computer and that nobody else can have written, nil when there is
// none. Newer ones that are left out are named.
func (b *Bundle) lastReport(d disk.Reader) (last *report.Report, from string) {
	dir := computer.OwnFolder(b.about)
	if dir == "" {
		return nil, ""
	}
	reports, err := openReports(d, dir)
	var folders []disk.Info
	if err == nil {
		defer reports.Close()
		folders, err = reports.List()
	}
	if err != nil {
		if !computer.Absent(err) {
			b.leaveOut(report.JSONName, disk.Join(dir, report.FolderName), err)
		}
		return nil, ""
	}
	for _, file := range newestReports(d, folders) {
		if last, err = readReport(reports, disk.Base(disk.Dir(file.Path))); err == nil {
			return last, file.Path
		}
		b.leaveOut(report.JSONName, file.Path, err)
	}
	return nil, ""
}

// openReports holds the folder of reports.
func openReports(d disk.Reader, dir string) (disk.PrivateReader, error) {
	own, err := d.OpenPrivate(dir)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	return own.Inside(report.FolderName)
}

// newestReports are the reports in folders, the latest first. This only says where to look: what lies there is judged
// when it is opened.
func newestReports(d disk.Reader, folders []disk.Info) []disk.Info {
	var files []disk.Info
	for _, in := range folders {
		if !in.Dir && !in.Link {
			continue // a bundle
		}
		if file, err := d.Stat(disk.Join(in.Path, report.JSONName)); err == nil {
			files = append(files, file)
		}
	}
	slices.SortStableFunc(files, func(a, b disk.Info) int { return b.Written.Compare(a.Written) })
	return files
}

func readReport(reports disk.PrivateReader, name string) (*report.Report, error) {
	dir, err := reports.Inside(name)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	file, info, err := disk.WithInfo(dir.Open(report.JSONName))
	if err != nil {
		return nil, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	if info.Size > mostReport {
		return nil, fmt.Errorf("it is too long for a report (%s)", screen.Size(info.Size))
	}
	var r report.Report
	if err := json.NewDecoder(io.NewSectionReader(file, 0, info.Size)).Decode(&r); err != nil {
		return nil, fmt.Errorf("it is not a report: %w", err)
	}
	return &r, nil
}
