package winmachine

import (
	"context"
	"os"

	"golang.org/x/sys/windows"

	"marsfix/steps"
)

// Wizards lists the processes of upgrade wizards in all sessions: those that run from a folder with the extracted package or one
// below it, those named like the installer, those with the wizard's window in this session, and the first process of an installer
// that Start started, whatever its name is.
func (m *Machine) Wizards(ctx context.Context) ([]steps.Process, error) {
	list, err := snapshot(ctx)
	if err != nil {
		return nil, err
	}
	titled := titledWindows()
	ours, firsts, err := m.ours(list)
	if err != nil {
		return nil, err
	}
	var wizards []steps.Process
	seen := map[string]bool{}
	for _, p := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if p.pid == os.Getpid() || !titled[p.pid] && !firsts[p.pid] && !isInstaller(p.name) && !m.extracted(p.image, seen) {
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

// titledWindows are the processes of this session that own a window with the wizard's title. FindWindowEx compares titles as Windows
// keeps them and asks no process, so one that hangs does not stop it.
func titledWindows() map[int]bool {
	owners := map[int]bool{}
	for w := windows.HWND(0); ; {
		if w = findWindowEx(0, w, nil, wide(wizardTitle)); w == 0 {
			return owners
		}
		var pid uint32
		if _, err := windows.GetWindowThreadProcessId(w, &pid); err == nil {
			owners[int(pid)] = true
		}
	}
}

// extracted tells whether an image lies in an extraction folder or in a folder of one. Other drives than the computer's own are not
// asked: a share that is away takes long to say so. seen keeps the answers of one look.
func (m *Machine) extracted(image string, seen map[string]bool) bool {
	for _, place := range besideImage(image) {
		has, asked := seen[place]
		if !asked {
			has = ownDrive(place[:len(`C:\`)]) && m.isFile(place)
			seen[place] = has
		}
		if has {
			return true
		}
	}
	return false
}

func ownDrive(root string) bool {
	kind := windows.GetDriveType(wide(root))
	return kind == windows.DRIVE_FIXED || kind == windows.DRIVE_REMOVABLE
}

func (m *Machine) isFile(path string) bool {
	in, err := m.disk.Stat(path)
	return err == nil && !in.Dir
}
