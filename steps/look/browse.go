package look

import (
	"fmt"
	"sort"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

const (
	upEntry    = ".."
	DrivesPath = "drives" // the list of drives, above every drive's root
	mostShown  = 200
)

// browse lists the folder that is shown for choosing: its folders, and the files with the wanted suffix.
func browse(d disk.Reader, f Facts, suffix string) Facts {
	f.Browsing = nil
	if f.Choices.Browse == DrivesPath {
		drives, err := d.Drives()
		if err != nil {
			f.Trouble = &screen.Problem{Code: screen.CodeFolderUnreadable,
				Message: fmt.Sprintf("cannot list the drives: %v", disk.Cause(err)), Then: screen.LookAgain}
		}
		for _, dr := range drives {
			f.Browsing = append(f.Browsing, Entry{Name: dr, Path: dr, Dir: true})
		}
		return f
	}
	f.Browsing = []Entry{{Name: upEntry, Path: above(f.Choices.Browse), Dir: true}}
	infos, err := d.List(f.Choices.Browse)
	if err != nil {
		f.Trouble = &screen.Problem{Code: screen.CodeFolderUnreadable,
			Message: fmt.Sprintf("cannot list \"%s\": %v", f.Choices.Browse, disk.Cause(err)),
			Cure:    "choose .. for the folder above"}
		return f
	}
	sort.SliceStable(infos, func(i, j int) bool { return infos[i].Dir && !infos[j].Dir })
	for _, in := range infos {
		name := disk.Base(in.Path)
		if (in.Dir || strings.HasSuffix(strings.ToLower(name), suffix)) && len(f.Browsing) < mostShown {
			f.Browsing = append(f.Browsing, Entry{Name: name, Path: in.Path, Dir: in.Dir, Size: in.Size,
				Written: in.Written})
		}
	}
	return f
}

func above(dir string) string {
	if len(dir) <= 3 {
		return DrivesPath
	}
	return disk.Dir(dir)
}
