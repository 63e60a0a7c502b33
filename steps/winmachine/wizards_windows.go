package winmachine

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// Wizards lists the processes of upgrade wizards in all sessions: those that run from a folder with the extracted
// package or one below it, those named like the installer, those with the wizard's window in this session, and the
// first process of an installer that Start started, whatever its name is.
func (m *Machine) Wizards(ctx context.Context) ([]computer.Process, error) {
	return asking(func() ([]computer.Process, error) { return m.wizards(ctx) })
}

func (m *Machine) wizards(ctx context.Context) ([]computer.Process, error) {
	list, err := snapshot(ctx)
	if err != nil {
		return nil, err
	}
	titled, err := titledWindows()
	if err != nil {
		return nil, err
	}
	ours, firsts, err := m.ours(list)
	if err != nil {
		return nil, err
	}
	var wizards []computer.Process
	look := extractions{look: disk.NewOwnLook(m.disk), seen: map[string]bool{}}
	for _, p := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if p.pid == os.Getpid() || !titled[p.pid] && !firsts[p.pid] && !isInstaller(p.name) && !look.holds(p.image) {
			continue
		}
		w := describe(p)
		w.Ours = ours[p.pid]
		if titled[p.pid] {
			w.Title = wizardTitle
		}
		wizards = append(wizards, w)
	}
	return wizards, nil
}

// mostSearches bounds how often the windows are gone through from the start, because one of them was closed meanwhile.
const mostSearches = 16

// titledWindows are the processes of this session that own a window with the wizard's title. FindWindowEx compares
// titles as Windows keeps them and asks no process, so one that hangs does not stop it.
func titledWindows() (owners map[int]bool, err error) {
	for range mostSearches {
		if owners, err = searchWindows(); err == nil {
			return owners, nil
		}
	}
	return nil, fmt.Errorf("cannot list the windows: %w", err)
}

// searchWindows goes through the windows once. That there is no further one is told with any error, or none (seen: 0,
// 2, 183); only that the window after which to go on has been closed is one: those behind it were not looked at.
func searchWindows() (map[int]bool, error) {
	owners := map[int]bool{}
	for w := windows.HWND(0); ; {
		next, err := findWindowEx(0, w, nil, wide(wizardTitle))
		switch {
		case next == 0 && w != 0 && errors.Is(err, windows.ERROR_INVALID_WINDOW_HANDLE):
			return nil, err
		case next == 0:
			return owners, nil
		}
		w = next
		var pid uint32
		if _, err := windows.GetWindowThreadProcessId(w, &pid); err == nil {
			owners[int(pid)] = true
		}
	}
}

// extractions keeps the answers of one look at wizards.
type extractions struct {
	look *disk.OwnLook
	seen map[string]bool
}

// holds reports whether an image lies in an extraction folder or in a folder of one. A folder that answers not even an
// administrator (that of a store's program, or of a user who has locked it) is taken for none: a wizard is known by its
// window and its name as well, and who hides his own keeps nobody from anything.
func (e extractions) holds(image string) bool {
	for _, place := range besideImage(image) {
		has, asked := e.seen[place]
		if !asked {
			in, err := e.look.Stat(place)
			has = err == nil && !in.Dir
			e.seen[place] = has
		}
		if has {
			return true
		}
	}
	return false
}
