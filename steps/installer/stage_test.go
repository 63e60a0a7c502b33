package installer_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/journal"
	"marsfix/steps/look"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// starting is a computer that keeps what was started, with a share \\files\agent, which is C:\net.
type starting struct {
	*walktest.Rig
	started *[]string
}

func (s starting) Start(ctx context.Context, program string) (int, error) {
	*s.started = append(*s.started, program)
	return s.Rig.Start(ctx, walktest.OnC(program))
}

func (s starting) Disk() disk.Reader { return walktest.NetDrive{Reader: s.Rig.Disk()} }

// toStart walks to the question of step 6, for an installer that was named.
func toStart(t *testing.T, installer string) (*walktest.Rig, *walktest.Engineer, *[]string) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	if _, err := r.Disk().Stat(walktest.Downloads); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(r.Host(walktest.Downloads))
	if err := errors.Join(err, os.Mkdir(r.Host(`C:\net`), 0o755),
		os.WriteFile(r.Host(walktest.OnC(walktest.OnShare)), content, 0o644),
		os.Mkdir(r.Host(`C:\stick`), 0o755), os.WriteFile(r.Host(walktest.OnStick), content, 0o644),
		os.WriteFile(r.Host(`C:\Users\admin\Downloads\version.dll`), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	started := new([]string)
	w := walk.New(t.Context(), starting{r, started}, walk.Options{Given: look.Given{Installer: installer}, Clock: clock,
		Version: "test"})
	t.Cleanup(w.Close)
	e := &walktest.Engineer{T: t, Walk: w, Disk: r.Dir}
	e.Settle(w.Begin())
	e.Until("start")
	return r, e, started
}

// An installer is started from a copy in a private folder.
func TestTheInstallerIsStartedFromAPrivateCopy(t *testing.T) {
	for _, path := range []string{walktest.Downloads, walktest.OnShare, walktest.OnNet, walktest.OnStick} {
		t.Run(path, func(t *testing.T) {
			r, e, started := toStart(t, path)
			var calls []walktest.Call
			e.Act(r, walktest.Record(&calls))
			made := slices.IndexFunc(calls, func(c walktest.Call) bool {
				return c.Op == disktest.MakePrivate && strings.HasPrefix(c.Path, walktest.RunFolder)
			})
			written := slices.IndexFunc(calls, func(c walktest.Call) bool {
				return c.Op == disktest.Create && strings.HasPrefix(c.Path, walktest.RunFolder)
			})
			if made < 0 || written < made || calls[written].Path != calls[made].Path+`\MARSAgentInstaller.exe` {
				t.Errorf("private made as %d, written as %d of %v", made, written, calls)
			}
			if len(*started) != 1 || (*started)[0] != calls[written].Path {
				t.Errorf("started was %q", *started)
			}
		})
	}
}

// An installer that is another file now, or has another length or time, is not even copied.
func TestAnotherInstallerIsNotCopied(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"another file": func(path string) error {
			content, err := os.ReadFile(path)
			in, err2 := os.Stat(path)
			if err := errors.Join(err, err2); err != nil {
				return err
			}
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, content, 0o644),
				os.Chtimes(path, in.ModTime(), in.ModTime()))
		},
		"a longer one": func(path string) error { return os.Truncate(path, 1<<20) },
		"a later one":  func(path string) error { return os.Chtimes(path, walktest.Began, walktest.Began) },
	} {
		r, e, started := toStart(t, walktest.Downloads)
		if err := change(r.Host(walktest.Downloads)); err != nil {
			t.Fatal(err)
		}
		var calls []walktest.Call
		e.Act(r, walktest.Record(&calls))
		copied := slices.ContainsFunc(calls, func(c walktest.Call) bool {
			return c.Op == disktest.Create && strings.HasPrefix(c.Path, walktest.RunFolder)
		})
		if copied || len(*started) != 0 || e.Problem().Code != "installer-changed" {
			t.Errorf("%s: copied %v, started %q: %+v", name, copied, *started, e.Problem())
		}
	}
}

// A start takes away what earlier ones have left behind and tells so, and nothing else: neither what marsfix would have
// called otherwise, nor a folder with more in it, nor one that anybody else can write to, nor a link.
func TestAStartSweepsItsOwnLeftovers(t *testing.T) {
	const own = "0123456789abcdef"
	for name, tt := range map[string]struct {
		name  string
		plant func(left string) error
		swept bool
		told  string // why it was not removed
	}{
		"a copy":        {own, nil, true, ""},
		"another name":  {"before", nil, false, ""},
		"a longer name": {own + "0", nil, false, ""},
		"upper case":    {"0123456789ABCDEF", nil, false, ""},
		"more than the copy": {own,
			func(left string) error { return os.WriteFile(filepath.Join(left, "notes.txt"), nil, 0o600) }, false,
			"more than a copy"},
		"a folder that others write to": {own, disktest.OpenToAll, false, "can be written to by"},
		"a folder in it": {own,
			func(left string) error { return os.Mkdir(filepath.Join(left, "sub"), 0o700) }, false, "more than a copy"},
		"a link to a folder with a copy": {own, func(left string) error {
			return errors.Join(os.Rename(left, left+".real"), disktest.Link(left+".real", left))
		}, false, ""},
		"a link in it": {own, func(left string) error { return relink(filepath.Join(left, "MARSAgentInstaller.exe")) },
			false, "more than a copy"},
	} {
		t.Run(name, func(t *testing.T) {
			r, e, _ := toStart(t, walktest.Downloads)
			left := r.Host(walktest.RunFolder + tt.name)
			copied := filepath.Join(left, "MARSAgentInstaller.exe")
			err := errors.Join(os.Mkdir(left, 0o700), os.WriteFile(copied, nil, 0o600))
			if tt.plant != nil {
				err = errors.Join(err, tt.plant(left))
			}
			disktest.Planted(t, err)
			e.Press()
			if _, err := os.Stat(copied); (err != nil) != tt.swept {
				t.Errorf("it is found with %v", err)
			}
			if _, err := os.Lstat(left); (err != nil) != tt.swept {
				t.Errorf("its folder is found with %v", err)
			}
			var told []journal.Record
			for _, rec := range walktest.Records(t, r) {
				if rec.Act == "remove-run-folder" {
					told = append(told, rec)
				}
			}
			row := slices.ContainsFunc(e.Walk.Screen().Rows, func(row screen.Row) bool {
				return row.Value == walktest.RunFolder+tt.name && strings.Contains(row.Note, tt.told)
			})
			if row != (tt.told != "") { // shown is only what somebody has to remove by hand
				t.Errorf("on the screen: %v", row)
			}
			switch {
			case !tt.swept && tt.told == "":
				if len(told) != 0 {
					t.Errorf("told is %+v", told)
				}
			case len(told) != 1 || told[0].From != walktest.RunFolder+tt.name ||
				(told[0].Problem == nil) != tt.swept:
				t.Errorf("told is %+v", told)
			case told[0].Problem != nil && !strings.Contains(told[0].Problem.Message, tt.told):
				t.Errorf("told is %+v", told[0].Problem)
			}
		})
	}
}

// relink puts a link to somebody else's file in a file's place.
func relink(path string) error {
	victim := filepath.Join(filepath.Dir(filepath.Dir(path)), "victim")
	return errors.Join(os.WriteFile(victim, nil, 0o600), os.Remove(path), disktest.Link(victim, path))
}

// While a leftover is looked at, somebody puts a link to his own folder under its name, ahead of any of the operations:
// nothing in his is ever removed. (It takes rights that no user has where the copies lie now; where 1.0.0 kept them it
// took none.)
func TestSweepingRemovesNothingBehindALink(t *testing.T) {
	const name = "0123456789abcdef"
	disktest.NeedLinks(t)
	for k, swapped := 1, true; swapped; k++ {
		r, e, _ := toStart(t, walktest.Downloads)
		left, victim := r.Host(walktest.RunFolder+name), t.TempDir()
		precious := filepath.Join(victim, "MARSAgentInstaller.exe")
		if err := errors.Join(os.Mkdir(left, 0o700),
			os.WriteFile(filepath.Join(left, "MARSAgentInstaller.exe"), nil, 0o600),
			os.WriteFile(precious, []byte("theirs"), 0o600)); err != nil {
			t.Fatal(err)
		}
		swapped = false
		n := 0
		e.Act(r, func(op disktest.Op, path string) error {
			if !strings.HasPrefix(path, walktest.RunFolder+name) {
				return nil
			}
			if n++; n == k {
				swapped = true
				if err := errors.Join(os.Rename(left, left+".kept"), disktest.Link(victim, left)); err != nil {
					t.Error(err)
				}
			}
			return nil
		})
		if content, err := os.ReadFile(precious); err != nil || string(content) != "theirs" {
			t.Errorf("swapped ahead of operation %d, behind the link lies %q, %v", k, content, err)
		}
		if _, err := os.Lstat(left); swapped && err != nil {
			t.Errorf("swapped ahead of operation %d, the link is gone: %v", k, err)
		}
		if !swapped && k < 5 {
			t.Errorf("only %d operations", k-1)
		}
	}
}
