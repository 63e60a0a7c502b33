package walk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/walk/walktest"
)

// toElevate is what nobody is told who runs as administrator already.
var toElevate = []string{"Run as administrator", "needs-elevation", "an administrator has to look"}

// denying are the operations of a disk that are refused one by one, whoever asks.
var denying = []disktest.Op{disktest.Open, disktest.OpenStrict, disktest.Stat, disktest.List, disktest.Owner,
	disktest.Free, disktest.Drives,
	disktest.Removable, disktest.OpenPrivate, disktest.Read, disktest.Info, disktest.Create, disktest.Append,
	disktest.Rename, disktest.Remove,
	disktest.MakePrivate, disktest.Write, disktest.Sync}

// Access that an administrator is denied has hints of its own, at every operation of the disk, for each kind of file
// and wherever it is told: on screens, in the report and the journal, by diagnose and by undo. Another start as
// administrator would change nothing.
func TestAnAdministratorIsNotSentForRights(t *testing.T) {
	told := 0
	for _, op := range denying {
		for _, of := range []string{`\OBPatch.log`, `.errlog`, `\OBSAGENT.msi`, `C:\Windows\Installer\`, `.exe`,
			`C:\Program Files\marsfix`} {
			walktest.Row(t, fmt.Sprintf("%s %s", op, of), func(t *testing.T) {
				r, e := walktest.OnRig(t, "bad-target")
				r.Before = func(o disktest.Op, path string) error {
					if o == op && strings.Contains(path, of) {
						return disktest.Fail(fs.ErrPermission)(o, path)
					}
					return nil
				}
				texts := ""
				for range 40 {
					sc := e.Walk.Screen()
					texts += fmt.Sprintf("%+v\n", sc.Problems)
					if sc.Left || !e.Press() {
						break
					}
				}
				report, err := json.Marshal(e.Walk.Report())
				if err != nil {
					t.Fatal(err)
				}
				d := walktest.Look(t, r)
				diagnosis, err := json.Marshal(d)
				if err != nil {
					t.Fatal(err)
				}
				texts += string(report) + string(diagnosis) + d.Text()
				for _, words := range toElevate {
					if at := strings.Index(texts, words); at >= 0 {
						t.Errorf("it says %q: %.400s", words, texts[max(0, at-200):])
					}
				}
				if strings.Contains(texts, "somebody has changed its rights") {
					told++
				}
			})
		}
	}
	if told < 10 && !testing.Short() && !walktest.Raced {
		t.Errorf("only %d of them were told as what an administrator is refused", told)
	}
}

// mute is a computer whose questions are denied to an administrator.
type mute struct{ *walktest.Rig }

func (mute) Products(context.Context) ([]computer.Product, error) { return nil, fs.ErrPermission }

func (mute) Wizards(context.Context) ([]computer.Process, error) { return nil, fs.ErrPermission }

func TestAnAdministratorWhoIsAnsweredNothing(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, mute{r}, r.Dir, clock)
	d := walktest.Look(t, mute{r})
	texts := fmt.Sprintf("%+v %+v %s", e.Walk.Screen().Problems, d.Problems, d.Reason)
	for _, words := range toElevate {
		if strings.Contains(texts, words) {
			t.Errorf("it says %q: %s", words, texts)
		}
	}
	for _, words := range []string{"an administrator may list programs",
		"somebody has changed the rights of the registration"} {
		if !strings.Contains(texts, words) {
			t.Errorf("it does not say %q: %s", words, texts)
		}
	}
}
