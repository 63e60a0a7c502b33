package installer_test

import (
	"context"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/walk/walktest"
)

// guarded is a computer that knows which files are open so that nobody else may write to them.
type guarded struct {
	*walktest.Rig
	t       *testing.T
	held    map[string]int
	started []string
	copies  int // looks at the signature of a copy in the cache
}

func (g *guarded) Disk() disk.Reader { return guardedDisk{g.Rig.Disk(), g} }

func (g *guarded) Start(ctx context.Context, program string) (int, error) {
	g.started = append(g.started, program)
	if g.held[program] == 0 {
		g.t.Errorf("%s is started and could be written to", program)
	}
	return g.Rig.Start(ctx, program)
}

func (g *guarded) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	if strings.Contains(f.Path(), `\Installer\marsfix-`) {
		g.copies++
		if g.held[f.Path()] == 0 {
			g.t.Errorf("%s is checked and could be written to", f.Path())
		}
	}
	return g.Rig.Signature(ctx, f)
}

type guardedDisk struct {
	disk.Reader
	g *guarded
}

func (d guardedDisk) Open(path string, share disk.Share) (disk.File, error) {
	f, err := d.Reader.Open(path, share)
	if err != nil || share != disk.ShareRead {
		return f, err
	}
	d.g.held[path]++
	return guardedFile{f, d.g}, nil
}

type guardedFile struct {
	disk.File
	g *guarded
}

func (f guardedFile) Close() error {
	f.g.held[f.Path()]--
	return f.File.Close()
}

// What is checked is held open without write or delete for others: the copy while its bytes and its signature are
// looked at, and an installer from then until it runs, twice.
func TestWhatIsCheckedIsHeldOpen(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	g := &guarded{Rig: walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now), t: t, held: map[string]int{}}
	e := walktest.Engage(t, g, g.Dir, clock)
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
	if len(g.started) != 2 || g.copies != 1 {
		t.Errorf("started was %q, and %d copies were checked", g.started, g.copies)
	}
}
