package logscan

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// fixture is a log with what is known of it: a head of "# remark", "given: key value" and "expect: key value" lines up
// to the first empty line, then the log. In it ␀ stands for NUL.
type fixture struct {
	name          string
	body          string
	given, expect map[string]string
}

// readFixtures reads every file that the pattern matches; that it matches none, and a head that cannot be read, is
// fatal.
func readFixtures(t *testing.T, pattern string, given []string) (all []fixture) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d fixtures, %v", pattern, len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, body, ok := strings.Cut(string(data), "\n\n")
		f := fixture{filepath.Base(file), strings.ReplaceAll(body, "␀", "\x00"), map[string]string{},
			map[string]string{}}
		for line := range strings.SplitSeq(head, "\n") {
			kind, rest, _ := strings.Cut(line, " ")
			key, value, _ := strings.Cut(rest, " ")
			switch {
			case kind == "expect:":
				f.expect[key] = value
			case kind == "given:" && slices.Contains(given, key):
				f.given[key] = value
			case kind != "#":
				t.Fatalf("%s: cannot read %q", file, line)
			}
		}
		if !ok || len(f.expect) == 0 {
			t.Fatalf("%s expects nothing", file)
		}
		if _, cut := f.given["cut"]; cut {
			f.body = strings.TrimSuffix(f.body, "\n")
		}
		all = append(all, f)
	}
	return all
}

// eachCoding runs f with the fixture in every encoding, with both line ends, in large and in small pieces, bare and
// with the padding of a file that was laid out beforehand.
func (f fixture) eachCoding(t *testing.T, run func(t *testing.T, c coding, text string, data []byte, piece int)) {
	for _, c := range codings {
		for name, end := range map[string]string{"LF": "\n", "CRLF": "\r\n"} {
			text := strings.ReplaceAll(f.body, "\n", end)
			data := append([]byte(c.mark), c.encode(text)...)
			t.Run(c.name+" "+name, func(t *testing.T) { run(t, c, text, data, chunkSize) })
			t.Run(c.name+" "+name+" pieces", func(t *testing.T) { run(t, c, text, data, 61) })
			t.Run(c.name+" "+name+" padded", func(t *testing.T) {
				run(t, c, text, append(slices.Clip(data), make([]byte, 9<<10)...), chunkSize)
			})
		}
	}
}

func (f fixture) check(t *testing.T, got map[string]string) {
	t.Helper()
	for key, want := range f.expect {
		have, known := got[key]
		if !known {
			t.Fatalf("%s: unknown key %q", f.name, key)
		}
		if have != want {
			t.Errorf("%s: %s is %q, want %q", f.name, key, have, want)
		}
	}
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func TestPatchFixtures(t *testing.T) {
	for _, f := range readFixtures(t, "testdata/patch/*.log", []string{"windows", "cut"}) {
		t.Run(f.name, func(t *testing.T) {
			o := PatchOptions{Windows: []string{"Windows"}}
			if w, ok := f.given["windows"]; ok {
				o.Windows = strings.Fields(w)
			}
			f.eachCoding(t, func(t *testing.T, c coding, text string, data []byte, piece int) {
				s := newScanner(bytes.NewReader(data), int64(len(data)), patchSearch.get(), nil)
				s.chunk = piece
				l, err := scanPatch(t.Context(), s, o)
				if err != nil {
					t.Fatal(err)
				}
				if want := c.detected(text); l.Encoding != want {
					t.Errorf("encoding %v, want %v", l.Encoding, want)
				}
				f.check(t, patchFacts(l))
				for _, w := range slices.Concat(l.Named, l.Suspicious, l.Patches) {
					if w.Text[w.NameAt:w.NameAt+w.NameLen] != w.Path {
						t.Errorf("the name is not at %d of %q", w.NameAt, w.Text)
					}
					if !bytes.HasPrefix(data[w.At:], c.encode("Warning: ")) &&
						!bytes.HasPrefix(data[w.At:], c.encode("Couldn't")) {
						t.Errorf("no warning at byte %d", w.At)
					}
				}
			})
		})
	}
}

// patchFacts is everything that a fixture can expect of a log.
func patchFacts(l PatchLog) map[string]string {
	var ids, patches []string
	for _, w := range l.Named {
		ids = append(ids, w.ID)
	}
	for _, w := range l.Patches {
		if w.Path == "" {
			w.Path = `""`
		}
		patches = append(patches, w.Path)
	}
	facts := map[string]string{
		"named":         orNone(strings.Join(ids, " ")),
		"patches":       strings.Join(patches, " "),
		"warnings":      strconv.FormatInt(l.Warnings, 10),
		"suspicious":    strconv.FormatInt(l.SuspiciousCount, 10),
		"sessions":      strconv.Itoa(l.Sessions),
		"started":       l.Last.Started,
		"process":       orNone(l.Last.Process),
		"lines":         strconv.FormatInt(l.Lines, 10),
		"blank":         strconv.FormatBool(l.Blank),
		"last-warnings": strconv.FormatInt(l.LastSession.Warnings, 10),
		"error-line":    strconv.FormatInt(l.LastSession.Error.Number, 10),
		"code":          "none",
	}
	if l.LastSession.HasCode {
		facts["code"] = strconv.Itoa(l.LastSession.Code)
	}
	if len(l.Named) > 0 {
		w := l.Named[0]
		facts["line"] = strconv.FormatInt(w.Number, 10)
		facts["kind"] = []string{"", "Missing", "NotStorage", "NoPackageCode", "OtherPackageCode", "Cut",
			"LostPatch"}[w.Kind]
		facts["session"] = strconv.Itoa(w.Session)
		facts["time"] = orNone(w.Time)
		facts["path"] = w.Path
		facts["unended"] = strconv.FormatBool(w.Unended)
	}
	if len(l.Suspicious) > 0 {
		facts["suspicious-path"] = l.Suspicious[0].Path
	}
	return facts
}

func TestSetupFixtures(t *testing.T) {
	for _, f := range readFixtures(t, "testdata/setup/*.errlog", []string{"written", "since", "cut"}) {
		t.Run(f.name, func(t *testing.T) {
			written, err := time.Parse(time.RFC3339, f.given["written"])
			if err != nil {
				t.Fatal(err)
			}
			f.eachCoding(t, func(t *testing.T, c coding, text string, data []byte, piece int) {
				o := SetupOptions{Written: written, Since: -1}
				if n, err := strconv.Atoi(f.given["since"]); err == nil {
					lines := strings.SplitAfter(text, "\n")
					o.Since = int64(len(c.mark) + len(c.encode(strings.Join(lines[:n-1], ""))))
				}
				s := newScanner(bytes.NewReader(data), int64(len(data)), setupSearch.get(), nil)
				s.chunk = piece
				l, err := scanSetup(t.Context(), s, o)
				if err != nil {
					t.Fatal(err)
				}
				f.check(t, setupFacts(l))
				for _, w := range slices.Concat(l.Folders, l.Suspicious) {
					if w.Text[w.NameAt:w.NameAt+w.NameLen] != w.Raw {
						t.Errorf("the folder is not at %d of %q", w.NameAt, w.Text)
					}
				}
			})
		})
	}
}

func setupFacts(l SetupLog) map[string]string {
	facts := map[string]string{
		"folder":     "none",
		"folders":    strconv.Itoa(len(l.Folders)),
		"suspicious": strconv.Itoa(len(l.Suspicious)),
		"lines":      strconv.FormatInt(l.Lines, 10),
		"blank":      strconv.FormatBool(l.Blank),
	}
	var order, fresh []string
	for _, f := range l.Folders {
		order = append(order, strconv.FormatInt(f.Number, 10))
		if f.New {
			fresh = append(fresh, strconv.FormatInt(f.Number, 10))
		}
	}
	facts["order"], facts["new"] = strings.Join(order, " "), strings.Join(fresh, " ")
	if len(l.Folders) > 0 {
		f := l.Folders[0]
		facts["folder"], facts["raw"], facts["stamp"], facts["when"] = f.Folder, f.Raw, orNone(f.Stamp), "none"
		facts["line"], facts["pid"] = strconv.FormatInt(f.Number, 10), strconv.Itoa(f.PID)
		facts["unended"] = strconv.FormatBool(f.Unended)
		if !f.When.IsZero() {
			facts["when"] = f.When.Format(time.RFC3339Nano)
		}
	}
	if len(l.Suspicious) > 0 {
		facts["suspicious-line"] = strconv.FormatInt(l.Suspicious[0].Number, 10)
	}
	return facts
}
