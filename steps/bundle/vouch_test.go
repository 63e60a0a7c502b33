package bundle_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/journal"
	"marsfix/steps/practice"
	"marsfix/steps/report"
	"marsfix/steps/walk/walktest"
)

// vouching is a computer with a folder of marsfix's own, and where that lies on the host.
func vouching(t *testing.T) (m *practice.Machine, own string) {
	t.Helper()
	m, dir := walktest.Computer(t)
	own = filepath.Join(dir, "C", "Program Files", "marsfix")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	return m, own
}

// packed is what a bundle of a computer holds, by name.
func packed(t *testing.T, l computer.Looker, hide bool) map[string]string {
	t.Helper()
	b, p := bundle.Plan(t.Context(), l, bundle.Options{HideUsers: hide, Version: "test", Now: time.Now()})
	if p != nil {
		t.Fatal(p)
	}
	return walktest.Unzip(t, b)
}

// The journal goes in record by record, cleaned of secrets; what is no record could hold anything and stays out.
func TestTheJournalGoesInWithoutSecrets(t *testing.T) {
	m, own := vouching(t)
	lines := `{"kind":"answer","asked":"what is the password=hunter2asked","text":"password=hunter2text"}
{"kind":"after","act":"copy","from":"C:\\password=hunter2from\\OBSAGENT.msi","to":"C:\\Windows\\Installer\\7b5ea8.msi",` +
		`"problem":{"code":"x","message":"password=hunter2message","hint":"net use X: \\\\s\\c hunter2hint"}}
hunter2bare
{"kind":"answer","text":"hunter2cut`
	if err := os.WriteFile(filepath.Join(own, journal.FileName), []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	got := packed(t, m, false)[journal.FileName]
	if strings.Contains(got, "hunter2") || strings.Count(got, "\n") != 2 || !strings.Contains(got, `"act":"copy"`) ||
		!strings.Contains(got, "[removed]") {
		t.Errorf("the journal in the zip is\n%s", got)
	}
}

// A report that is longer than any that marsfix writes is not read into memory, and the manifest says so.
func TestAReportOfAnyLengthIsNotRead(t *testing.T) {
	for name, long := range map[string]bool{"as long as one may be": false, "longer": true} {
		t.Run(name, func(t *testing.T) {
			m, own := vouching(t)
			dir := filepath.Join(own, report.FolderName, "SRV-PRACTICE-20260304T100000Z")
			text := []byte(`{"verdict": "grown-by-intern"}`)
			if long {
				text = append(text, bytes.Repeat([]byte(" "), 16<<20)...)
			}
			if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, report.JSONName), text,
				0o600)); err != nil {
				t.Fatal(err)
			}
			files := packed(t, m, false)
			if _, in := files["report.json"]; in == long {
				t.Errorf("the report is in it: %v", in)
			}
			if told := strings.Contains(files["MANIFEST.txt"], "too long for a report"); told != long {
				t.Errorf("the manifest says so: %v\n%s", told, files["MANIFEST.txt"])
			}
		})
	}
}

// taken is a computer whose journal belongs to somebody.
type taken struct {
	*practice.Machine
	who string
}

type takenDisk struct {
	disk.Reader
	who string
}

type takenFolder struct {
	disk.PrivateReader
	who string
}

func (l taken) Disk() disk.Reader { return takenDisk{l.Machine.Disk(), l.who} }

func (d takenDisk) OpenPrivate(path string) (disk.PrivateReader, error) {
	dir, err := d.Reader.OpenPrivate(path)
	return takenFolder{dir, d.who}, err
}

func (d takenFolder) Open(name string) (disk.File, error) {
	return nil, &fs.PathError{Op: "open", Path: d.Path() + `\` + name,
		Err: &disk.NotPrivateError{Flaw: disk.ForeignOwner, Who: d.who}}
}

// Whose a file is that is left out is told, and hidden where users are: also one whose name no shape tells.
func TestWhoseItIsIsHiddenWhereUsersAre(t *testing.T) {
	for _, who := range []string{`SRV\intern`, `CONTOSO\Anna Maria van Dijk`, `AzureAD\Jürgen`} {
		for _, hide := range []bool{false, true} {
			m, _ := vouching(t)
			text := packed(t, taken{m, who}, hide)["MANIFEST.txt"]
			_, name, _ := strings.Cut(who, `\`)
			told := "it belongs to " + who
			if hide {
				told = "[user"
			}
			if !strings.Contains(text, told) || hide && (strings.Contains(text, name) ||
				strings.Contains(text, name[len(name)-4:])) {
				t.Errorf("%s, hidden %v: the manifest says\n%s", who, hide, text)
			}
		}
	}
}

// ownedBy is a computer whose cached files belong to somebody.
type ownedBy struct {
	*practice.Machine
	who string
}

type ownedDisk struct {
	disk.Reader
	who string
}

func (l ownedBy) Disk() disk.Reader { return ownedDisk{l.Machine.Disk(), l.who} }

func (d ownedDisk) Owner(path string) (disk.Owner, error) {
	if strings.Contains(path, `\Installer`) {
		return disk.Owner{Name: d.who}, nil
	}
	return d.Reader.Owner(path)
}

// Whose the files in the cache are is told; where users are hidden no part of the name stays.
func TestOwnersInTheCacheAreHiddenWhereUsersAre(t *testing.T) {
	for who, hidden := range map[string]string{`CORP\Anna Maria van Dijk`: `CORP\\[user `,
		`BUILTIN\Administrators`: `BUILTIN\\Administrators"`} {
		for _, hide := range []bool{false, true} {
			m, _ := vouching(t)
			text := packed(t, ownedBy{m, who}, hide)["cache.json"]
			told := strings.ReplaceAll(who, `\`, `\\`) + `"`
			if hide {
				told = hidden
			}
			if !strings.Contains(text, `"owner": "`+told) || hide && strings.Contains(text, "Dijk") {
				t.Errorf("%s, hidden %v: the cache is\n%s", who, hide, text)
			}
		}
	}
}

// Any user can put a link under a log's name into the folder for temporary files, and have the engineer's rights read
// whatever he likes, or the engineer's credentials sent to a share of his: such a log is not opened. One that is named
// outright is the engineer's own choice.
func TestALogThatIsALinkStaysOut(t *testing.T) {
	for _, name := range []string{"OBPatch.log", "OBInstaller0Curr.errlog", "OBMsi.log",
		"OBManagedlog.LOGCurr.errlog"} {
		m, own := vouching(t)
		root := filepath.Dir(filepath.Dir(own))
		planted := filepath.Join(root, "Windows", "Temp", name)
		disktest.Planted(t, errors.Join(os.RemoveAll(planted),
			os.WriteFile(filepath.Join(root, "Users", "admin", "diary.txt"), []byte("nobody's business\r\n"), 0o600),
			disktest.Link("../../Users/admin/diary.txt", planted)))
		files := packed(t, m, false)
		for in, text := range files {
			if strings.Contains(text, "nobody's business") {
				t.Errorf("%s: what it leads to is in %s", name, in)
			}
		}
		if _, outside, _ := strings.Cut(files["MANIFEST.txt"], "Not in this zip"); !strings.Contains(outside, name) ||
			!strings.Contains(outside, "link") {
			t.Errorf("%s: the manifest does not say why:\n%s", name, files["MANIFEST.txt"])
		}
	}
}

// Whoever puts the link there while marsfix looks, while the list is read or while the zip is written gets no further:
// the handle that is read is the one that was judged.
func TestALogThatBecomesALinkStaysOut(t *testing.T) {
	const theirs = "nobody's business"
	disktest.NeedLinks(t)
	r, _ := walktest.OnRig(t, "missing")
	for _, name := range []string{"OBPatch.log", "OBInstaller0Curr.errlog", "OBMsi.log"} {
		log := `C:\Windows\Temp\` + name
		opened := 0
		swapAt := func(k int) map[string]string {
			opened = 0
			r.Before = func(_ disktest.Op, path string) error {
				if opened++; path != log {
					opened--
				} else if opened == k {
					return errors.Join(os.Rename(r.Host(log), r.Host(log)+".away"),
						disktest.Link("../../Users/diary.txt", r.Host(log)))
				}
				return nil
			}
			files := walktest.Unzip(t, walktest.PlanBundle(t, r, bundle.Options{}))
			r.Before = nil
			return files
		}
		disktest.Planted(t, os.WriteFile(r.Host(`C:\Users\diary.txt`), []byte(theirs), 0o600))
		if whole := swapAt(0)["logs/"+name]; whole == "" || opened < 3 {
			t.Fatalf("%s: undisturbed it was opened %d times and holds %q", name, opened, whole)
		}
		for k := range opened {
			for in, text := range swapAt(k + 1) {
				if strings.Contains(text, theirs) {
					t.Errorf("%s, swapped at its operation %d: what it leads to is in %s", name, k+1, in)
				}
			}
			disktest.Planted(t, os.Rename(r.Host(log)+".away", r.Host(log)))
		}
	}
}

// What the list said of a file may not hold any more when it is packed: the manifest tells what went in.
func TestTheManifestTellsWhatWentIn(t *testing.T) {
	m, own := vouching(t)
	temp := filepath.Join(filepath.Dir(filepath.Dir(own)), "Windows", "Temp", "OBPatch.log")
	write := func(path, line string, bytes int) {
		t.Helper()
		if err := os.WriteFile(path, []byte(strings.Repeat(line, bytes/len(line))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const (
		older    = `older ones are left out: C:\Windows\SystemTemp\OBPatch.log`
		cut      = " are left out; the last sessions are complete; " + older
		lastPart = "only its last 4"
	)
	long := strings.Repeat("-", 2000) // what has few lines is read fast
	line, record := long+"\r\n", `{"kind":"answer","text":"`+long+`"}`+"\n"
	for _, shrinks := range []bool{false, true} {
		planned, packed := 10_000, 17_000_000
		if shrinks {
			planned, packed = packed, planned
		}
		if err := os.MkdirAll(filepath.Join(filepath.Dir(filepath.Dir(temp)), "SystemTemp"), 0o755); err != nil {
			t.Fatal(err)
		}
		write(filepath.Join(filepath.Dir(filepath.Dir(temp)), "SystemTemp", "OBPatch.log"), line, 10_000)
		write(temp, line, planned)
		write(filepath.Join(own, journal.FileName), record, planned/4)
		b := walktest.PlanBundle(t, m, bundle.Options{})
		write(temp, line, packed)
		write(filepath.Join(own, journal.FileName), record, packed/4)
		text := walktest.Unzip(t, b)["MANIFEST.txt"]
		if strings.Contains(text, cut) != !shrinks || !strings.Contains(text, older) ||
			strings.Contains(text, "only the last sessions") || strings.Contains(text, lastPart) != !shrinks {
			t.Errorf("it shrinks: %v, and the manifest says\n%s", shrinks, text)
		}
	}
}
