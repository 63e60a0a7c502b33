package bundle_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/bundle"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/look"
	"marsfix/steps/report"
	"marsfix/steps/walk/walktest"
)

// What a user has written, and what marsfix has.
const (
	forged  = "forged-by-intern"
	genuine = "SRV-PRACTICE is repaired"
)

// reported is a computer on which a walk has gone through and written its report.
func reported(t *testing.T) *walktest.Rig {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, r, r.Dir, clock)
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("the walk ended with %d", code)
	}
	e.Walk.Close()
	if _, p := report.Write(context.Background(), r, e.Walk.Report(), walktest.Began); p != nil {
		t.Fatal(p)
	}
	return r
}

// forge writes a report that tells something else, newer than any.
func forge(t *testing.T, r *walktest.Rig, dir string) error {
	t.Helper()
	path := r.Host(dir + `\report.json`)
	soon := time.Now().Add(time.Hour)
	return errors.Join(os.MkdirAll(filepath.Dir(path), 0o700),
		os.WriteFile(path, []byte(`{"verdict":"`+forged+`"}`), 0o600), os.Chtimes(path, soon, soon))
}

// A bundle vouches for nothing that marsfix has not written: what a user could have written does not go in, and the
// manifest says what was left out and why. A report that stands the check goes in for it.
func TestABundleVouchesOnlyForItsOwn(t *testing.T) {
	const newer = walktest.OwnFolder + `\reports\SRV-PRACTICE-29990101T000000Z`
	record := `{"kind":"after","act":"copy","text":"` + forged + `"}` + "\n"
	intoJournal := func(r *walktest.Rig) error {
		walktest.AppendFile(t, r.Host(walktest.OwnJournal), []byte(record))
		return nil
	}
	for name, tt := range map[string]struct {
		plant   func(r *walktest.Rig) error
		journal bool // the own one goes in
		report  bool // and the genuine report
		told    []string
	}{
		"nothing": {func(r *walktest.Rig) error { return nil }, true, true, nil},
		"in ProgramData, where 1.0.0 kept them": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, walktest.FormerFolder+`\reports\SRV-PRACTICE-29990101T000000Z`),
				os.WriteFile(r.Host(walktest.FormerJournal), []byte(record), 0o666))
		}, true, true, nil},
		"a journal that others can write to": {func(r *walktest.Rig) error {
			return errors.Join(intoJournal(r), disktest.OpenToAll(r.Host(walktest.OwnJournal)))
		}, false, true,
			[]string{walktest.OwnJournal +
				": left out, because it may not be marsfix's own: it can be written to by everyone"}},
		"a journal that is a link": {func(r *walktest.Rig) error {
			return errors.Join(os.Rename(r.Host(walktest.OwnJournal), r.Host(`C:\Users\j`)),
				disktest.Link(r.Host(`C:\Users\j`), r.Host(walktest.OwnJournal)))
		}, false, true, []string{walktest.OwnJournal + ": left out", "link"}},
		"a folder that others can write to": {func(r *walktest.Rig) error {
			return errors.Join(intoJournal(r), forge(t, r, newer), disktest.OpenToAll(r.Host(walktest.OwnFolder)))
		}, false, false, []string{walktest.OwnJournal + ": left out, because it may not be marsfix's own: \"" +
			walktest.OwnFolder + "\": it can be written to by "}},
		"reports that others can write to": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, newer), disktest.OpenToAll(r.Host(walktest.OwnFolder+`\reports`)))
		}, true, false,
			[]string{walktest.OwnFolder + `\reports: left out, because it may not be marsfix's own: `}},
		"a newer report in a folder of theirs": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, newer),
				disktest.OpenToAll(r.Host(newer)))
		}, true, true,
			[]string{newer + `\report.json: left out, because it may not be marsfix's own: `}},
		"a newer report that others can write to": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, newer), disktest.OpenToAll(r.Host(newer+`\report.json`)))
		}, true, true,
			[]string{newer + `\report.json: left out`, "can be written to by"}},
		"a newer report behind a junction": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, `C:\Users\theirs`), disktest.Link(r.Host(`C:\Users\theirs`), r.Host(newer)))
		}, true, true, nil}, // it leads out of this disk: nothing is seen behind it
		"a newer report behind a junction on this disk": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, `C:\Users\theirs`), disktest.Link("../../../Users/theirs", r.Host(newer)))
		}, true, true, []string{newer + `\report.json: left out, because it may not be marsfix's own: `,
			"it is a link, not a folder"}},
		"a newer report that is none": {func(r *walktest.Rig) error {
			return errors.Join(forge(t, r, newer), os.WriteFile(r.Host(newer+`\report.json`), []byte(forged), 0o600))
		}, true, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			r := reported(t)
			disktest.Planted(t, tt.plant(r))
			b := walktest.PlanBundle(t, r, bundle.Options{})
			files := walktest.Unzip(t, b)
			for name, text := range files {
				if strings.Contains(text, forged) {
					t.Errorf("%s vouches for what a user has written:\n%.300s", name, text)
				}
			}
			if _, in := files["journal.jsonl"]; in != tt.journal {
				t.Errorf("the journal is in it: %v", in)
			}
			if in := strings.Contains(files["report.html"], genuine); in != tt.report {
				t.Errorf("the report is in it: %v", in)
			}
			_, outside, _ := strings.Cut(files["MANIFEST.txt"], "Not in this zip")
			shown := strings.Join(b.List(), "\n")
			for _, told := range tt.told {
				if !strings.Contains(outside, told) {
					t.Errorf("the manifest does not say %q:\n%s", told, files["MANIFEST.txt"])
				}
				if why := told[strings.LastIndex(told, ": ")+1:]; !strings.Contains(shown, strings.TrimSpace(why)) {
					t.Errorf("the list before it does not say %q:\n%s", why, shown)
				}
			}
		})
	}
}

// The manifest is cleaned of secrets and names like everything else, be they in a path or in who else could have
// written a file.
func TestTheManifestKeepsSecretsAndNames(t *testing.T) {
	r := reported(t)
	log := `C:\Users\bobby\password=hunter2-in-a-path\OBPatch.log`
	if err := errors.Join(os.MkdirAll(filepath.Dir(r.Host(log)), 0o755),
		os.WriteFile(r.Host(log), walktest.Utf16LE("\ufeffwhat msiexec wrote\r\n"), 0o644)); err != nil {
		t.Fatal(err)
	}
	theirs := walktest.Foreign{Rig: r, Paths: walktest.OwnJournal}
	for _, hide := range []bool{false, true} {
		b := walktest.PlanBundle(t, theirs, bundle.Options{HideUsers: hide, Given: look.Given{PatchLog: log}})
		if !slices.ContainsFunc(b.Items,
			func(it bundle.Item) bool { return strings.Contains(it.Note, `it belongs to SRV\intern`) }) {
			t.Fatalf("nothing belongs to SRV\\intern in %+v", b.Items)
		}
		text := walktest.Unzip(t, b)["MANIFEST.txt"]
		if strings.Contains(text, "hunter2") || !strings.Contains(text, `password=[removed]`) {
			t.Errorf("hide %v: the manifest tells a secret:\n%s", hide, text)
		}
		for _, name := range []string{"bobby", "intern"} {
			if strings.Contains(text, name) == hide {
				t.Errorf("hide %v: the manifest names %s:\n%s", hide, name, text)
			}
		}
	}
}

// Between the list and the zip others get the right to write to the journal: then it does not go in.
func TestABundleLooksAgainWhenItIsWritten(t *testing.T) {
	r := reported(t)
	b := walktest.PlanBundle(t, r, bundle.Options{})
	walktest.AppendFile(t, r.Host(walktest.OwnJournal),
		[]byte(`{"kind":"after","act":"copy","text":"`+forged+`"}`+"\n"))
	disktest.Planted(t, disktest.OpenToAll(r.Host(walktest.OwnJournal)))
	files := walktest.Unzip(t, b)
	if text := files["journal.jsonl"]; text != "" {
		t.Errorf("the journal went in:\n%.300s", text)
	}
	if !strings.Contains(files["MANIFEST.txt"], "can be written to by everyone") {
		t.Errorf("the manifest does not say why there is no journal:\n%s", files["MANIFEST.txt"])
	}
}
