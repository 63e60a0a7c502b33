package steps

import (
	"context"
	"fmt"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// doSetAside renames an unusable file that stands under the package's name, in the same folder.
func doSetAside(ctx context.Context, m computer.Machine, f Facts, e env) Facts {
	asked := f.Target.Info.ID
	f, ok := idle(ctx, m, f)
	if !ok {
		return f
	}
	f.Target = lookTarget(ctx, m, f, e)
	if t := f.Target; t.Unread != nil || t.unseen() {
		f.Trouble = appeared(t)
		return f
	} else if t.Changed || !t.Exists || t.Usable || t.Info.ID != asked {
		return f // it stands otherwise than when it was asked about: the step looks at that, and asks again where it has to
	}
	aside := asideName(f.Target.Path, e.now)
	err := m.Writer().Rename(f.Target.Path, aside, f.Target.Info.ID)
	if err != nil {
		f.Trouble = asideProblem(f.Target.Path, err)
		return f
	}
	f.Copied.Aside = aside
	f.Target = Target{Package: Package{Path: f.Target.Path}, Owner: f.Target.Owner, Free: f.Target.Free} // the copy looks again
	return f
}

func asideProblem(path string, err error) *screen.Problem {
	p := computer.WriteProblem(path, err)
	p.Message = fmt.Sprintf("cannot set \"%s\" aside: %v", path, disk.Cause(err))
	return p
}

// asideMark stands between the name of an unusable file and the time at which it was set aside.
const (
	asideMark = ".marsfix-"
	asideTime = "20060102T150405Z"
)

// asideName is the name under which an unusable file is kept, in the same folder.
func asideName(path string, at time.Time) string {
	return path + asideMark + at.UTC().Format(asideTime)
}

// isAside tells whether a path is one that asideName gives to what stood at another.
func isAside(path, aside string) bool {
	n := len(path) + len(asideMark)
	if len(aside) <= n || !disk.SamePath(aside[:len(path)], path) || !strings.EqualFold(aside[len(path):n], asideMark) {
		return false
	}
	_, err := time.Parse(asideTime, aside[n:])
	return err == nil
}
