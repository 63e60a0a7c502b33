package logscan

import (
	"bytes"
	"strings"
	"testing"
)

// oneSession is a session that names one package.
func oneSession(id string) string {
	return header + "12/3/2015  13:14:36  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Prüfung\\Setup.exe ===\r\n" +
		"MSI (s) (C0:E4) [09:27:14:308]: Note: Größe 上\r\n" +
		"MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\" + id +
		".msi' is missing.\r\n"
}

// A session appended in another encoding than the log's start is not lost, at even and odd offsets, behind a whole and
// a broken line, in whatever pieces the log is read.
func TestAppendedSessions(t *testing.T) {
	for _, first := range codings {
		for _, second := range codings {
			if second.mark == "" && (second.mode == bigEnd || first.mode == bigEnd && second.mode == little) {
				continue // without a mark, big-endian pairs are not known from little-endian ones a byte off
			}
			for _, gap := range []string{"", "\n", "a\n", "ab", "\x00", "\x00\x00\x00"} {
				data := append([]byte(first.mark), first.encode(oneSession("aaa1"))...)
				data = append(data, gap...)
				at := len(data)
				data = append(append(data, second.mark...), second.encode(oneSession("bbb2"))...)
				for _, piece := range []int{chunkSize, 97, at, at + 1} {
					checkAppended(t, first.name+", "+second.name, data, piece, at)
				}
				sameAsPlain(t, data, 64, 2, 0)
			}
		}
	}
}

func checkAppended(t *testing.T, name string, data []byte, piece, at int) {
	t.Helper()
	s := newScanner(bytes.NewReader(data), int64(len(data)), patchSearch.get(), nil)
	s.chunk = piece
	l, err := scanPatch(t.Context(), s, PatchOptions{Windows: windows})
	if err != nil {
		t.Fatal(err)
	}
	if l.Sessions != 2 || len(l.Named) != 2 || l.Named[0].ID != "bbb2" || l.Named[1].ID != "aaa1" ||
		l.Named[0].Session != 2 {
		t.Fatalf("%s, pieces of %d: %d sessions, %+v\nlog: %q", name, piece, l.Sessions, l.Named, data)
	}
	if !strings.Contains(l.Last.Line.Text, header+"12/3/2015") ||
		!strings.HasSuffix(l.Last.Process, "fung\\Setup.exe") || l.Last.Line.Offset > int64(at) {
		t.Fatalf("%s: last session %+v", name, l.Last)
	}
	if want := "MSI (s) (C0:E4) [09:27:14:308]: Warning: Local cached package 'C:\\Windows\\Installer\\bbb2.msi' is missing."; l.Named[0].Text != want {
		t.Errorf("%s: text %q", name, l.Named[0].Text)
	}
}

// A mark in mid-file also changes the encoding of a log without sessions.
func TestAppendedSetupLines(t *testing.T) {
	line := func(folder string) string {
		return "0AB0\t0974\t08/04\t13:16:29.206\t18\tlaunch.cpp(72)\t[0]\tG\t\tNORMAL\tDirectory Path for SetupLaunchScreen: " + folder + "\r\n"
	}
	for _, first := range codings {
		for _, second := range codings {
			if second.mark == "" {
				continue
			}
			data := append([]byte(first.mark), first.encode(line(`C:\one`))...)
			data = append(data, "x"[:len(second.name)%2]...)
			data = append(append(data, second.mark...), second.encode(line(`C:\zwölf`))...)
			l, err := ScanSetup(t.Context(), bytes.NewReader(data), int64(len(data)), SetupOptions{Since: -1})
			if err != nil || len(l.Folders) != 2 || l.Folders[0].Folder != `C:\zwölf` ||
				l.Folders[1].Folder != `C:\one` {
				t.Errorf("%s, %s: %+v, %v", first.name, second.name, l.Folders, err)
			}
		}
	}
}

// The log's last character may be cut in two in any encoding; what stands before it counts.
func TestCutInMidCharacter(t *testing.T) {
	for _, c := range codings {
		text := c.encode(oneSession("aaa1") + "MSI (s) (C0:E4) [09:27:14:308]: Failed to resolve source é上💾")
		whole := append([]byte(c.mark), text...)
		for n := range 5 {
			data := whole[:len(whole)-n]
			l, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)), PatchOptions{Windows: windows})
			if err != nil {
				t.Fatal(err)
			}
			e := l.LastSession.Error
			if len(l.Named) != 1 || e.Number != 4 || !e.Unended ||
				!strings.Contains(e.Text, "Failed to resolve source") {
				t.Errorf("%s without its last %d bytes: %+v", c.name, n, l)
			}
			if c.is != ANSI && strings.ContainsAny(e.Text, "\uFFFDÃå") && (n != 2 || !c.mode.wide) &&
				(n != 1 || !c.mode.wide) {
				t.Errorf("%s without its last %d bytes shows %q", c.name, n, e.Text)
			}
		}
	}
}
