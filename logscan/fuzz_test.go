package logscan

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

var bareHex = regexp.MustCompile(`^[0-9A-Fa-f]{1,16}$`)

// Whatever the log says, an accepted id is bare hex and the path in front of it is the cache's.
func FuzzUniqueID(f *testing.F) {
	for _, text := range fragments {
		f.Add(text, "")
	}
	f.Add(`C:\Windows\Installer\7b5ea8.msi`, "' is missing.")
	f.Add(`c:\WINNT\INSTALLER\0.MSI is missing`, ".")
	f.Add("C:\\Window\u017f\\Installer\\7b5ea8.msi", "'")
	f.Fuzz(func(t *testing.T, path, after string) {
		log := "Warning: Local cached package '" + path + after
		l, err := ScanPatch(t.Context(), strings.NewReader(log), int64(len(log)), PatchOptions{Windows: windows})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range l.Named {
			cut := strings.LastIndexByte(w.Path, '\\') + 1
			folder, file, drive := w.Path[3:cut], w.Path[cut:], w.Path[0]
			extension, ok := strings.CutPrefix(file, w.ID)
			if !ok || !bareHex.MatchString(w.ID) || !isLetter(drive) || w.Path[1:3] != `:\` ||
				strings.ToLower(extension) != ".msi" {
				t.Errorf("%q accepted from %q", w.ID, w.Path)
			}
			if lower := strings.ToLower(folder); lower != `windows\installer\` && lower != `winnt\installer\` ||
				len(lower) != len(folder) {
				t.Errorf("%q accepted in %q", w.ID, w.Path)
			}
			if !strings.Contains(log, w.Path) {
				t.Errorf("%q is not in %q", w.Path, log)
			}
		}
		for _, w := range append(l.Suspicious, l.Patches...) {
			if w.ID != "" {
				t.Errorf("%q has an id", w.Path)
			}
		}
	})
}

// An accepted folder can be shown and opened as it stands.
func FuzzFolder(f *testing.F) {
	for _, raw := range []string{`C:\1f2e3d4c`, `"F:\a b\"`, `\\srv\x`, `C:\..\x`, `C:\a\.. \b`, "C:\\a\u202eb",
		`C:\con`, `C:\\a\\`, "C:\\a\x00", `'C:\x`} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		path := cleanFolder(raw)
		if path == "" {
			return
		}
		if len(path) < 4 || !isLetter(path[0]) || path[1:3] != `:\` || strings.HasSuffix(path, `\`) {
			t.Errorf("%q gives %q", raw, path)
		}
		if strings.ContainsAny(path[2:], `/<>"|?*:`) || !utf8.ValidString(path) || Clean(path) != path ||
			strings.ContainsFunc(path, unicode.IsControl) {
			t.Errorf("%q gives %q", raw, path)
		}
		for name := range strings.SplitSeq(path[3:], `\`) {
			if name == "" || strings.TrimRight(name, ". ") != name {
				t.Errorf("%q gives %q: Windows reads %q as another name", raw, path, name)
			}
		}
		if again := cleanFolder(path); again != path {
			t.Errorf("%q gives %q, which gives %q", raw, path, again)
		}
	})
}

// A line of the set-up log is taken once or not at all, its stamp is never more than two days ahead, its marks lie in
// its text.
func FuzzSetupLine(f *testing.F) {
	const words = "Directory Path for SetupLaunchScreen: "
	f.Add("0AB0\t0974\t08/04\t13:16:29.206\t18\tlaunch.cpp(72)\t[0]\tG\t\tNORMAL\t"+words+"C:\\1f2e3d4c\r\n",
		int64(1596530000))
	f.Add("0AB0 0974 02/29 13:16:29.206 "+words+"\"C:\\x\\\"\n13/45 25:61:61.999 "+words+"C:\\y", int64(0))
	f.Fuzz(func(t *testing.T, log string, unix int64) {
		written := time.Unix(unix%(1<<34), 0).UTC()
		l, err := ScanSetup(t.Context(), strings.NewReader(log), int64(len(log)),
			SetupOptions{Written: written, Since: -1})
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int64]bool{}
		for _, w := range append(l.Folders, l.Suspicious...) {
			if seen[w.At] || w.New {
				t.Errorf("%+v is told twice, or new", w)
			}
			seen[w.At] = true
			if w.When.After(written.Add(48*time.Hour)) || !w.When.IsZero() && written.Year()-w.When.Year() > 1 {
				t.Errorf("written %v, stamp %q is %v", written, w.Stamp, w.When)
			}
			if !w.When.IsZero() && w.When.Format("01/02 15:04:05.000") != w.Stamp {
				t.Errorf("stamp %q is read as %v", w.Stamp, w.When)
			}
			if w.Text[w.NameAt:w.NameAt+w.NameLen] != w.Raw || w.PID < 0 {
				t.Errorf("%+v", w)
			}
		}
		for i := 1; i < len(l.Folders); i++ {
			if counts(&l.Folders[i-1], &l.Folders[i]) >= 0 {
				t.Errorf("%+v before %+v", l.Folders[i-1], l.Folders[i])
			}
		}
	})
}

// Every character that a terminal obeys, hides or turns around becomes a question mark, and no other one does.
func TestCleanOfEveryCharacter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		want := string(r)
		switch {
		case r == '\t':
			want = " "
		case banned(r):
			want = "?"
		}
		if got := Clean(string(r)); got != want {
			t.Errorf("%U becomes %q, want %q", r, got, want)
		}
	}
}

// A mark stays on what it marks, whatever cleaning does to what stands before it and in it.
func TestCleanMarked(t *testing.T) {
	for _, c := range []struct {
		head, mark, tail, want string
	}{
		{"plain ", "name", " end", "plain |name| end"},
		{"\u3164\u202e", "na\u2800me", "\ufe0f", "??|na?me|?"},
		{"", "", "x", "||x"},
		{"é\t", "\xff", "", "é |?|"},
	} {
		text, at, n := CleanMarked(c.head+c.mark+c.tail, len(c.head), len(c.mark))
		if got := text[:at] + "|" + text[at:at+n] + "|" + text[at+n:]; got != c.want {
			t.Errorf("%q is %q, want %q", c.head+c.mark+c.tail, got, c.want)
		}
	}
	if text, at, n := CleanMarked("abc", 5, 7); text != "abc" || at != 3 || n != 0 {
		t.Errorf("beyond the end: %q, %d, %d", text, at, n)
	}
}

// Nothing that a terminal obeys, hides or turns around leaves Clean.
func FuzzClean(f *testing.F) {
	f.Add("MSI (s)\t[09:27:14:308]: \x1b[31m\u202e\u200b\xff\u2066\ufeff\U000E0041\u0085\u2028\u061c\u00ad é 上海 �")
	f.Fuzz(func(t *testing.T, s string) {
		c := Clean(s)
		if !utf8.ValidString(c) || utf8.RuneCountInString(c) != utf8.RuneCountInString(s) || Clean(c) != c {
			t.Fatalf("%q becomes %q", s, c)
		}
		want := []rune(s)
		for i, r := range []rune(c) {
			if banned(r) {
				t.Fatalf("%q lets %U through", s, r)
			}
			if !banned(want[i]) && want[i] != utf8.RuneError && want[i] != r {
				t.Fatalf("%q loses %U", s, want[i])
			}
		}
	})
}

// banned lists what the contract names, by number.
func banned(r rune) bool {
	for _, span := range [][2]rune{
		{0, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x600, 0x605}, {0x61C, 0x61C}, {0x6DD, 0x6DD}, {0x70F, 0x70F},
		{0x890, 0x891}, {0x8E2, 0x8E2}, {0x180E, 0x180E},
		{0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
		{0x34F, 0x34F}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2800, 0x2800}, {0x3164, 0x3164},
		{0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0},
		{0x2065, 0x2065}, {0xFFF0, 0xFFF8}, {0x1D159, 0x1D159}, {0xE0000, 0xE0FFF},
		{0x110BD, 0x110BD}, {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
	} {
		if r >= span[0] && r <= span[1] {
			return true
		}
	}
	return false
}

// The pager shows every byte offset of any log without failing, and what it finds is in the line that it names.
func FuzzPager(f *testing.F) {
	f.Add([]byte("one\r\ntwo\r\nthree"), "two", int64(0))
	f.Add(encodeAs("\uFEFFone\r\ntwo\r\nthree", little), "TWO", int64(9))
	f.Add([]byte("one\n\xFF\xFEt\x00w\x00o\x00\n\x00x\x00"), "two", int64(2))
	f.Fuzz(func(t *testing.T, data []byte, text string, offset int64) {
		p, err := NewPager(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		lines, at, err := p.Around(offset, 3, 3)
		if err != nil || len(data) > 0 && (at >= len(lines) || lines[at].Offset > max(offset, 0)) {
			t.Fatalf("%d lines, at %d: %v", len(lines), at, err)
		}
		for i := 1; i < len(lines); i++ {
			if lines[i].Offset <= lines[i-1].Offset {
				t.Fatalf("line %d begins at %d, the one before at %d", i, lines[i].Offset, lines[i-1].Offset)
			}
		}
		for _, back := range []bool{false, true} {
			found, err := p.Find(t.Context(), text, offset, back)
			if err != nil {
				t.Fatal(err)
			}
			if found < 0 || !utf8.ValidString(text) || len(data) > pageText ||
				strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
				continue
			}
			lines, at, err := p.Around(found, 0, 0)
			if err != nil || !strings.Contains(fold(lines[at].Text), fold(text)) {
				t.Fatalf("%q is not in %q, %v", text, lines[at].Text, err)
			}
		}
	})
}
