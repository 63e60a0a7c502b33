package steps_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/walk/walktest"
)

// networked is a computer with a drive N: of the network, which is C:\net; whoever looks at it sees what lies there. Of
// the wizard's processes nobody knows from where they run, so that only the log speaks of a folder.
type networked struct{ *walktest.Rig }

func (n networked) Disk() disk.Reader { return walktest.NetDrive{Reader: n.Rig.Disk()} }

func (n networked) Wizards(ctx context.Context) ([]computer.Process, error) {
	ps, err := n.Rig.Wizards(ctx)
	for i := range ps {
		ps[i].Image = ""
	}
	return ps, err
}

// The set-up log is one that users can write to: a line in it leads to a drive of the network, newer than that of the
// installer, with a whole extraction folder there. It is not used, however right the package in it is, and the step
// says why.
func TestAnExtractionFolderOnTheNetworkIsNotUsed(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, networked{r}, r.Dir, clock)
	e.UntilStep(7)
	line := "0AB0\t0974\t" + clock.Now().AddDate(0, 0, 1).Format("01/02\t15:04:05.000") +
		"\t18\tx.cpp(1)\t[0]\t\t\tNORMAL\tDirectory Path for SetupLaunchScreen: N:\\1f2e\r\n"
	theirs := r.Host(`C:\net\1f2e\Installers\OBSAGENT.msi`)
	right := walktest.GoodPackage(t)
	if err := errors.Join(os.MkdirAll(filepath.Dir(theirs), 0o755), os.WriteFile(theirs, right, 0o644),
		walktest.AppendTo(r.Host(walktest.SetupLog), []byte(line))); err != nil {
		t.Fatal(err)
	}
	e.Run()
	sc := e.Walk.Screen()
	if sc.Step != 8 || sc.TempPath != `N:\1f2e` || e.Problem().Code != "folder-drive" ||
		!strings.Contains(e.Problem().Message, `N:\1f2e`) {
		t.Errorf("it came to step %d, %s: %+v", sc.Step, sc.TempPath, sc.Problems)
	}
	if sc.Code != steps.CodeFailed {
		t.Errorf("the walk ended with %d", sc.Code)
	}
}
