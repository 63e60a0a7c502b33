package walk_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

const moved = `C:\Moved` // where the cleaner of these computers moves files to

// others puts so many other patches into a folder, which come before all other names.
func others(t *testing.T, c *placed, dir string, n int) {
	t.Helper()
	c.Put(t, dir+`\0.msp`, walktest.GoodPatch("{00000000-0000-4000-8000-000000000000}"))
	for i := range n - 1 {
		if err := os.Link(c.Host(dir+`\0.msp`), c.Host(fmt.Sprintf(`%s\0%05d.msp`, dir, i))); err != nil {
			t.Fatal(err)
		}
	}
}

// TestManyPatchesHideNone: where a cleaner has left hundreds of patches, the right one is found, wherever it comes.
func TestManyPatchesHideNone(t *testing.T) {
	numbers := []int{64, 65, 800}
	if testing.Short() {
		t.Log("with -short 800 are left out: Wine takes ten seconds for them")
		numbers = numbers[:2]
	}
	for _, n := range numbers {
		c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
			c.cleaners = []string{moved}
			others(t, c, moved, n)
			c.Put(t, moved+`\z.msp`, walktest.GoodPatch(walktest.PatchCode))
		})
		e.Until("copy")
		asks(e, "Copy z.msp as 7b5eb1.msp?")
		answer(e, screen.Answer{Yes: true})
		want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
	}
}

// TestManyPatchesMoreThanAreLookedAt: that not all were looked at is said, and never that there is none; one that has
// kept its name, or has that of the registered source, is looked at before all others.
func TestManyPatchesMoreThanAreLookedAt(t *testing.T) {
	c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
		c.cleaners = []string{moved}
		others(t, c, moved, 4096+10)
		c.Put(t, moved+`\z.msp`, walktest.GoodPatch(walktest.PatchCode))
	})
	for e.Press() {
		continue
	}
	sc, p := e.Walk.Screen(), e.Problem()
	if sc.Step != 9 || p.Code != screen.CodePatchNotFound || !strings.Contains(p.Message, "was not found so far: ") ||
		!strings.Contains(p.Message, "only the first 4097 of 4108 .msp files were looked at") {
		t.Fatalf("step %d: %+v", sc.Step, p)
	}
	if !says(sc.Rows, "", "not found so far") || len(sc.Rows) > 60 {
		t.Errorf("%d rows: %+v", len(sc.Rows), sc.Rows)
	}
	names := []string{walktest.PatchName, "MARSAgent.msp"} // the second is its PackageName
	if testing.Short() {
		t.Log("with -short the names are left out: on Wine each look at so many takes ten seconds and more")
		names = nil
	}
	for _, name := range names {
		if err := os.Rename(c.Host(moved+`\z.msp`), c.Host(moved+`\`+name)); err != nil {
			t.Fatal(err)
		}
		press(e, "r")
		e.Until("copy")
		asks(e, "Copy "+name+" as 7b5eb1.msp?")
		press(e, "esc")
		if err := os.Rename(c.Host(moved+`\`+name), c.Host(moved+`\z.msp`)); err != nil {
			t.Fatal(err)
		}
	}
	want(t, c.Dir, "7b5ea8.msi")
}

// unlistable is a computer that denies the look into a folder.
type unlistable struct{ *placed }

func (d unlistable) Disk() disk.Reader { return noList{d.placed.Disk()} }

type noList struct{ disk.Reader }

func (n noList) List(path string) ([]disk.Info, error) {
	if path == moved {
		return nil, &os.PathError{Op: "list", Path: path, Err: os.ErrPermission}
	}
	return n.Reader.List(path)
}

// TestManyPatchesThatNobodyMayList: a folder that could not be looked into is no folder without the patch.
func TestManyPatchesThatNobodyMayList(t *testing.T) {
	c, e := walkOn(t, "patch-elsewhere", func(c *placed) { c.cleaners = []string{moved}; others(t, c, moved, 2) },
		func(c *placed) computer.Machine { return unlistable{c} })
	for e.Press() {
		continue
	}
	if p := e.Problem(); p.Code != screen.CodePatchNotFound || !strings.Contains(p.Message, "was not found so far: ") ||
		!strings.Contains(p.Message, `cannot look into "C:\Moved": `) {
		t.Errorf("step %d: %+v", e.Walk.Screen().Step, p)
	}
	want(t, c.Dir, "7b5ea8.msi")
}

// tallied counts what is read of patches, and judges by name: what begins with good is signed.
type tallied struct {
	*placed
	read    int64
	checked []string
	opened  map[string]int // how often each; nil: not asked for
}

func (m *tallied) Disk() disk.Reader { return tallying{m.placed.Disk(), m} }

func (m *tallied) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	name := disk.Base(f.Path())
	switch {
	case !strings.HasSuffix(name, ".msp"):
		return m.placed.Signature(ctx, f)
	case strings.HasPrefix(name, "good"), name == walktest.PatchName, strings.HasPrefix(name, disk.LeftoverPrefix):
		return walktest.Signed(computer.SignTrusted), nil
	}
	m.checked = append(m.checked, name)
	return walktest.Signed(computer.SignOther), nil
}

type tallying struct {
	disk.Reader
	m *tallied
}

func (d tallying) OpenStrict(path string) (disk.File, bool, error) {
	f, shared, err := d.Reader.OpenStrict(path)
	if err == nil && strings.HasSuffix(path, ".msp") {
		f = tallyFile{f, &d.m.read}
		if d.m.opened != nil {
			d.m.opened[path]++
		}
	}
	return f, shared, err
}

type tallyFile struct {
	disk.File
	read *int64
}

func (f tallyFile) ReadAt(b []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(b, off)
	*f.read += int64(n)
	return n, err
}

// plant makes 64 patches with the right code that are holes of a size, signed by somebody or by nobody.
func plant(t *testing.T, c *placed, size int64, signed bool) {
	t.Helper()
	for i := range 64 {
		path := fmt.Sprintf(`%s\p%02d.msp`, moved, i)
		content := walktest.GoodPatch(walktest.PatchCode)
		if signed {
			content = walktest.SignedPatch(walktest.PatchCode)
		}
		c.Put(t, path, content)
		if err := os.Truncate(c.Host(path), size); err != nil {
			t.Fatal(err)
		}
	}
}

// TestPlantedSizesAreNotRead: of 64 large files with the right code one is read to its end, the one that would be
// copied; what a further check might cost is bounded, and what was not checked is said.
func TestPlantedSizesAreNotRead(t *testing.T) {
	good := append(walktest.SignedPatch(walktest.PatchCode), make([]byte, 1<<20)...)
	const large, small = 128 << 20, 64 << 10
	for name, tt := range map[string]struct {
		size    int64
		signed  bool
		checked int
		good    string // where a good one lies, signed and of 1 MB
		says    string
	}{
		"nobody signed them": {size: large, checked: 64},
		"somebody signed them": {size: large, signed: true, checked: 5,
			says: "; the signatures of 59 more were not checked: too large"},
		"a good one among them":         {size: large, good: moved},
		"a larger good one among them":  {size: small, good: moved},
		"a good one among signed ones":  {size: large, signed: true, good: moved},
		"a good one in a later folder":  {size: large, checked: 64, good: `C:\Later`},
		"a good one behind signed ones": {size: large, signed: true, checked: 4, good: `C:\Later`},
		"a good one behind larger ones": {size: 1 << 30, signed: true, good: `C:\Later`},
	} {
		t.Run(name, func(t *testing.T) {
			var m *tallied
			c, e := walkOn(t, "patch-elsewhere", func(c *placed) {
				c.cleaners = []string{moved, `C:\Later`}
				plant(t, c, tt.size, tt.signed)
				if tt.good != "" {
					c.Put(t, tt.good+`\good.msp`, good)
				}
			}, func(c *placed) computer.Machine {
				m = &tallied{placed: c}
				return m
			})
			for e.Walk.Screen().Step < 9 && e.Press() {
				continue
			}
			sc := e.Walk.Screen()
			if sc.Step != 9 || (tt.good != "") != (sc.State == screen.Done) {
				t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
			most := int64(large)
			if tt.good != "" {
				most = int64(len(good))
			}
			if most += 2 << 20; m.read > most {
				t.Errorf("%d bytes were read, want at most %d", m.read, most)
			}
			if len(m.checked) != tt.checked {
				t.Errorf("%d signatures were checked, want %d: %v", len(m.checked), tt.checked, m.checked)
			}
			if !says(sc.Rows, walktest.PatchCode, "matches"+tt.says) {
				t.Errorf("%+v", sc.Rows)
			}
			if tt.good == "" {
				return
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			if got := walktest.CacheOf(t, c.Dir)[walktest.PatchName]; got != walktest.Hashed(good) {
				t.Errorf("the copy is %q", got)
			}
		})
	}
}

// TestManyPatchesAreLookedIntoOnce: however many patches are lost, each file says once what it is.
func TestManyPatchesAreLookedIntoOnce(t *testing.T) {
	const n = 50
	var m *tallied
	_, e := walkOn(t, "patch-elsewhere", func(c *placed) {
		c.cleaners = []string{moved}
		others(t, c, moved, n)
		c.Instead = walktest.Agents(func(p *computer.Product) {
			p.Patches = append(slices.Clone(p.Patches), computer.Patch{Code: walktest.HotfixCode,
				State: computer.PatchApplied, LocalPackage: `C:\Windows\Installer\` + walktest.HotfixName})
		})
	}, func(c *placed) computer.Machine {
		m = &tallied{placed: c, opened: map[string]int{}}
		return m
	})
	for e.Walk.Screen().Step < 9 && e.Press() {
		continue
	}
	if sc := e.Walk.Screen(); sc.Step != 9 || len(sc.Problems) != 2 {
		t.Fatalf("step %d: %+v", sc.Step, sc.Problems)
	}
	inFolder := 0
	for path, times := range m.opened {
		if !strings.HasPrefix(path, moved) {
			continue
		}
		if inFolder++; times != 1 {
			t.Errorf("%s was opened %d times", path, times)
		}
	}
	if inFolder != n {
		t.Errorf("%d files were opened, want %d", inFolder, n)
	}
}
