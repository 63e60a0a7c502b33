package steps

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/redact"
)

// mostReport bounds how long a report is that is read back, in bytes.
const mostReport = 16 << 20

// addReport adds the report of the walk on the screen, or the last one written, and what a look tells now.
func (b *Bundle) addReport(l Looker, f Facts) {
	now := diagnosis(f, b.options.Version).report(f, b.options.Now)
	last, from := b.options.Report, ""
	if last == nil {
		last, from = lastReport(l.Disk(), b.about)
	}
	if last != nil {
		b.addReportFiles("report", from, *last)
	}
	b.addReportFiles("diagnosis", "", now)
}

// addReportFiles adds both faces of a report, made from the value itself so that nothing in them escapes the redaction.
func (b *Bundle) addReportFiles(name, from string, r Report) {
	note := map[string]string{"report": "the last report, written " + piece(r.Written, time.DateTime), "diagnosis": "what a look at the computer tells now"}[name]
	face := func(render func(Report) ([]byte, error)) bundlePart {
		return func(_ context.Context, w io.Writer, red *redact.Redactor) (string, error) {
			fixed, err := r.copy()
			if err != nil {
				return "", err
			}
			fixed.fix(func(s string) string { return red.Text(cleanText(s)) })
			out, err := render(fixed)
			if err == nil {
				_, err = w.Write(out)
			}
			return note, err
		}
	}
	it := BundleItem{Name: name + ".html", Note: note}
	if from != "" {
		it.Note += ", from " + from
	}
	b.add(it, face(Report.HTML))
	it.Name = name + ".json"
	b.add(it, face(Report.JSON))
}

// lastReport is the newest report that lies on the computer and can be read, nil when there is none.
func lastReport(d disk.Reader, a About) (*Report, string) {
	var newest disk.Info
	var last *Report
	for _, dir := range journalDirs(a) {
		infos, err := d.List(join(dir, reportsDir))
		if err != nil {
			continue // no reports there
		}
		for _, in := range infos {
			file, err := d.Stat(join(in.Path, reportJSONName))
			if err != nil || !file.Written.After(newest.Written) {
				continue
			}
			if r, err := readReport(d, file.Path); err == nil {
				newest, last = file, r
			}
		}
	}
	return last, newest.Path
}

func readReport(d disk.Reader, path string) (*Report, error) {
	file, err := d.Open(path, disk.ShareAll)
	if err != nil {
		return nil, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return nil, err
	}
	if info.Size > mostReport {
		return nil, fmt.Errorf("report \"%s\": %d bytes are too long for one", path, info.Size)
	}
	var r Report
	if err := json.NewDecoder(io.NewSectionReader(file, 0, info.Size)).Decode(&r); err != nil {
		return nil, fmt.Errorf("report \"%s\": %w", path, err)
	}
	return &r, nil
}
