package bundle

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/redact"
	"marsfix/steps/screen"
)

// The logs that belong into a bundle besides the article's two (Microsoft's set-up code and support articles).
const (
	firstLogName   = "OBMsi.log"
	managedLogName = "OBManagedlog.LOGCurr.errlog"
	engineLogName  = "CBEngineCurr.errlog"
)

// logCap bounds how much of one log goes in, in bytes as it lies on the disk.
const logCap = 16_000_000

// addLogs adds the five logs: four from the folders for temporary files, one from the agent's own.
func (b *Bundle) addLogs(ctx context.Context, l computer.Looker, f look.Facts) {
	d := l.Disk()
	w := look.ChosenName(f)
	if w != nil && look.Elsewhere(f, *w) {
		i := slices.IndexFunc(f.Others, func(o look.OtherLog) bool { return o.Path == w.Log })
		b.addLog(ctx, d, "older-"+look.PatchLogName, wanted{LogFile: f.Others[i].LogFile, named: w})
		f.PatchLog.Also = slices.DeleteFunc(slices.Clone(f.PatchLog.Also),
			func(o look.LogFile) bool { return o.Path == w.Log })
		w = nil
	}
	b.addLog(ctx, d, look.PatchLogName, wanted{LogFile: f.PatchLog, named: w})
	b.addLog(ctx, d, look.SetupLogName, wanted{LogFile: f.SetupLog})
	for _, name := range []string{firstLogName, managedLogName} {
		b.addLog(ctx, d, name, wanted{LogFile: look.Log(l, f, name)})
	}
	engine := look.Facts{About: computer.About{Temps: agentTemps(d, f)}}
	b.addLog(ctx, d, engineLogName, wanted{LogFile: look.Log(l, engine, engineLogName)})
}

// agentTemps is where the agent keeps its own log: the folder Temp beside that of its service's program. One that is
// registered on a share is not looked for: its server would be told who looks.
func agentTemps(d disk.Reader, f look.Facts) []string {
	var dirs []string
	for _, s := range f.Services {
		if disk.OnOwnDrive(d, s.Image) == nil {
			dirs = append(dirs, disk.Join(disk.Dir(disk.Dir(s.Image)), "Temp"))
		}
	}
	if f.About.ProgramFiles != "" {
		dirs = append(dirs, disk.Join(f.About.ProgramFiles, computer.AgentName, "Temp"))
	}
	if f.About.DiskSilent {
		dirs = append(dirs, f.About.Temps...)
	}
	var once []string
	for _, d := range dirs {
		if !containsPath(once, d) {
			once = append(once, d)
		}
	}
	return once
}

func containsPath(paths []string, path string) bool {
	for _, p := range paths {
		if disk.SamePath(p, path) {
			return true
		}
	}
	return false
}

// wanted is a log that is to go in.
type wanted struct {
	look.LogFile
	named *logscan.Warning // the warning that must not be cut away; nil: none
	given look.Given
}

// addLog adds a log, or says why there is none.
func (b *Bundle) addLog(ctx context.Context, d disk.Reader, name string, lf wanted) {
	lf.given = b.options.Given
	it := Item{Name: "logs/" + name, From: lf.Path, Size: lf.Info.Size}
	switch {
	case lf.Path == "":
		it.Missing, it.Note = true, "its folder is not known"
	case !lf.Read && lf.Trouble.Code == screen.CodeLogMissing:
		it.Missing, it.Note = true, "not found"
	case !lf.Read:
		it.Missing, it.Note = true, lf.Trouble.Message
	}
	if it.Missing {
		b.add(it, nil)
		return
	}
	kept, err := lf.plan(ctx, d)
	it.Kept = total(kept)
	switch {
	case err != nil:
		it.Note = fmt.Sprintf("may be incomplete: %v", disk.Cause(err))
	case it.Kept < it.Size:
		it.Note = fmt.Sprintf("only the last sessions, %s", screen.Size(it.Kept))
	}
	var also []string
	for _, o := range lf.Also {
		also = append(also, o.Path)
	}
	older := ""
	if len(also) > 0 {
		older = "older ones are left out: " + strings.Join(also, ", ")
	}
	it.Note = joined(it.Note, older)
	b.add(it, func(ctx context.Context, w io.Writer, red *redact.Redactor) (string, error) {
		note, err := lf.write(ctx, w, d, red)
		return joined(note, older), err
	})
}

// plan tells which parts of the log go in.
func (lf wanted) plan(ctx context.Context, d disk.Reader) (kept []logSpan, err error) {
	err = lf.open(d, func(log paged) (err error) {
		kept, err = keptSpans(ctx, log, logCap, lf.named)
		return err
	})
	return kept, err
}

// paged is a log opened for paging.
type paged struct {
	io.ReaderAt
	size  int64 // bytes
	pager *logscan.Pager
}

func (lf wanted) open(d disk.Reader, f func(paged) error) error {
	file, info, err := lf.given.Open(d, lf.Path)
	if err != nil {
		return err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	r := &blocks{r: file}
	p, err := logscan.NewPager(r, info.Size)
	if err != nil {
		return err
	}
	return f(paged{r, info.Size, p})
}

// write writes what is kept of the log as UTF-8, without secrets, and tells what was left out.
func (lf wanted) write(ctx context.Context, w io.Writer, d disk.Reader, red *redact.Redactor) (note string,
	err error) {
	err = lf.open(d, func(log paged) error {
		kept, err := keptSpans(ctx, log, logCap, lf.named)
		if err != nil {
			return err
		}
		out := newLogWriter(w, red)
		at := int64(0)
		for _, s := range kept {
			out.gap(at, s.from)
			if err := eachLine(ctx, log, s, out.line); err != nil {
				return err
			}
			out.lines.Flush() // what follows a gap does not belong to what is before it
			at = s.to
		}
		out.gap(at, log.size)
		note = out.note(log.size)
		return out.err
	})
	return note, err
}

// logWriter writes lines, and says where some are left out.
type logWriter struct {
	w     io.Writer
	lines *redact.Lines
	out   int64 // bytes of the log left out in whole lines
	cut   int   // lines of which the end was left out
	err   error
}

func newLogWriter(w io.Writer, red *redact.Redactor) *logWriter {
	o := &logWriter{w: w}
	o.lines = red.Lines(func(line, tail string) { o.put(line + tail) })
	return o
}

func (o *logWriter) gap(from, to int64) {
	if from < to {
		o.out += to - from
		o.put(fmt.Sprintf("[marsfix: %s are left out here, bytes %d to %d]", screen.Size(to-from), from, to))
	}
}

func (o *logWriter) line(text string, left int64) error {
	// WiX parts the values that it hands to an action with a control character: without it they are one word.
	text = strings.ReplaceAll(narrowed(text), "\u0080", " ")
	fields := strings.Split(text, "\t") // the errlogs' fields; nothing else of a control character stays
	for i := range fields {
		fields[i] = screen.CleanText(fields[i])
	}
	tail := ""
	if left > 0 {
		o.cut++
		tail = fmt.Sprintf(" [marsfix: %s of this line are left out]", screen.Size(left))
	}
	o.lines.Add(strings.Join(fields, "\t"), tail)
	return o.err
}

// narrowed is a text without the NULs of what was appended to the log in two or four bytes a letter: no secret would be
// known between them. A NUL that stands alone parts two values.
func narrowed(text string) string {
	if strings.IndexByte(text, 0) < 0 {
		return text
	}
	nul := func(i int) bool { return i >= 0 && i < len(text) && text[i] == 0 }
	var b strings.Builder
	for i := range len(text) {
		if !nul(i) || !nul(i-2) && !nul(i-1) && !nul(i+1) && !nul(i+2) {
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

func (o *logWriter) put(text string) {
	if o.err == nil {
		_, o.err = io.WriteString(o.w, text+"\r\n")
	}
}

func (o *logWriter) note(n int64) string {
	var notes []string
	if o.out > 0 {
		notes = append(notes, fmt.Sprintf("%s of %s are left out; the last sessions are complete", screen.Size(o.out),
			screen.Size(n)))
	}
	if o.cut > 0 {
		notes = append(notes, screen.Count(int64(o.cut), "very long line is", "very long lines are")+" cut short")
	}
	return strings.Join(notes, "; ")
}
