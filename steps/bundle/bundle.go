// Package bundle packs what Microsoft Support needs into one zip, without secrets. It must never vouch for a file that
// others could write.
package bundle

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// Options is what a support bundle is asked for with.
type Options struct {
	Given     look.Given     // logs that were named outright
	HideUsers bool           // take user names out as well; passwords and tokens never go in
	Report    *report.Report // of the walk on the screen; nil: the last one that was written on that computer
	Version   string
	Now       time.Time
}

// Bundle is what goes to Microsoft Support: planned first, so that a person can see what is inside, then written.
type Bundle struct {
	computer string
	Items    []Item
	options  Options
	about    computer.About
	users    []string // that are known on that computer
}

// Item is one file of the bundle.
type Item struct {
	Name    string // in the zip
	From    string // path on the computer; empty for what marsfix makes
	Size    int64  // bytes on the disk
	Kept    int64  // bytes of them that go in; 0 for what marsfix makes
	Note    string // what is left out, or why the file is not there
	Missing bool   // it is only named
	write   part
}

// part writes a file's content and tells what is to be known of it: of a file of the computer all that the manifest
// says.
type part func(ctx context.Context, w io.Writer, red *redact.Redactor) (note string, err error)

// Plan looks for what goes into a bundle, and writes nothing.
func Plan(ctx context.Context, l computer.Looker, o Options) (Bundle, *screen.Problem) {
	f, err := look.All(ctx, l, o.Given, look.Env{Now: o.Now, Report: func(screen.Progress) {}})
	if err != nil {
		return Bundle{}, &screen.Problem{Code: screen.CodeBundleStopped,
			Message: fmt.Sprintf("the zip was not written: %v", err),
			Cure:    "marsfix bundle"}
	}
	b := Bundle{computer: cmp.Or(f.About.Name, "this computer"), options: o, about: f.About,
		users: userNames(l.Disk(), f)}
	b.addReport(l, f)
	b.addLogs(ctx, l, f)
	b.addRegistration(l, f)
	b.addJournal(l.Disk())
	return b, nil
}

func (b *Bundle) add(it Item, p part) {
	it.write = p
	b.Items = append(b.Items, it)
}

// addMade adds a file that marsfix makes itself.
func (b *Bundle) addMade(name, note string, p part) {
	b.add(Item{Name: name, Note: note}, p)
}

// Rows is what is inside, for a screen.
func (b Bundle) Rows() []screen.Row {
	var rows []screen.Row
	for _, it := range b.Items {
		r := screen.Row{Label: screen.CleanText(it.Name), Value: screen.CleanText(it.From),
			Note: screen.CleanText(it.note())}
		switch {
		case it.Missing:
			r.Tone = screen.Warn
		case it.From == "":
			r.Value = "made by marsfix"
		}
		rows = append(rows, r)
	}
	return append(rows, screen.Row{Label: manifestName, Value: "made by marsfix",
		Note: "what each file is, and what was left out"})
}

// List is what is inside, one line each.
func (b Bundle) List() []string {
	var lines []string
	for _, r := range b.Rows() {
		line := fmt.Sprintf("  %-36s %s", r.Label, r.Value)
		if r.Note != "" {
			line += " (" + r.Note + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func (it Item) note() string {
	switch {
	case it.Missing || it.From == "":
		return it.Note
	case it.Note == "":
		return screen.Size(it.Size)
	}
	return screen.Size(it.Size) + ", " + it.Note
}

// Write writes the bundle as one zip. A file that cannot be read any more is told in the manifest and does not stop it;
// w does.
func (b Bundle) Write(ctx context.Context, w io.Writer, report func(screen.Progress)) error {
	z := archive{zip.NewWriter(w), b.options.Now}
	red := redact.New(b.options.HideUsers, b.users)
	m := manifest{bundle: b}
	for i, it := range b.Items {
		if err := ctx.Err(); err != nil {
			return err
		}
		report(screen.Progress{Done: int64(i), Total: int64(len(b.Items)), What: "packing " + it.Name})
		before := red.Removed()
		note, err := z.add(ctx, it, red)
		if err != nil {
			return err
		}
		m.add(it, note, red.Removed()-before)
	}
	out, err := z.create(manifestName)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(out, m.text(red)); err != nil {
		return err
	}
	return z.Close()
}

// archive is a zip that is being written, and the time that all its files bear.
type archive struct {
	*zip.Writer
	now time.Time
}

func (z archive) create(name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.now})
}

// add writes one file. Only a failure of the zip itself is an error.
func (z archive) add(ctx context.Context, it Item, red *redact.Redactor) (note string, err error) {
	if it.Missing {
		return it.Note, nil
	}
	out, err := z.create(it.Name)
	if err != nil {
		return "", err
	}
	w := &errWriter{w: out}
	note, err = it.write(ctx, w, red)
	switch {
	case w.err != nil:
		return "", w.err
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return joined(fmt.Sprintf("incomplete: %v", disk.Cause(err)), note), nil
	}
	return note, nil
}

// joined are the notes that say something.
func joined(notes ...string) string {
	return strings.Join(slices.DeleteFunc(notes, func(n string) bool { return n == "" }), "; ")
}

// errWriter remembers a failure of writing, to tell it from one of reading.
type errWriter struct {
	w   io.Writer
	err error
}

func (s *errWriter) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	if err != nil {
		s.err = err
	}
	return n, err
}

// zipName is the name of a bundle's file.
func zipName(computer string, now time.Time) string {
	return "marsfix-" + report.EntryName(computer, now) + ".zip"
}

// WriteTo writes a bundle under a path of the disk. The name never stands for half a bundle, and nothing is replaced.
func (b Bundle) WriteTo(ctx context.Context, d disk.Writer, path string,
	report func(screen.Progress)) *screen.Problem {
	_, err := disk.WriteWhole(d, path, func(w io.Writer) error { return b.Write(ctx, w, report) })
	if err == nil {
		return nil
	}
	return problem(path, err)
}

// WriteHere writes a bundle beside the reports of the computer that is walked, and tells its path.
func (b Bundle) WriteHere(ctx context.Context, m computer.Machine, progress func(screen.Progress)) (path string,
	p *screen.Problem) {
	dir, name := computer.OwnFolder(b.about), zipName(b.computer, b.options.Now)
	if dir == "" {
		return "", problem(name, fs.ErrNotExist)
	}
	path = disk.Join(dir, report.FolderName, name)
	reports, err := report.MakeReports(m.Writer(), dir)
	if err != nil {
		return "", problem(path, err)
	}
	defer reports.Close()
	if _, err = disk.WriteWhole(reports, name,
		func(w io.Writer) error { return b.Write(ctx, w, progress) }); err != nil {
		return "", problem(path, err)
	}
	return path, nil
}

// Propose is a bundle with what has to be answered before it is written to a path of this system, or, where none is
// given, beside the reports of the computer.
func Propose(ctx context.Context, m computer.Machine, out string, o Options) (screen.Proposal, error) {
	const again = "marsfix bundle"
	b, p := Plan(ctx, m, o)
	if p != nil {
		return screen.Proposal{}, p.Err(again)
	}
	q := screen.Question{Kind: screen.Confirm, Prompt: "Put these into a zip for Microsoft Support?", Verb: "write",
		Yes: "writes it without recognised passwords and tokens; check before sending"}
	return screen.Proposal{Told: b.List(), Question: q, Do: func() (string, error) {
		path, p := save(ctx, m, out, b)
		return "written: " + path, p.Err(again)
	}}, nil
}

// save writes a bundle to a path of this system, or, where none is given, beside the reports of the computer.
func save(ctx context.Context, m computer.Machine, out string, b Bundle) (path string, p *screen.Problem) {
	report := func(screen.Progress) {}
	if out == "" {
		return b.WriteHere(ctx, m, report)
	}
	full, err := filepath.Abs(out)
	if err != nil {
		return "", problem(out, err)
	}
	return full, b.WriteTo(ctx, disk.NewLocal(), full, report)
}

func problem(path string, err error) *screen.Problem {
	const elsewhere = `marsfix bundle --out C:\path\bundle.zip`
	p := &screen.Problem{Code: screen.CodeBundleUnwritable,
		Message: fmt.Sprintf("cannot write the zip \"%s\": %v", path, computer.OwnCause(err)),
		Cure:    computer.OwnHint(err, "choose another place: "+elsewhere)}
	switch {
	case errors.Is(err, fs.ErrExist):
		p.Code, p.Message = screen.CodeBundleExists, fmt.Sprintf("\"%s\" already exists; nothing was overwritten", path)
		p.Cure = "choose another name: " + elsewhere
	case errors.Is(err, disk.ErrFull):
		p.Cure = "make room on that drive, or choose another one: " + elsewhere
	case errors.Is(err, disk.ErrNoDrive):
		p.Cure = computer.NoDrive(path, `marsfix bundle --out \\server\share\bundle.zip`)
	case errors.Is(err, context.Canceled):
		p.Code, p.Message, p.Cure = screen.CodeBundleStopped, "the zip was not written: it was stopped", "marsfix bundle"
	}
	return p
}
