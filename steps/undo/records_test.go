package undo_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// rewrite puts another journal in place of that of a computer.
func rewrite(t *testing.T, r *walktest.Rig, content []byte) {
	t.Helper()
	if err := os.WriteFile(r.Host(walktest.OwnJournal), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A crash can cut the journal off anywhere. From the moment at which the copy was told to be about to begin, undo finds
// it.
func TestUndoReadsAJournalThatIsCutOff(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	whole := walktest.JournalOf(t, r)
	mark := bytes.Index(whole, []byte(`"kind":"before","round":1,"step":10`))
	if mark < 0 {
		t.Fatal("the journal does not tell of the copy before it")
	}
	known := mark + bytes.IndexByte(whole[mark:], '\n')
	for n := 0; n <= len(whole); n++ {
		if n%17 != 0 && (n < known-20 || n > known+20) {
			continue
		}
		rewrite(t, r, whole[:n])
		u, p := undo.Find(t.Context(), r, walktest.DayAfter)
		switch {
		case n < known && (p == nil || p.Code != "nothing-to-undo"):
			t.Fatalf("cut off after %d bytes, before the copy was told: %+v, %+v", n, u, p)
		case n >= known && (p != nil || u.ID != "7b5ea8"):
			t.Fatalf("cut off after %d bytes, undo finds nothing: %+v", n, p)
		}
	}
}

// What is written after a crash must not be lost in the line that was cut off.
func TestAJournalThatIsCutOffGoesOnInANewLine(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	whole := walktest.JournalOf(t, r)
	cut := whole[:len(whole)-10]
	rewrite(t, r, cut)
	u := walktest.FindUndo(t, r)
	if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
		t.Fatal(p)
	}
	added, ok := bytes.CutPrefix(walktest.JournalOf(t, r), cut)
	if !ok || len(added) == 0 || added[0] != '\n' {
		t.Fatalf("added was %q", added)
	}
	for _, line := range bytes.Split(bytes.TrimSpace(added), []byte("\n")) {
		var rec journal.Record
		if err := json.Unmarshal(line, &rec); err != nil || rec.Act != "undo" && rec.Kind != "answer" {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// line is a record as the journal has it.
func line(t *testing.T, rec journal.Record) string {
	t.Helper()
	rec.Time = walktest.Began.Add(time.Hour)
	b, err := json.Marshal(rec)
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + "\n"
}

// A journal that names anything but a cached package, and a file set aside for it, is refused whole.
func TestUndoRefusesAJournalWithHostilePaths(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	whole := string(walktest.JournalOf(t, r))
	monitor, err := os.ReadFile(r.Host(`C:\Windows\Installer\1d4c7.msi`))
	if err != nil {
		t.Fatal(err)
	}
	copied := func(to, aside, hash string) journal.Record {
		return journal.Record{Kind: "after", Act: "copy", To: to, Aside: aside, SHA256: hash}
	}
	own := `C:\Windows\Installer\7b5ea8.msi`
	for _, to := range []string{
		`C:\Windows\Temp\OBPatch.log`, `C:\Windows\Installer\..\System32\config\practice.json`,
		`C:\Windows\Installer\sub\7b5ea8.msi`,
		`C:\Windows\Installer`, `\\server\share\7b5ea8.msi`, `\\?\C:\Windows\Installer\7b5ea8.msi`,
		`C:\Windows\Installer\7b5ea8.msi:stream`,
		`C:\Windows\Installer\7b5eb1.mst`, `C:\Windows\Installer\7b5ea8.msi.msp`, `C:\Windows\Installer\con.msi`,
		`C:\Windows\Installer\7b5ea8.msi `, `D:\Windows\Installer\7b5ea8.msi`, "", "7b5ea8.msi",
		"C:\\Windows\\Installer\\7b5ea8\u202e.msi", "C:\\Windows\\Installer\\\x1b[2J.msi",
	} {
		rewrite(t, r, []byte(whole+line(t, copied(to, "", walktest.GoodHash(t)))))
		p := walktest.RefusesUndo(t, r, r.Dir, "journal-suspicious")
		walktest.WantClean(t, "problem", p.Message+p.Hint)
	}
	for _, aside := range []string{
		`C:\Windows\Installer\1d4c7.msi`, `C:\Windows\Temp\OBPatch.log`, own, own + ".marsfix-",
		own + ".marsfix-yesterday",
		own + `.marsfix-20260304T093000Z\x`, own + `.marsfix-20260304T093000Z.exe`,
		`C:\Windows\Installer\1d4c7.msi.marsfix-20260304T093000Z`,
	} {
		rewrite(t, r, []byte(whole+line(t, copied(own, aside, walktest.GoodHash(t)))))
		walktest.RefusesUndo(t, r, r.Dir, "journal-suspicious")
	}
	// Another product's package is registered: taking it away is asked for by its own name.
	rewrite(t, r, []byte(whole+line(t, copied(`C:\Windows\Installer\1d4c7.msi`, "", walktest.Hashed(monitor)))))
	if q := walktest.FindUndo(t, r).Question; q.Kind != screen.Type || q.Want != "1d4c7" {
		t.Errorf("the question is %+v", q)
	}
}

// Lines that are no records are passed over, whatever they are.
func TestUndoPassesOverWhatIsNoRecord(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	whole := string(walktest.JournalOf(t, r))
	for _, junk := range []string{
		"\n\n", "null\n", "[]\n", "{}\n", "\x00\x00\x00\n", `{"act":1}` + "\n",
		`{"time":"yesterday","act":"copy","kind":"after"}` + "\n",
		`{"act":"copy"}` + "\n", `{"act":"undo","kind":"before","to":"C:\\Windows\\Installer\\7b5ea8.msi"}` + "\n",
		"\xff\xfe\n",
		`{"act":"undo","kind":"after","to":"C:\\Windows\\Installer\\7b5ea8.msi","problem":{"code":"write-failed"}}` +
			"\n",
	} {
		rewrite(t, r, []byte(junk+whole+junk))
		if u := walktest.FindUndo(t, r); u.ID != "7b5ea8" {
			t.Errorf("after %q undo finds %+v", junk, u)
		}
	}
	rewrite(t, r, []byte(whole+strings.Repeat("x", 2<<20)))
	walktest.RefusesUndo(t, r, r.Dir, "journal-unreadable")
	rewrite(t, r, []byte(fmt.Sprintf("%s{\"act\":\"undo\",\"kind\":\"after\",\"to\":%q}\n", whole,
		`c:\WINDOWS\installer\7B5EA8.MSI`)))
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
}
